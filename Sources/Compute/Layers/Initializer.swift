/// The distribution that a parameter starts from.
///
/// Every parameter has a stream of its own, keyed by its name: a new layer elsewhere changes no other layer's start.
public enum Initializer: Hashable, Sendable {
    case zeros
    case ones
    case constant(Float)
    /// Normal with mean 0 and deviation √(2 / fanOut): He et al. 2015 (arXiv 1502.01852), equation 14.
    case heNormal(fanOut: Int)
    /// Uniform in [−bound, bound).
    case uniform(bound: Float)
    /// Normal with mean 0, redrawn outside two deviations, as TensorFlow's `truncated_normal`.
    case truncatedNormal(deviation: Float)

    /// A tensor of `shape` for the parameter called `name`.
    public func tensor(_ shape: [Int], name: String, seed: UInt64) -> Tensor {
        let count = shape.reduce(1, *)
        switch self {
        case .zeros: return Tensor(zeros: shape)
        case .ones: return Tensor(shape, [Float](repeating: 1, count: count))
        case .constant(let value): return Tensor(shape, [Float](repeating: value, count: count))
        case .heNormal(let fanOut):
            let deviation = (2 / Double(fanOut)).squareRoot()
            return drawn(shape, name, seed) { Float(deviation * $0.normal()) }
        case .uniform(let bound):
            return drawn(shape, name, seed) { bound * Float(2 * $0.uniform() - 1) }
        case .truncatedNormal(let deviation):
            return drawn(shape, name, seed) { Float(Double(deviation) * Initializer.withinTwo(&$0)) }
        }
    }

    private func drawn(_ shape: [Int], _ name: String, _ seed: UInt64, _ draw: (inout Philox) -> Float) -> Tensor {
        var generator = Philox(seed: seed, purpose: "initial \(name)")
        return Tensor(shape, (0..<shape.reduce(1, *)).map { _ in draw(&generator) })
    }

    private static func withinTwo(_ generator: inout Philox) -> Double {
        while true {
            let value = generator.normal()
            if abs(value) <= 2 { return value }
        }
    }
}
