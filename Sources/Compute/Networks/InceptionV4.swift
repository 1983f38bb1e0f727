/// Inception v4: Szegedy et al. 2016, arXiv 1602.07261, figures 3 to 9.
///
/// As in TF-Slim: ε = 10⁻³, convolutions start by variance scaling over the fan-in (`inception_arg_scope`), means leave padding
/// out. The auxiliary classifier stands behind the Inception-B modules.
extension NetworkFamily {
    public static let inceptionV4 = NetworkFamily(
        paper: "Szegedy et al. 2016, arXiv 1602.07261, figures 3 to 9",
        variants: [
            Variant(
                "inception_v4", parameters: 41_142_816, features: 1536, input: 299, extras: [.auxiliaryHead],
                namings: namings
            ) { InceptionV4(options: $0).body }
        ])
}

private let namings = ["timm", "pretrainedmodels"].map {
    WeightNaming($0, units: units, rules: ["classifier": "last_linear"])
}

private let units: KeyValuePairs = [
    "stem.conv_#": "features.{1-1}", "stem.mixed_3a": "features.3.conv",
    "stem.mixed_4a.branch#_#": "features.4.branch{1}.{2-1}", "stem.mixed_5a": "features.5.conv",
    "inception_a#.branch#": "features.{1+5}.branch{2}", "inception_a#.branch#_#": "features.{1+5}.branch{2}.{3-1}",
    "inception_a#.pool": "features.{1+5}.branch3.1",
    "reduction_a.branch#": "features.10.branch{1}", "reduction_a.branch#_#": "features.10.branch{1}.{2-1}",
    "inception_b#.branch#": "features.{1+10}.branch{2}",
    "inception_b#.branch#_#": "features.{1+10}.branch{2}.{3-1}",
    "inception_b#.pool": "features.{1+10}.branch3.1", "reduction_b.branch#_#": "features.18.branch{1}.{2-1}",
    "inception_c#.branch#": "features.{1+18}.branch{2}",
    "inception_c#.branch#_#": "features.{1+18}.branch{2}_{3-1}",
    "inception_c#.branch#_#a": "features.{1+18}.branch{2}_{3-1}a",
    "inception_c#.branch#_#b": "features.{1+18}.branch{2}_{3-1}b",
    "inception_c#.pool": "features.{1+18}.branch3.1",
]

private struct InceptionV4 {
    let options: NetworkOptions
    let unit: ConvUnit

    init(options: NetworkOptions) {
        self.options = options
        unit = ConvUnit(options: options, epsilon: 1e-3, start: .varianceScaling(.incoming))
    }

    var body: Block {
        func modules(_ name: String, _ count: Int, _ block: Block) -> [Block] {
            (1...options.repeated(count)).map { block.named("\(name)\($0)") }
        }
        let side = InceptionStem.sideBehindReduction(options)
        return .sequential(
            [stem.named("stem")] + modules("inception_a", 4, a) + [reductionA.named("reduction_a")]
                + modules("inception_b", 7, b)
                + [AuxiliaryHead(options: options, unit: unit).block(side: side), reductionB.named("reduction_b")]
                + modules("inception_c", 3, c) + [.globalPool])
    }

    /// Figure 3.
    private var stem: Block {
        func conv(_ channels: Int, stride: Extent = 1, _ padding: Padding = .valid) -> Block {
            unit(options.scaled(channels), kernel: 3, stride: stride, padding: padding)
        }
        guard options.stem == .imagenet else { return conv(64, .same).named("conv_1") }
        let mixed4 = Block.parallel(
            .sequential(unit.chain("branch0_1", [(64, 1)]), conv(96).named("branch0_2")),
            .sequential(
                unit.chain("branch1", [(64, 1), (64, Extent(1, 7)), (64, Extent(7, 1))]), conv(96).named("branch1_4")))
        return .sequential(
            conv(32, stride: 2).named("conv_1"), conv(32).named("conv_2"), conv(64, .same).named("conv_3"),
            .parallel(.maxPool(3, stride: 2), conv(96, stride: 2)).named("mixed_3a"), mixed4.named("mixed_4a"),
            .parallel(conv(192, stride: 2), .maxPool(3, stride: 2)).named("mixed_5a"))
    }

    /// Figure 4.
    private var a: Block {
        .parallel(
            unit.chain("branch0", [(96, 1)]), unit.chain("branch1", [(64, 1), (96, 3)]),
            unit.chain("branch2", [(64, 1), (96, 3), (96, 3)]), pooled(96))
    }

    /// Figure 5.
    private var b: Block {
        let (row, column) = (Extent(1, 7), Extent(7, 1))
        return .parallel(
            unit.chain("branch0", [(384, 1)]), unit.chain("branch1", [(192, 1), (224, row), (256, column)]),
            unit.chain("branch2", [(192, 1), (192, column), (224, row), (224, column), (256, row)]), pooled(128))
    }

    /// Figure 6.
    private var c: Block {
        let (row, column) = (Extent(1, 3), Extent(3, 1))
        func split(_ name: String) -> Block {
            .parallel(unit.chain(name + "a", [(256, row)]), unit.chain(name + "b", [(256, column)]))
        }
        return .parallel(
            unit.chain("branch0", [(256, 1)]), .sequential(unit.chain("branch1_1", [(384, 1)]), split("branch1_2")),
            .sequential(unit.chain("branch2", [(384, 1), (448, column), (512, row)]), split("branch2_4")), pooled(256))
    }

    /// Figure 7 with k, l, m, n = 192, 224, 256, 384.
    private var reductionA: Block {
        .parallel(
            unit.chain("branch0", [(384, 3)], halves: true),
            unit.chain("branch1", [(192, 1), (224, 3), (256, 3)], halves: true), .maxPool(3, stride: 2))
    }

    /// Figure 8.
    private var reductionB: Block {
        .parallel(
            unit.chain("branch0", [(192, 1), (192, 3)], halves: true),
            unit.chain("branch1", [(256, 1), (256, Extent(1, 7)), (320, Extent(7, 1)), (320, 3)], halves: true),
            .maxPool(3, stride: 2))
    }

    private func pooled(_ channels: Int) -> Block {
        .sequential(.avgPool(3, stride: 1, padding: 1), unit.chain("pool", [(channels, 1)]))
    }
}
