/// The words that networks are written in; families in Swift and `network(…)` in scripts share them.
///
/// A network reads top to bottom as its paper's table: `sequential(conv(64, kernel: 3), batchNorm(), relu, globalPool, …)`.
extension Block {
    /// A convolution to `channels`; see `Convolution`.
    public static func conv(
        _ channels: Int, kernel: Extent, stride: Extent = 1, padding: Padding = .same, dilation: Extent = 1,
        groups: Int = 1, bias: Bool = false, start: Convolution.Start = .heNormal
    ) -> Block {
        let window = Window(kernel, stride: stride, dilation: dilation, padding: padding)
        return .layer(Convolution(channels, window: window, groups: .count(groups), bias: bias, start: start))
    }

    /// A convolution of each channel by itself, to `multiplier` channels each.
    public static func depthwise(
        kernel: Extent, stride: Extent = 1, padding: Padding = .same, dilation: Extent = 1, multiplier: Int = 1,
        bias: Bool = false, start: Convolution.Start = .heNormal
    ) -> Block {
        let window = Window(kernel, stride: stride, dilation: dilation, padding: padding)
        return .layer(Convolution(multiplier, window: window, groups: .depthwise, bias: bias, start: start))
    }

    /// A depthwise convolution, then a pointwise one to `channels` (Chollet 2017, arXiv 1610.02357).
    public static func separable(
        _ channels: Int, kernel: Extent, stride: Extent = 1, padding: Padding = .same, bias: Bool = false
    ) -> Block {
        .sequential([
            .depthwise(kernel: kernel, stride: stride, padding: padding), .conv(channels, kernel: 1, bias: bias),
        ])
    }

    public static func batchNorm(scale: Bool = true, momentum: Float = 0.9, epsilon: Float = 1e-5) -> Block {
        .layer(BatchNorm(scale: scale, momentum: momentum, epsilon: epsilon))
    }

    public static var relu: Block { .layer(Activation(.relu)) }
    public static var relu6: Block { .layer(Activation(.relu6)) }

    public static func maxPool(_ kernel: Extent, stride: Extent, padding: Padding = .valid) -> Block {
        .layer(Pooling(.maximum, window: Window(kernel, stride: stride, padding: padding)))
    }

    public static func avgPool(
        _ kernel: Extent, stride: Extent, padding: Padding = .valid, includesPadding: Bool = false
    ) -> Block {
        let window = Window(kernel, stride: stride, padding: padding)
        return .layer(Pooling(.average, window: window, includesPadding: includesPadding))
    }

    public static var globalPool: Block { .layer(GlobalPool()) }
    public static var flatten: Block { .layer(Flatten()) }
    public static func linear(_ features: Int, bias: Bool = true) -> Block { .layer(Linear(features, bias: bias)) }
    public static func dropout(_ rate: Float) -> Block { .layer(Dropout(rate: rate)) }
    public static func dropPath(_ rate: Float) -> Block { .layer(DropPath(rate: rate)) }
    /// `factor · x`.
    public static func times(_ factor: Float) -> Block { .layer(Times(factor)) }
    /// Rows and columns moved up and left by as many; zeros follow.
    public static func shift(_ distance: Int) -> Block { .layer(Shift(distance)) }

    public static func sequential(_ blocks: Block...) -> Block { .sequential(blocks) }

    /// Branches from one input, joined along the channels.
    public static func parallel(_ branches: Block...) -> Block { .parallel(branches, join: .concat) }

    /// Branches from one input, added.
    public static func sum(_ branches: Block...) -> Block { .parallel(branches, join: .add) }

    /// The input itself.
    public static var identity: Block { .sequential([]) }

    /// The value kept under a name.
    public static func recall(_ name: String) -> Block { .recall(name, .identity) }

    /// `body(x) + x`.
    public static func residual(_ body: Block) -> Block { .residual(body, shortcut: nil) }

    /// The same block in a scope of its own.
    public func named(_ name: String) -> Block { .named(name, self) }
}
