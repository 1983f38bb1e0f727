/// What a network is: layers and their connections, a pure value.
///
/// Invariants: nodes stand in topological order, node 0 is the input, names are unique, shapes are inferred and consistent, and
/// the output is a linear layer, the classifier, whose input are the features that transfer learning freezes.
public struct Graph: Hashable, Sendable {
    public let name: String
    /// `[channels, height, width]`.
    public let input: [Int]
    public let nodes: [Node]
    /// The node of the logits.
    public let output: Int
    /// The node of the penultimate features: what feeds the classifier, before a dropout.
    public let features: Int

    /// Infers every shape of `block` on an input of `[channels, height, width]`.
    /// - Throws: `.badGraph` naming the node at fault.
    public init(name: String, input: [Int], _ block: Block) throws {
        var builder = try GraphBuilder(name: name, input: input)
        try builder.add(block, to: 0)
        self = try builder.graph()
    }

    /// For `GraphBuilder`, whose nodes are already in order and consistent.
    init(name: String, nodes: [Node]) throws {
        let output = nodes.count - 1
        guard let last = nodes.last, last.layer is Linear else {
            throw ComputeError(
                .badGraph, "a network ends in the linear layer of its classes", subject: nodes.last?.name,
                remedy: "add linear(classes) as the last layer")
        }
        var features = last.inputs[0]
        while nodes[features].layer is Dropout { features = nodes[features].inputs[0] }
        self.name = name
        self.input = nodes[0].shape
        self.nodes = nodes
        self.output = output
        self.features = features
    }

    /// Number of logits.
    public var classes: Int { nodes[output].shape[0] }

    /// Width of the penultimate features.
    public var featureCount: Int { nodes[features].shape.reduce(1, *) }

    /// Trained parameters of the whole network, running statistics not counted.
    public var parameterCount: Int {
        parameters.reduce(0) { $0 + ($1.spec.trained ? $1.spec.count : 0) }
    }

    /// Multiply-adds of one example in the forward direction.
    public var multiplyAdds: Int { nodes.reduce(0) { $0 + $1.layer.multiplyAdds(for: inputShapes(of: $1)) } }

    public func inputShapes(of node: Node) -> [[Int]] { node.inputs.map { nodes[$0].shape } }

    /// Every parameter in node order with its full name.
    public var parameters: [(name: String, node: Int, spec: ParameterSpec)] {
        nodes.indices.flatMap { index in
            let node = nodes[index]
            return node.layer.parameters(for: inputShapes(of: node)).map { ("\(node.name).\($0.name)", index, $0) }
        }
    }

    /// The weights to start training from. Each parameter has a random stream of its own, keyed by its name.
    public func initialWeights(seed: UInt64) -> Weights {
        var weights: Weights = [:]
        for (name, _, spec) in parameters { weights[name] = spec.initial.tensor(spec.shape, name: name, seed: seed) }
        return weights
    }

    /// As `initialWeights(seed:)`, for large networks, whose numbers take seconds to draw.
    /// - Throws: `.cancelled` from the monitor.
    public func initialWeights(seed: UInt64, monitor: any Monitor) throws -> Weights {
        var weights: Weights = [:]
        for (name, _, spec) in parameters {
            try monitor.check()
            weights[name] = spec.initial.tensor(spec.shape, name: name, seed: seed)
        }
        return weights
    }

    /// The same network with another number of classes.
    /// - Throws: `.badGraph` for a number that is not positive.
    public func replacingClassifier(classes: Int) throws -> Graph {
        guard var classifier = nodes[output].layer as? Linear else { return self }
        classifier.features = classes
        var builder = try GraphBuilder(name: name, input: input)
        for node in nodes.dropFirst().dropLast() { try builder.add(node.layer, to: node.inputs, name: node.name) }
        try builder.add(classifier, to: nodes[output].inputs, name: nodes[output].name)
        return try builder.graph()
    }

    /// Looks up every parameter, so that plans can rely on shapes.
    /// - Throws: `.badArgument` naming a parameter that is missing or has another shape.
    public func check(_ weights: Weights) throws {
        for (name, _, spec) in parameters {
            guard let tensor = weights[name] else {
                throw ComputeError(
                    .badArgument, "the weights hold no '\(name)' for network '\(self.name)'", subject: name)
            }
            guard tensor.shape == spec.shape, tensor.values.count == spec.count else {
                throw ComputeError(
                    .badArgument, "network '\(self.name)' needs shape \(spec.shape), the weights hold \(tensor.shape)",
                    subject: name)
            }
        }
    }
}
