/// Inception-ResNet v2: Szegedy et al. 2016, arXiv 1602.07261, figures 15 to 19, as in TF-Slim's inception_resnet_v2, whose stem
/// is Inception v3's instead of the paper's figure 3.
///
/// ε = 10⁻³, convolutions start by variance scaling over the fan-in (`inception_arg_scope`), means leave padding out. Branches
/// are scaled by 0.17, 0.1 and 0.2 before they are added (section 3.3).
extension NetworkFamily {
    public static let inceptionResNetV2 = NetworkFamily(
        paper: "Szegedy et al. 2016, arXiv 1602.07261, figures 15 to 19",
        variants: [
            Variant(
                "inception_resnet_v2", parameters: 54_306_464, features: 1536, input: 299, extras: [.auxiliaryHead],
                namings: [naming("timm", classifier: "classif"), naming("pretrainedmodels", classifier: "last_linear")]
            ) { InceptionResNetV2(options: $0).body }
        ])
}

private func naming(_ library: String, classifier: String) -> WeightNaming {
    WeightNaming(library, units: units, rules: rules + [("classifier", classifier)])
}

private let units = [
    ("stem.conv_*", "conv2d_{1}"), ("mixed_*.branch#", "mixed_{1}.branch{2}"),
    ("mixed_*.branch#_#", "mixed_{1}.branch{2}.{3-1}"), ("mixed_5b.pool", "mixed_5b.branch3.1"),
    ("block35_#.branch#", "repeat.{1-1}.branch{2}"), ("block35_#.branch#_#", "repeat.{1-1}.branch{2}.{3-1}"),
    ("block17_#.branch#", "repeat_1.{1-1}.branch{2}"), ("block17_#.branch#_#", "repeat_1.{1-1}.branch{2}.{3-1}"),
    ("block8_#.branch#", "repeat_2.{1-1}.branch{2}"), ("block8_#.branch#_#", "repeat_2.{1-1}.branch{2}.{3-1}"),
    ("block8.branch#", "block8.branch{1}"), ("block8.branch#_#", "block8.branch{1}.{2-1}"), ("last", "conv2d_7b"),
]

private let rules = [
    ("block35_#.convolution1", "repeat.{1-1}.conv2d"), ("block17_#.convolution1", "repeat_1.{1-1}.conv2d"),
    ("block8_#.convolution1", "repeat_2.{1-1}.conv2d"), ("block8.convolution1", "block8.conv2d"),
]

private struct InceptionResNetV2 {
    let options: NetworkOptions
    let unit: ConvUnit
    /// Channels of the three stages, which their blocks keep.
    let channels: [Int]

    init(options: NetworkOptions) {
        self.options = options
        unit = ConvUnit(options: options, epsilon: 1e-3, start: .varianceScaling(.incoming))
        let joined = [[96, 64, 96, 64], [384, 384], [384, 288, 320]].map { $0.reduce(0) { $0 + options.scaled($1) } }
        channels = [joined[0], joined[0] + joined[1], joined[0] + joined[1] + joined[2]]
    }

    var body: Block {
        func blocks(_ name: String, _ count: Int, _ block: Block) -> [Block] {
            (1...options.repeated(count)).map { block.named("\(name)_\($0)") }
        }
        let side = InceptionStem.sideBehindReduction(options)
        return .sequential(
            [stem.named("stem"), mixed5.named("mixed_5b")] + blocks("block35", 10, residual(block35, 0, scale: 0.17))
                + [mixed6.named("mixed_6a")] + blocks("block17", 20, residual(block17, 1, scale: 0.1))
                + [AuxiliaryHead(options: options, unit: unit).block(side: side), mixed7.named("mixed_7a")]
                + blocks("block8", 9, residual(block8, 2, scale: 0.2))
                + [residual(block8, 2, scale: nil).named("block8"), unit.chain("last", [(1536, 1)]), .globalPool])
    }

    private var stem: Block {
        func conv(_ channels: Int, _ kernel: Extent, _ name: String, stride: Extent = 1, _ padding: Padding) -> Block {
            unit(options.scaled(channels), kernel: kernel, stride: stride, padding: padding).named(name)
        }
        guard options.stem == .imagenet else { return conv(64, 3, "conv_1a", .same) }
        return .sequential(
            conv(32, 3, "conv_1a", stride: 2, .valid), conv(32, 3, "conv_2a", .valid), conv(64, 3, "conv_2b", .same),
            .maxPool(3, stride: 2), conv(80, 1, "conv_3b", .valid), conv(192, 3, "conv_4a", .valid),
            .maxPool(3, stride: 2))
    }

    private var mixed5: Block {
        .parallel(
            unit.chain("branch0", [(96, 1)]), unit.chain("branch1", [(48, 1), (64, 5)]),
            unit.chain("branch2", [(64, 1), (96, 3), (96, 3)]),
            .sequential(.avgPool(3, stride: 1, padding: 1), unit.chain("pool", [(64, 1)])))
    }

    /// Figure 16.
    private var block35: Block {
        .parallel(
            unit.chain("branch0", [(32, 1)]), unit.chain("branch1", [(32, 1), (32, 3)]),
            unit.chain("branch2", [(32, 1), (48, 3), (64, 3)]))
    }

    /// Figure 7 with k, l, m, n = 256, 256, 384, 384.
    private var mixed6: Block {
        .parallel(
            unit.chain("branch0", [(384, 3)], halves: true),
            unit.chain("branch1", [(256, 1), (256, 3), (384, 3)], halves: true), .maxPool(3, stride: 2))
    }

    /// Figure 17.
    private var block17: Block {
        .parallel(
            unit.chain("branch0", [(192, 1)]),
            unit.chain("branch1", [(128, 1), (160, Extent(1, 7)), (192, Extent(7, 1))]))
    }

    /// Figure 18.
    private var mixed7: Block {
        .parallel(
            unit.chain("branch0", [(256, 1), (384, 3)], halves: true),
            unit.chain("branch1", [(256, 1), (288, 3)], halves: true),
            unit.chain("branch2", [(256, 1), (288, 3), (320, 3)], halves: true), .maxPool(3, stride: 2))
    }

    /// Figure 19.
    private var block8: Block {
        .parallel(
            unit.chain("branch0", [(192, 1)]),
            unit.chain("branch1", [(192, 1), (224, Extent(1, 3)), (256, Extent(3, 1))]))
    }

    /// Branches joined by a linear convolution and added, scaled; the last block of all has neither scale nor activation.
    private func residual(_ branches: Block, _ stage: Int, scale: Float?) -> Block {
        let body = Block.sequential(
            [branches, .conv(channels[stage], kernel: 1, bias: true, start: .varianceScaling(.incoming))]
                + (scale.map { [.times($0)] } ?? []))
        return scale == nil ? .residual(body) : .sequential(.residual(body), .relu)
    }
}
