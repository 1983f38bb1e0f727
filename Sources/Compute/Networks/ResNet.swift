/// Residual networks with bottleneck blocks: He et al. 2016, arXiv 1512.03385, table 1.
///
/// As in Kornblith et al. 2019, table A.2: the stride of a stage is in its 3×3 convolution, and the last γ of each block
/// starts at 0, so that blocks begin as identities (Goyal et al. 2017, arXiv 1706.02677, section 5.1). Convolutions start as in
/// He et al. 2015 (arXiv 1502.01852), with the fan-out.
extension NetworkFamily {
    public static let resNet = NetworkFamily(
        paper: "He et al. 2016, arXiv 1512.03385, table 1",
        variants: [
            Variant("resnet50", parameters: 23_508_032, features: 2048, input: 224, namings: namings) {
                body([3, 4, 6, 3], $0)
            },
            Variant("resnet101", parameters: 42_500_160, features: 2048, input: 224, namings: namings) {
                body([3, 4, 23, 3], $0)
            },
            Variant("resnet152", parameters: 58_143_808, features: 2048, input: 224, namings: namings) {
                body([3, 8, 36, 3], $0)
            },
        ])
}

private let namings = ["timm", "torchvision"].map {
    WeightNaming(
        $0,
        rules: [
            "stem.convolution1": "conv1", "stem.batch_norm1": "bn1",
            "stage#.block#.convolution#": "layer{1}.{2-1}.conv{3}",
            "stage#.block#.batch_norm#": "layer{1}.{2-1}.bn{3}",
            "stage#.block#.shortcut.convolution1": "layer{1}.{2-1}.downsample.0",
            "stage#.block#.shortcut.batch_norm1": "layer{1}.{2-1}.downsample.1",
            "classifier": "fc",
        ])
}

private func body(_ blocks: [Int], _ options: NetworkOptions) -> Block {
    var layers = [stem(options)]
    var incoming = options.scaled(64)
    for (stage, count) in blocks.enumerated() {
        let width = options.scaled(64 << stage)
        for block in 0..<options.repeated(count) {
            let stride = block == 0 && stage > 0 ? 2 : 1
            let name = "stage\(stage + 1).block\(block + 1)"
            layers.append(bottleneck(width, from: incoming, stride: stride, options).named(name))
            incoming = 4 * width
        }
    }
    return .sequential(layers + [.globalPool])
}

private func stem(_ options: NetworkOptions) -> Block {
    let unit = ConvUnit(options: options)
    let width = options.scaled(64)
    switch options.stem {
    case .imagenet:
        return .sequential(unit(width, kernel: 7, stride: 2), .maxPool(3, stride: 2, padding: 1)).named("stem")
    case .small: return unit(width, kernel: 3).named("stem")
    }
}

/// 1×1, 3×3, 1×1 to four times the width, added to the shortcut.
private func bottleneck(_ width: Int, from incoming: Int, stride: Int, _ options: NetworkOptions) -> Block {
    let unit = ConvUnit(options: options)
    let main = Block.sequential(
        unit(width, kernel: 1), unit(width, kernel: 3, stride: Extent(stride)),
        .conv(4 * width, kernel: 1), unit.normalization(startsAtZero: true))
    let changes = stride != 1 || incoming != 4 * width
    let shortcut = unit(4 * width, kernel: 1, stride: Extent(stride), activates: false).named("shortcut")
    return .sequential(.residual(main, shortcut: changes ? shortcut : nil), .relu)
}
