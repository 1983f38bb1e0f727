/// The unit most networks repeat: convolution without bias, batch normalisation, activation.
struct ConvUnit {
    let options: NetworkOptions
    var epsilon: Float = 1e-5
    var activation: Block? = .relu

    /// A unit to `channels`, already scaled. `activates: false` leaves the activation out.
    func callAsFunction(
        _ channels: Int, kernel: Extent, stride: Extent = 1, padding: Padding? = nil, activates: Bool = true
    ) -> Block {
        unit(.conv(channels, kernel: kernel, stride: stride, padding: padding ?? centred(kernel)), activates)
    }

    /// The same with a convolution of each channel by itself.
    func depthwise(kernel: Extent, stride: Extent) -> Block {
        unit(.depthwise(kernel: kernel, stride: stride, padding: centred(kernel)), true)
    }

    /// Batch normalisation with the network's options.
    func normalization(startsAtZero: Bool = false) -> Block {
        .layer(BatchNorm(scale: options.batchNormScale, epsilon: epsilon, startsAtZero: startsAtZero))
    }

    private func unit(_ convolution: Block, _ activates: Bool) -> Block {
        .sequential([convolution, normalization()] + (activates ? [activation].compactMap { $0 } : []))
    }

    /// PyTorch's usual padding: as much at every edge as keeps the size at stride 1.
    private func centred(_ kernel: Extent) -> Padding {
        .explicit(
            Margins(top: kernel.height / 2, left: kernel.width / 2, bottom: kernel.height / 2, right: kernel.width / 2))
    }
}
