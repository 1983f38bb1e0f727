/// Inception v3: Szegedy et al. 2016, arXiv 1512.00567, table 1, as in TF-Slim's inception_v3.
///
/// Mixed_5 to Mixed_7 are the paper's figures 5, 6 and 7. Convolutions start truncated normal with deviation 0.1 (the authors'
/// inception repository, kept by timm and torchvision); ε = 10⁻³. By default means count the padding, as timm and torchvision
/// have it; `origin: "tensorflow"` leaves it out. `depth` repeats or drops modules as in Inception v1.
extension NetworkFamily {
    public static let inceptionV3 = NetworkFamily(
        paper: "Szegedy et al. 2016, arXiv 1512.00567, table 1",
        variants: [
            Variant(
                "inception_v3", parameters: 21_785_568, features: 2048, input: 299, extras: [.auxiliaryHead],
                namings: namings
            ) { InceptionV3(options: $0).body }
        ])
}

private let namings = ["timm", "torchvision"].map {
    WeightNaming(
        $0,
        units: [
            "stem.conv_*": "Conv2d_{1}", "mixed_*.*": "Mixed_{1}.{2}", "auxiliary.*": "AuxLogits.{1}",
        ],
        rules: ["auxiliary.classifier": "AuxLogits.fc", "classifier": "fc"])
}

private struct InceptionV3 {
    let options: NetworkOptions
    let unit: ConvUnit

    init(options: NetworkOptions) {
        self.options = options
        unit = ConvUnit(options: options, epsilon: 1e-3, start: .truncatedNormal(deviation: 0.1))
    }

    var body: Block {
        let first = options.repeated([("5b", 32), ("5c", 64), ("5d", 64)]) { "mixed_\($0.0)" }
        let second = options.repeated([("6b", 128), ("6c", 160), ("6d", 160), ("6e", 192)]) { "mixed_\($0.0)" }
        let third = options.repeated(["7b", "7c"]) { "mixed_\($0)" }
        return .sequential(
            [stem.named("stem")] + first.map { a(pool: $0.module.1).named($0.name) } + [b.named("mixed_6a")]
                + second.map { c($0.module.1).named($0.name) } + [head, d.named("mixed_7a")]
                + third.map { e.named($0.name) } + [.globalPool])
    }

    private var stem: Block {
        func conv(_ channels: Int, _ kernel: Extent, _ name: String, stride: Extent = 1, _ padding: Padding) -> Block {
            unit(options.scaled(channels), kernel: kernel, stride: stride, padding: padding).named(name)
        }
        guard options.stem == .imagenet else { return conv(64, 3, "conv_1a_3x3", .same) }
        return .sequential(
            conv(32, 3, "conv_1a_3x3", stride: 2, .valid), conv(32, 3, "conv_2a_3x3", .valid),
            conv(64, 3, "conv_2b_3x3", .same), .maxPool(3, stride: 2), conv(80, 1, "conv_3b_1x1", .valid),
            conv(192, 3, "conv_4a_3x3", .valid), .maxPool(3, stride: 2))
    }

    /// Figure 5, with one 5×5 convolution kept.
    private func a(pool: Int) -> Block {
        .parallel(
            unit.chain("branch1x1", [(64, 1)]), unit.chain("branch5x5", [(48, 1), (64, 5)]),
            unit.chain("branch3x3dbl", [(64, 1), (96, 3), (96, 3)]), pooled(pool))
    }

    private var b: Block {
        .parallel(
            unit.chain("branch3x3", [(384, 3)], halves: true),
            unit.chain("branch3x3dbl", [(64, 1), (96, 3), (96, 3)], halves: true), .maxPool(3, stride: 2))
    }

    /// Figure 6 with n = 7.
    private func c(_ width: Int) -> Block {
        let (row, column) = (Extent(1, 7), Extent(7, 1))
        return .parallel(
            unit.chain("branch1x1", [(192, 1)]),
            unit.chain("branch7x7", [(width, 1), (width, row), (192, column)]),
            unit.chain(
                "branch7x7dbl", [(width, 1), (width, column), (width, row), (width, column), (192, row)]),
            pooled(192))
    }

    private var d: Block {
        .parallel(
            unit.chain("branch3x3", [(192, 1), (320, 3)], halves: true),
            unit.chain("branch7x7x3", [(192, 1), (192, Extent(1, 7)), (192, Extent(7, 1)), (192, 3)], halves: true),
            .maxPool(3, stride: 2))
    }

    /// Figure 7: the last convolutions side by side.
    private var e: Block {
        func split(_ name: String) -> Block {
            .parallel(
                unit.chain(name + "a", [(384, Extent(1, 3))]), unit.chain(name + "b", [(384, Extent(3, 1))]))
        }
        return .parallel(
            unit.chain("branch1x1", [(320, 1)]),
            .sequential(unit.chain("branch3x3_1", [(384, 1)]), split("branch3x3_2")),
            .sequential(unit.chain("branch3x3dbl", [(448, 1), (384, 3)]), split("branch3x3dbl_3")), pooled(192))
    }

    private func pooled(_ channels: Int) -> Block {
        let counts = options.origin != .tensorflow
        return .sequential(
            .avgPool(3, stride: 1, padding: 1, includesPadding: counts), unit.chain("branch_pool", [(channels, 1)]))
    }

    private var head: Block {
        AuxiliaryHead(options: options, unit: unit).block(
            side: InceptionStem.sideBehindReduction(options), widest: 5)
    }
}

/// What the stems of Inception v3, v4 and Inception-ResNet v2 leave of an image of 299 pixels: 35; behind a reduction: 17.
enum InceptionStem {
    static func sideBehindReduction(_ options: NetworkOptions) -> Int {
        var side = options.input ?? 299
        let windows = options.stem == .imagenet ? [(3, 2), (3, 1), (3, 2), (3, 1), (3, 2), (3, 2)] : [(3, 2)]
        for (kernel, stride) in windows { side = AuxiliaryHead.valid(side, kernel, stride: stride) }
        return side
    }
}
