/// MobileNet v2, inverted residuals with linear bottlenecks: Sandler et al. 2018, arXiv 1801.04381, table 2.
///
/// The last convolution keeps its 1280 channels at widths below 1, as in the paper's code; `mobilenet_v2(width: 1.4)` is the
/// wider network of Kornblith et al. 2019.
extension NetworkFamily {
    public static let mobileNetV2 = NetworkFamily(
        paper: "Sandler et al. 2018, arXiv 1801.04381, table 2",
        variants: [Variant("mobilenet_v2", parameters: 2_223_872, features: 1280, input: 224) { body($0) }])
}

private struct Stage {
    let expansion, channels, blocks, stride: Int
}

private let stages = [
    Stage(expansion: 1, channels: 16, blocks: 1, stride: 1),
    Stage(expansion: 6, channels: 24, blocks: 2, stride: 2),
    Stage(expansion: 6, channels: 32, blocks: 3, stride: 2),
    Stage(expansion: 6, channels: 64, blocks: 4, stride: 2),
    Stage(expansion: 6, channels: 96, blocks: 3, stride: 1),
    Stage(expansion: 6, channels: 160, blocks: 3, stride: 2),
    Stage(expansion: 6, channels: 320, blocks: 1, stride: 1),
]

private func body(_ options: NetworkOptions) -> Block {
    let unit = ConvUnit(options: options, activation: .relu6)
    var incoming = options.scaled(32)
    var layers = [unit(incoming, kernel: 3, stride: options.stem == .small ? 1 : 2).named("stem")]
    for (number, stage) in stages.enumerated() {
        let channels = options.scaled(stage.channels)
        for block in 0..<options.repeated(stage.blocks) {
            let stride = block == 0 ? stage.stride : 1
            let inverted = inverted(stage.expansion, from: incoming, to: channels, stride: stride, unit)
            layers.append(inverted.named("stage\(number + 1).block\(block + 1)"))
            incoming = channels
        }
    }
    let last = options.width > 1 ? options.scaled(1280) : 1280
    return .sequential(layers + [unit(last, kernel: 1).named("last"), .globalPool])
}

/// Expands, filters each channel, projects without activation; added to the input where the shape is kept.
private func inverted(_ expansion: Int, from incoming: Int, to channels: Int, stride: Int, _ unit: ConvUnit) -> Block {
    let expand: [Block] = expansion > 1 ? [unit(expansion * incoming, kernel: 1)] : []
    let main = Block.sequential(
        expand + [
            unit.depthwise(kernel: 3, stride: Extent(stride)), unit(channels, kernel: 1, activates: false),
        ])
    return stride == 1 && incoming == channels ? .residual(main) : main
}
