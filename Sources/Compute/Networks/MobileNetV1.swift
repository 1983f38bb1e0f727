/// MobileNet v1, depthwise separable convolutions: Howard et al. 2017, arXiv 1704.04861, table 1.
///
/// The activation is ReLU6, as in TF-Slim's mobilenet_v1 and timm's port of it. Convolutions start as in the latter: He et al. 2015
/// with the fan-out.
extension NetworkFamily {
    public static let mobileNetV1 = NetworkFamily(
        paper: "Howard et al. 2017, arXiv 1704.04861, table 1",
        variants: [
            Variant("mobilenet_v1", parameters: 3_206_976, features: 1024, input: 224, namings: [timm]) { body($0) }
        ])
}

private let timm = WeightNaming(
    "timm",
    rules: [
        "stem.convolution1": "conv_stem", "stem.batch_norm1": "bn1",
        "stage#.block#.depthwise1": "blocks.{1-1}.{2-1}.conv_dw",
        "stage#.block#.convolution1": "blocks.{1-1}.{2-1}.conv_pw",
        "stage#.block#.batch_norm#": "blocks.{1-1}.{2-1}.bn{3}", "classifier": "classifier",
    ])

/// Channels, and how many separable convolutions give them; each stage but the first begins with stride 2.
private let stages: [(channels: Int, blocks: Int)] = [(64, 1), (128, 2), (256, 2), (512, 6), (1024, 2)]

private func body(_ options: NetworkOptions) -> Block {
    let unit = ConvUnit(options: options, activation: .relu6)
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
