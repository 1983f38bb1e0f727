/// Inception v1 (GoogLeNet) with batch normalisation: Szegedy et al. 2015, arXiv 1409.4842, table 1.
///
/// As in TF-Slim and torchvision, every convolution is followed by batch normalisation (ε = 10⁻³), and the "5×5" branch is a
/// 3×3 convolution. Convolutions start as in TF-Slim's inception_v1, normal with deviation 0.01, truncated. `depth` below 1
/// keeps the last modules of each stage, which set its output; above 1 the last one is repeated.
extension NetworkFamily {
    public static let inceptionV1 = NetworkFamily(
        paper: "Szegedy et al. 2015, arXiv 1409.4842, table 1",
        variants: [
            Variant("inception_v1", parameters: 5_599_904, features: 1024, input: 224, namings: [torchvision]) {
                body($0)
            }
        ])
}

/// torchvision's googlenet; its auxiliary heads, which TF-Slim's network does not have, are left aside.
private let torchvision = WeightNaming(
    "torchvision",
    rules: [
        "stem.convolution#": "conv{1}.conv", "stem.batch_norm#": "conv{1}.bn",
        "*.one.convolution1": "{1}.branch1.conv", "*.one.batch_norm1": "{1}.branch1.bn",
        "*.three.convolution#": "{1}.branch2.{2-1}.conv", "*.three.batch_norm#": "{1}.branch2.{2-1}.bn",
        "*.five.convolution#": "{1}.branch3.{2-1}.conv", "*.five.batch_norm#": "{1}.branch3.{2-1}.bn",
        "*.pool.convolution1": "{1}.branch4.1.conv", "*.pool.batch_norm1": "{1}.branch4.1.bn",
        "classifier": "fc",
    ])

/// A row of table 1: #1×1, #3×3 reduce, #3×3, #5×5 reduce, #5×5, pool proj.
private struct Module {
    let name: String
    let one, reduceThree, three, reduceFive, five, pool: Int

    init(_ name: String, _ one: Int, _ reduceThree: Int, _ three: Int, _ reduceFive: Int, _ five: Int, _ pool: Int) {
        self.name = name
        (self.one, self.reduceThree, self.three) = (one, reduceThree, three)
        (self.reduceFive, self.five, self.pool) = (reduceFive, five, pool)
    }
}

private let stages = [
    [Module("3a", 64, 96, 128, 16, 32, 32), Module("3b", 128, 128, 192, 32, 96, 64)],
    [
        Module("4a", 192, 96, 208, 16, 48, 64), Module("4b", 160, 112, 224, 24, 64, 64),
        Module("4c", 128, 128, 256, 24, 64, 64), Module("4d", 112, 144, 288, 32, 64, 64),
        Module("4e", 256, 160, 320, 32, 128, 128),
    ],
    [Module("5a", 256, 160, 320, 32, 128, 128), Module("5b", 384, 192, 384, 48, 128, 128)],
]

private func body(_ options: NetworkOptions) -> Block {
    let unit = ConvUnit(options: options, epsilon: 1e-3, start: .truncatedNormal(deviation: 0.01))
    var layers = [stem(options, unit)]
    for (index, stage) in stages.enumerated() {
        if index > 0 { layers.append(.maxPool(index == 1 ? 3 : 2, stride: 2, padding: .same)) }
        layers += options.repeated(stage, name: \.name).map {
            inception($0.module, options, unit).named("inception\($0.name)")
        }
    }
    return .sequential(layers + [.globalPool])
}

private func stem(_ options: NetworkOptions, _ unit: ConvUnit) -> Block {
    switch options.stem {
    case .imagenet:
        return .sequential(
            unit(options.scaled(64), kernel: 7, stride: 2), .maxPool(3, stride: 2, padding: .same),
            unit(options.scaled(64), kernel: 1), unit(options.scaled(192), kernel: 3),
            .maxPool(3, stride: 2, padding: .same)
        ).named("stem")
    case .small: return unit(options.scaled(64), kernel: 3).named("stem")
    }
}

/// Four branches side by side.
private func inception(_ module: Module, _ options: NetworkOptions, _ unit: ConvUnit) -> Block {
    .parallel(
        unit(options.scaled(module.one), kernel: 1).named("one"),
        .sequential(
            unit(options.scaled(module.reduceThree), kernel: 1), unit(options.scaled(module.three), kernel: 3)
        ).named("three"),
        .sequential(
            unit(options.scaled(module.reduceFive), kernel: 1), unit(options.scaled(module.five), kernel: 3)
        ).named("five"),
        .sequential(.maxPool(3, stride: 1, padding: 1), unit(options.scaled(module.pool), kernel: 1)).named("pool"))
}
