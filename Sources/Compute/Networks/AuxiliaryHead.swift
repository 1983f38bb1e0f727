/// The classifier beside the main one that Inception v3 and later networks train with: Szegedy et al. 2016, arXiv 1512.00567,
/// figure 8, as in TF-Slim: means of 5×5 positions at stride 3, a 1×1 convolution, one over the whole map that is left. Its loss
/// counts 0.4 times, as in TF-Slim's train_image_classifier. Smaller maps take smaller windows.
struct AuxiliaryHead {
    let options: NetworkOptions
    let unit: ConvUnit

    /// - Parameters:
    ///   - side: of the map that it reads.
    ///   - widest: the last convolution's kernel where more is left, with a mean behind it.
    func block(side: Int, widest: Int = .max, before: [Block] = []) -> Block {
        guard options.auxiliaryHead else { return .identity }
        let pool = min(5, side)
        let left = (side - pool) / 3 + 1
        var wide = unit
        wide.start = .truncatedNormal(deviation: 0.01)
        let layers: [Block] = [
            .avgPool(Extent(pool), stride: 3), unit(options.scaled(128), kernel: 1).named("conv0"),
            wide(options.scaled(768), kernel: Extent(min(widest, left)), padding: .valid).named("conv1"), .globalPool,
            .linear(options.classes ?? 1000).named("classifier"),
        ]
        return .auxiliary(.sequential(before + layers).named("auxiliary"), weight: 0.4)
    }

    /// Positions that a window leaves of a side without padding.
    static func valid(_ side: Int, _ kernel: Int, stride: Int = 1) -> Int { (side - kernel) / stride + 1 }
}
