/// The unit most networks repeat: convolution, batch normalisation, activation.
struct ConvUnit {
    let options: NetworkOptions
    var epsilon: Float = 1e-5
    var activation: Block? = .relu
    var start: Convolution.Start = .heNormal
    /// A bias of the convolution, which the normalisation behind it cancels: some published files have it.
    var bias = false

    /// A unit to `channels`, already scaled. `activates: false` leaves the activation out.
    func callAsFunction(
        _ channels: Int, kernel: Extent, stride: Extent = 1, padding: Padding? = nil, activates: Bool = true
    ) -> Block {
        let padding = padding ?? edges(kernel)
        let convolution = Block.conv(
            channels, kernel: kernel, stride: stride, padding: padding, bias: bias, start: start)
        return unit(convolution, activates)
    }

    /// The same with a convolution of each channel by itself.
    func depthwise(kernel: Extent, stride: Extent) -> Block {
        unit(.depthwise(kernel: kernel, stride: stride, padding: edges(kernel), start: start), true)
    }

    /// Batch normalisation with the network's options.
    func normalization(startsAtZero: Bool = false) -> Block {
        .layer(
            BatchNorm(
                scale: options.batchNormScale, momentum: Float(options.batchNormMomentum ?? 0.9),
                epsilon: options.batchNormEpsilon.map { Float($0) } ?? epsilon, startsAtZero: startsAtZero))
    }

    /// Units one after the other, called `name_1`, `name_2` and so on, or `name` where there is one; channels before scaling.
    /// `halves: true` gives the last one stride 2 and no padding.
    func chain(_ name: String, _ units: [(channels: Int, kernel: Extent)], halves: Bool = false) -> Block {
        .sequential(
            units.enumerated().map { index, next in
                let isLast = halves && index == units.count - 1
                let unit = self(
                    options.scaled(next.channels), kernel: next.kernel, stride: isLast ? 2 : 1,
                    padding: isLast ? .valid : nil)
                return unit.named(units.count == 1 ? name : "\(name)_\(index + 1)")
            })
    }

    /// What keeps the size at stride 1: with other strides TensorFlow pads the end more, PyTorch every edge alike.
    func edges(_ kernel: Extent) -> Padding {
        guard options.origin != .tensorflow else { return .same }
        return .explicit(
            Margins(top: kernel.height / 2, left: kernel.width / 2, bottom: kernel.height / 2, right: kernel.width / 2))
    }

    private func unit(_ convolution: Block, _ activates: Bool) -> Block {
        .sequential([convolution, normalization()] + (activates ? [activation].compactMap { $0 } : []))
    }
}

extension NetworkOptions {
    /// The last modules of a stage as many times as `depth` asks: fewer drop the first ones, since the last set the stage's
    /// output; more repeat the last.
    func repeated<Module>(_ modules: [Module], name: (Module) -> String) -> [(module: Module, name: String)] {
        let count = repeated(modules.count)
        let kept = modules.suffix(count).map { ($0, name($0)) }
        guard count > modules.count, let last = modules.last else { return kept }
        return kept + (2...count - modules.count + 1).map { (last, "\(name(last))_\($0)") }
    }
}
