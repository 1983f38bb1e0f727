/// A dense array of 32-bit floats in row-major order: the plain layout in which weights, images and results leave the engine.
public struct Tensor: Hashable, Sendable {
    public var shape: [Int]
    public var values: [Float]

    /// - Precondition: `values.count` is the product of `shape`; use `init(checking:)` for anything from a file.
    public init(_ shape: [Int], _ values: [Float]) {
        precondition(shape.reduce(1, *) == values.count, "tensor of shape \(shape) needs \(shape.reduce(1, *)) values")
        self.shape = shape
        self.values = values
    }

    public init(zeros shape: [Int]) {
        self.init(shape, [Float](repeating: 0, count: shape.reduce(1, *)))
    }

    public var count: Int { values.count }
}

/// Weights by name in plain layout (`[out, in / groups, height, width]` for convolutions, `[out, in]` for linear layers),
/// batch-norm statistics included. Names are the graph's: `node.weight`, `node.bias`, `node.mean`, `node.variance`.
public typealias Weights = [String: Tensor]
