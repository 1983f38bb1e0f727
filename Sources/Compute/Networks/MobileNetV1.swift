/// MobileNet v1, depthwise separable convolutions: Howard et al. 2017, arXiv 1704.04861, table 1.
extension NetworkFamily {
    public static let mobileNetV1 = NetworkFamily(
        paper: "Howard et al. 2017, arXiv 1704.04861, table 1",
        variants: [Variant("mobilenet_v1", parameters: 3_206_976, features: 1024, input: 224) { body($0) }])
}

/// Channels, and how many separable convolutions give them; each stage but the first begins with stride 2.
private let stages: [(channels: Int, blocks: Int)] = [(64, 1), (128, 2), (256, 2), (512, 6), (1024, 2)]

private func body(_ options: NetworkOptions) -> Block {
    let unit = ConvUnit(options: options)
    var layers = [unit(options.scaled(32), kernel: 3, stride: options.stem == .small ? 1 : 2).named("stem")]
    for (stage, (channels, blocks)) in stages.enumerated() {
        for block in 0..<options.repeated(blocks) {
            let separable = Block.sequential(
                unit.depthwise(kernel: 3, stride: block == 0 && stage > 0 ? 2 : 1),
                unit(options.scaled(channels), kernel: 1))
            layers.append(separable.named("stage\(stage + 1).block\(block + 1)"))
        }
    }
    return .sequential(layers + [.globalPool])
}
