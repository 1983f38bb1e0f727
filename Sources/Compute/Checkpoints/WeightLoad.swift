/// What became of a file's arrays in a network: the weights, and what did not fit.
public struct WeightLoad: Sendable {
    /// An array of another shape than the network's parameter.
    public struct Misfit: Hashable, Sendable {
        public var name: String
        public var wanted, found: [Int]
    }

    /// How parameters are found in a file.
    public enum Matching: String, Sendable, CaseIterable {
        /// By the network's own names, or those of a library that has the network.
        case name
        /// The n-th array of the file is the n-th parameter: for networks of one's own that are written in the file's order.
        case order
    }

    /// Every parameter of the network; those that the file does not have as they start.
    public var weights: Weights
    /// Whose names the file uses: "timm", "torchvision and timm", or nil for our own and for matching by order.
    public var library: String?
    /// The network's names of the parameters that were read.
    public var matched: [String] = []
    /// Parameters that the file does not have.
    public var missing: [String] = []
    /// Arrays of the file that belong to no parameter.
    public var unexpected: [String] = []
    public var misfits: [Misfit] = []
    /// Arrays of the classifier that were left out as asked.
    public var dropped: [String] = []

    /// - Parameters:
    ///   - namings: the libraries whose names are tried.
    ///   - keepsClassifier: false leaves the classifier as it starts.
    ///   - seed: of what the file does not have.
    public init(
        _ checkpoint: Checkpoint, into graph: Graph, namings: [WeightNaming], by matching: Matching = .name,
        keepsClassifier: Bool = true, seed: UInt64 = 0
    ) {
        weights = graph.initialWeights(seed: seed)
        let classifiers = ([graph.output] + graph.auxiliaries.map(\.node)).map { graph.nodes[$0].name + "." }
        func isClassifier(_ name: String) -> Bool { classifiers.contains { name.hasPrefix($0) } }
        let parameters = graph.parameters.map { (name: $0.name, shape: $0.spec.shape) }
        let needed = graph.inferenceNodes
        let auxiliary = Set(graph.parameters.filter { !needed.contains($0.node) }.map(\.name))
        let names: [String: String]
        switch matching {
        case .order:
            names = Dictionary(
                zip(parameters.map(\.name), checkpoint.names), uniquingKeysWith: { first, _ in first })
        case .name:
            let own = WeightNaming(library: "") { $0 }
            let tables = ([own, WeightLoad.pytorch] + namings).map { naming in
                (naming.library, WeightLoad.table(naming, parameters.map(\.name), checkpoint))
            }
            let best = tables.map(\.1.count).max() ?? 0
            let fitting = tables.filter { $0.1.count == best }
            names = fitting.first?.1 ?? [:]
            // Libraries often share names; our own need no mention.
            let libraries = fitting.map(\.0).filter { !$0.isEmpty }
            library = fitting.first?.0.isEmpty == true || libraries.isEmpty ? nil : libraries.joined(separator: " and ")
        }
        var used: Set<String> = []
        for (name, shape) in parameters {
            guard let theirs = names[name], let tensor = checkpoint.tensors[theirs] else {
                // Auxiliary classifiers only help training; most files leave them out.
                if !auxiliary.contains(name), keepsClassifier || !isClassifier(name) { missing.append(name) }
                continue
            }
            used.insert(theirs)
            if !keepsClassifier, isClassifier(name) {
                dropped.append(theirs)
            } else if let fitting = WeightLoad.fitted(tensor, to: shape) {
                weights[name] = fitting
                matched.append(name)
            } else {
                misfits.append(Misfit(name: name, wanted: shape, found: tensor.shape))
            }
        }
        unexpected = checkpoint.names.filter { !used.contains($0) }
    }

    /// Our names with PyTorch's for the running statistics: for a network of one's own that is named after its module.
    private static let pytorch = WeightNaming(library: "PyTorch") { name in
        if name.hasSuffix(".mean") { return name.dropLast("mean".count) + "running_mean" }
        if name.hasSuffix(".variance") { return name.dropLast("variance".count) + "running_var" }
        return name
    }

    /// The file's name of each of the network's parameters that it has.
    private static func table(_ naming: WeightNaming, _ names: [String], _ file: Checkpoint) -> [String: String] {
        var table: [String: String] = [:]
        for name in names {
            if let theirs = naming.name(name), file.tensors[theirs] != nil { table[name] = theirs }
        }
        return table
    }

    /// Equal but for extents of one, as where a classifier was a 1×1 convolution.
    private static func fitted(_ tensor: Tensor, to shape: [Int]) -> Tensor? {
        if tensor.shape == shape { return tensor }
        guard tensor.shape.filter({ $0 != 1 }) == shape.filter({ $0 != 1 }) else { return nil }
        return Tensor(shape, tensor.values)
    }
}
