/// Densely connected networks with bottlenecks and compression (DenseNet-BC): Huang et al. 2017, arXiv 1608.06993, table 1.
///
/// Normalisation and activation come before each convolution; `width` multiplies the growth rate, 32. Convolutions start as in
/// the authors' Torch code, normal with variance 2 / fan-out.
extension NetworkFamily {
    public static let denseNet = NetworkFamily(
        paper: "Huang et al. 2017, arXiv 1608.06993, table 1",
        variants: [
            Variant("densenet121", parameters: 6_953_856, features: 1024, input: 224, namings: namings) {
                body([6, 12, 24, 16], $0)
            },
            Variant("densenet169", parameters: 12_484_480, features: 1664, input: 224, namings: namings) {
                body([6, 12, 32, 32], $0)
            },
            Variant("densenet201", parameters: 18_092_928, features: 1920, input: 224, namings: namings) {
                body([6, 12, 48, 32], $0)
            },
        ])
}

private let namings = ["timm", "torchvision"].map {
    WeightNaming(
        $0,
        rules: [
            "stem.convolution1": "features.conv0", "stem.batch_norm1": "features.norm0",
            "stage#.layer#.batch_norm#": "features.denseblock{1}.denselayer{2}.norm{3}",
            "stage#.layer#.convolution#": "features.denseblock{1}.denselayer{2}.conv{3}",
            "transition#.batch_norm1": "features.transition{1}.norm",
            "transition#.convolution1": "features.transition{1}.conv",
            "last.batch_norm1": "features.norm5", "classifier": "classifier",
        ])
}

private func body(_ blocks: [Int], _ options: NetworkOptions) -> Block {
    let growth = options.scaled(32)
    var channels = 2 * growth
    var layers = [stem(channels, options)]
    for (stage, count) in blocks.enumerated() {
        for layer in 0..<options.repeated(count) {
            layers.append(dense(growth, options).named("stage\(stage + 1).layer\(layer + 1)"))
            channels += growth
        }
        guard stage < blocks.count - 1 else { break }
        channels /= 2
        layers.append(transition(channels, options).named("transition\(stage + 1)"))
    }
    return .sequential(layers + [activation(options).named("last"), .globalPool])
}

private func stem(_ channels: Int, _ options: NetworkOptions) -> Block {
    let unit = ConvUnit(options: options)
    switch options.stem {
    case .imagenet:
        return .sequential(unit(channels, kernel: 7, stride: 2), .maxPool(3, stride: 2, padding: 1)).named("stem")
    case .small: return Block.conv(channels, kernel: 3, padding: 1).named("stem")
    }
}

/// Adds `growth` channels to the input, through a bottleneck of four times as many.
private func dense(_ growth: Int, _ options: NetworkOptions) -> Block {
    let new = Block.sequential(
        activation(options), .conv(4 * growth, kernel: 1), activation(options), .conv(growth, kernel: 3, padding: 1))
    return .parallel(.sequential([]), new)
}

/// Halves channels and resolution between stages.
private func transition(_ channels: Int, _ options: NetworkOptions) -> Block {
    .sequential(activation(options), .conv(channels, kernel: 1), .avgPool(2, stride: 2))
}

private func activation(_ options: NetworkOptions) -> Block {
    .sequential(ConvUnit(options: options).normalization(), .relu)
}
