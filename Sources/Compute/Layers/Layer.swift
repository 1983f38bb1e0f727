/// What one node of a network does: its shape rule, its parameters, its cost and how it becomes engine steps.
///
/// A layer is a pure value that knows nothing of its neighbours: input channels come from shape inference, so that the same
/// layer can stand anywhere. Shapes never hold the batch: `[channels, height, width]` or `[features]`.
public protocol Layer: Hashable, Sendable {
    /// The family's name, e.g. "convolution": the catalogue's key.
    static var kind: String { get }

    /// What summaries and plans print and what unnamed nodes are called, e.g. "relu"; `kind` where one word says it all.
    var label: String { get }

    /// Every option that changes a result, in a fixed order: with `label` it determines the layer (see `GraphHash`).
    var settings: String { get }

    /// The shape of the result.
    /// - Throws: `ComputeError` of kind `.badGraph` when the layer does not take these inputs.
    func outputShape(of inputs: [[Int]]) throws -> [Int]

    /// Trained parameters and running statistics for inputs that `outputShape` accepts.
    func parameters(for inputs: [[Int]]) -> [ParameterSpec]

    /// Multiply-adds of one example in the forward direction; products only, as papers count them.
    func multiplyAdds(for inputs: [[Int]]) -> Int

    /// The sliding window, for receptive fields; nil for layers that look at one position only.
    func window(for inputs: [[Int]]) -> Window?

    /// Emits the engine steps of an operation that this layer leads, and what computes its gradients.
    /// - Throws: `.engine` when oneDNN refuses.
    func lower(_ operation: Operation, into plan: inout Lowering) throws
}

extension Layer {
    public var label: String { Self.kind }
    public var settings: String { "" }
    public func parameters(for inputs: [[Int]]) -> [ParameterSpec] { [] }
    public func multiplyAdds(for inputs: [[Int]]) -> Int { 0 }
    public func window(for inputs: [[Int]]) -> Window? { nil }
}

/// One parameter of a layer; a node's parameter is called `node.name`.
public struct ParameterSpec: Hashable, Sendable {
    /// "weight", "bias", "mean" or "variance"; batch normalisation calls γ weight and β bias.
    public var name: String
    /// Plain layout: `[out, in / groups, height, width]`, `[out, in]` or `[channels]`.
    public var shape: [Int]
    public var initial: Initializer
    /// False for running statistics.
    public var trained: Bool
    /// Whether weight decay applies: convolution and linear weights; not biases, γ, β.
    public var decays: Bool

    public init(_ name: String, _ shape: [Int], initial: Initializer, trained: Bool = true, decays: Bool = false) {
        self.name = name
        self.shape = shape
        self.initial = initial
        self.trained = trained
        self.decays = decays
    }

    public var count: Int { shape.reduce(1, *) }
}

/// Checks that several layers share, each with the one message.
enum ShapeRule {
    /// The only input.
    static func single(_ inputs: [[Int]]) throws -> [Int] {
        guard inputs.count == 1 else { throw ComputeError(.badGraph, "takes one input, got \(inputs.count)") }
        return inputs[0]
    }

    /// The only input, which must be a feature map `[channels, height, width]`.
    static func map(_ inputs: [[Int]]) throws -> (channels: Int, size: Extent) {
        let shape = try single(inputs)
        guard shape.count == 3 else {
            throw ComputeError(.badGraph, "takes [channels, height, width], got \(shape)")
        }
        return (shape[0], Extent(shape[1], shape[2]))
    }

    /// At least two inputs.
    static func several(_ inputs: [[Int]]) throws -> [Int] {
        guard inputs.count >= 2 else { throw ComputeError(.badGraph, "joins two or more inputs, got \(inputs.count)") }
        return inputs[0]
    }
}
