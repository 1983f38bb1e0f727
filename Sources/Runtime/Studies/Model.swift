import Compute

/// A network as a script names it, before and after training.
///
/// Before, the number of classes, the input size and the channels may be open: the data set it is trained on fills them in.
public struct Model: Sendable {
    public var name: String
    public var network: Network
    /// How the weights came about; nil for a network that has none yet.
    public var pretraining: Pretraining?

    public enum Network: Sendable {
        /// A declared network with options.
        case declared(String, NetworkOptions)
        /// One built with `network(…)`; its classifier is replaced where the number of classes differs.
        case built(Graph)
    }

    /// Weights with their history.
    public struct Pretraining: Sendable {
        public var graph: Graph
        public var weights: Weights
        /// The data set of the training, or the file that the weights come from.
        public var source: String
        /// nil for weights from a file, of whose training nothing is known.
        public var facts: PretrainingFacts?
        /// How pictures become the input; nil takes data sets' own size and the usual normalisation.
        public var preprocessing: Preprocessing?
        /// What became of the file's arrays, for weights from a file.
        public var load: WeightLoad?
        /// The store's key of the weights: what later results depend on.
        public var key: Key

        var normalization: Normalization { preprocessing?.normalization ?? Normalization() }
    }

    /// The network for images of `shape` and a number of classes.
    /// - Throws: `ComputeError` when the network cannot take them.
    public func graph(shape: [Int], classes: Int) throws -> Graph {
        switch network {
        case .declared(let name, var options):
            guard let variant = NetworkFamily.variant(name) else {
                throw ComputeError(.badArgument, "no network is called '\(name)'")
            }
            options.input = options.input ?? shape[1]
            options.channels = options.channels ?? shape[0]
            options.classes = classes
            return try variant.graph(options)
        case .built(let graph): return try graph.replacingClassifier(classes: classes)
        }
    }

    /// The [channels, height, width] that the network takes, as far as it is settled.
    public var inputShape: [Int]? {
        if let pretraining { return pretraining.graph.input }
        switch network {
        case .built(let graph): return graph.input
        case .declared(_, let options):
            guard let input = options.input, let channels = options.channels else { return nil }
            return [channels, input, input]
        }
    }

    /// The graph for showing: with the weights' own sizes, or the options' and the native ones.
    public func summaryGraph() throws -> Graph {
        if let pretraining { return pretraining.graph }
        switch network {
        case .built(let graph): return graph
        case .declared(let name, let options):
            guard let variant = NetworkFamily.variant(name) else {
                throw ComputeError(.badArgument, "no network is called '\(name)'")
            }
            return try variant.graph(options)
        }
    }
}

/// What is stored of a pretraining beside the weights.
public struct PretrainingFacts: Hashable, Codable, Sendable {
    /// Accuracy on the source's test split.
    public var accuracy: Double
    public var correct: Int
    public var total: Int
    public var history: History
}
