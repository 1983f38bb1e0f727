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
    /// Classifiers beside the main one that only training computes.
    public let auxiliaries: [Auxiliary]

    public struct Auxiliary: Hashable, Sendable {
        /// The node of its logits.
        public var node: Int
        /// How much its loss counts beside the main one's.
        public var weight: Float
    }

    /// Infers every shape of `block` on an input of `[channels, height, width]`.
    /// - Throws: `.badGraph` naming the node at fault.
    public init(name: String, input: [Int], _ block: Block) throws {
        var builder = try GraphBuilder(name: name, input: input)
        try builder.add(block, to: 0)
        self = try builder.graph()
    }

    /// For `GraphBuilder`, whose nodes are already in order and consistent.
    init(name: String, nodes: [Node], auxiliaries: [Auxiliary] = []) throws {
        let output = nodes.count - 1
        guard let last = nodes.last, last.layer is Linear else {
            throw ComputeError(
                .badGraph, "a network ends in the linear layer of its classes", subject: nodes.last?.name,
                remedy: "add linear(classes) as the last layer")
        }
        for auxiliary in auxiliaries {
            let node = nodes[auxiliary.node]
            guard node.layer is Linear, node.shape == last.shape, auxiliary.weight.isFinite else {
                throw ComputeError(
                    .badGraph,
                    "an auxiliary classifier ends in a linear layer of the network's \(last.shape[0]) classes",
                    subject: node.name)
            }
        }
        self.auxiliaries = auxiliaries
        var features = last.inputs[0]
        while nodes[features].layer is Dropout { features = nodes[features].inputs[0] }
        self.name = name
        self.input = nodes[0].shape
        self.nodes = nodes
        self.output = output
        self.features = features
        // As floating point: products of absurd widths overflow integers.
        let size = parameters.reduce(0.0) { $0 + $1.spec.shape.reduce(1.0) { $0 * Double($1) } }
        guard size <= Self.mostParameters else {
            throw ComputeError(
                .badGraph, "the network would have \(Int(size / 1e9)) billion parameters, more than a memory holds",
                subject: name,
                remedy: "make it narrower")
        }
    }

    /// 16 GB of weights.
    private static let mostParameters = 4e9

    /// Number of logits.
    public var classes: Int { nodes[output].shape[0] }

    /// Width of the penultimate features.
    public var featureCount: Int { nodes[features].shape.reduce(1, *) }

    /// Nodes that logits and features depend on: all but the auxiliary classifiers' own.
    public var inferenceNodes: Set<Int> {
        var (reached, open): (Set<Int>, [Int]) = ([], [output, 0])
        while let node = open.popLast() {
            if reached.insert(node).inserted { open += nodes[node].inputs }
        }
        return reached
    }

    /// Trained parameters of the whole network, auxiliary classifiers included, running statistics not counted.
    public var parameterCount: Int {
        parameters.reduce(0) { $0 + ($1.spec.trained ? $1.spec.count : 0) }
    }

    /// Multiply-adds of one example in the forward direction, without auxiliary classifiers.
    public var multiplyAdds: Int {
        inferenceNodes.reduce(0) { $0 + nodes[$1].layer.multiplyAdds(for: inputShapes(of: nodes[$1])) }
    }

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
        let classifiers = Set([output] + auxiliaries.map(\.node))
        var builder = try GraphBuilder(name: name, input: input)
        for (index, node) in nodes.enumerated().dropFirst() {
            var layer = node.layer
            if classifiers.contains(index), var classifier = layer as? Linear {
                classifier.features = classes
                layer = classifier
            }
            try builder.add(layer, to: node.inputs, name: node.name)
        }
        auxiliaries.forEach { builder.addAuxiliary($0) }
        return try builder.graph()
    }

    /// Looks up every parameter, so that plans can rely on shapes; those of auxiliary classifiers only for training.
    /// - Throws: `.badArgument` naming a parameter that is missing or has another shape.
    public func check(_ weights: Weights, forTraining: Bool = true) throws {
        let needed = forTraining ? Set(nodes.indices) : inferenceNodes
        for (name, node, spec) in parameters where needed.contains(node) {
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
