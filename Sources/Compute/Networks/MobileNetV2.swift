/// MobileNet v2, inverted residuals with linear bottlenecks: Sandler et al. 2018, arXiv 1801.04381, table 2.
///
/// The last convolution keeps its 1280 channels at widths below 1, as in the paper's code; `mobilenet_v2(width: 1.4)` is the
/// wider network of Kornblith et al. 2019. Convolutions start as in timm's and torchvision's code: He et al. 2015 with the
/// fan-out.
extension NetworkFamily {
    public static let mobileNetV2 = NetworkFamily(
        paper: "Sandler et al. 2018, arXiv 1801.04381, table 2",
        variants: [
            Variant(
                "mobilenet_v2", parameters: 2_223_872, features: 1280, input: 224, namings: [timm, torchvision]
            ) { body($0) }
        ])
}

/// mobilenetv2_100 and, at width 1.4, mobilenetv2_140. Blocks of the first stage have no expansion.
private let timm = WeightNaming(
    "timm",
    rules: [
        "stem.convolution1": "conv_stem", "stem.batch_norm1": "bn1",
        "stage1.block#.depthwise1": "blocks.0.{1-1}.conv_dw",
        "stage1.block#.convolution1": "blocks.0.{1-1}.conv_pw",
        "stage#.block#.batch_norm#": "blocks.{1-1}.{2-1}.bn{3}",
        "stage#.block#.convolution1": "blocks.{1-1}.{2-1}.conv_pw",
        "stage#.block#.depthwise1": "blocks.{1-1}.{2-1}.conv_dw",
        "stage#.block#.convolution2": "blocks.{1-1}.{2-1}.conv_pwl",
        "last.convolution1": "conv_head", "last.batch_norm1": "bn2", "classifier": "classifier",
    ])

/// Blocks of all stages are numbered through.
private let torchvision: WeightNaming = {
    var rules = [
        ("stem.convolution1", "features.0.0"), ("stem.batch_norm1", "features.0.1"),
        ("last.convolution1", "features.18.0"), ("last.batch_norm1", "features.18.1"), ("classifier", "classifier.1"),
    ]
    let (bare, expanding) = (
        ["depthwise1": "0.0", "batch_norm1": "0.1", "convolution1": "1", "batch_norm2": "2"],
        [
            "convolution1": "0.0", "batch_norm1": "0.1", "depthwise1": "1.0", "batch_norm2": "1.1", "convolution2": "2",
            "batch_norm3": "3",
        ]
    )
    var before = 0
    for (index, stage) in stages.enumerated() {
        let parts = stage.expansion == 1 ? bare : expanding
        rules += parts.map { ("stage\(index + 1).block#.\($0.key)", "features.{1+\(before)}.conv.\($0.value)") }
        before += stage.blocks
    }
    return WeightNaming("torchvision", units: [], rules: rules)
}()

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
