/// The weights from which fine-tuning starts: the pretrained ones, with a fresh classifier for the new classes.
extension Graph {
    /// - Returns: this network with `classes` classes, and `weights` with the classifier drawn anew.
    public func transferred(
        _ weights: Weights, classes: Int, seed: UInt64
    ) throws -> (graph: Graph, weights: Weights) {
        let graph = try replacingClassifier(classes: classes)
        let classifiers = ([graph.output] + graph.auxiliaries.map(\.node)).map { graph.nodes[$0].name + "." }
        var start = weights
        for (name, tensor) in graph.initialWeights(seed: seed)
        where classifiers.contains(where: { name.hasPrefix($0) }) { start[name] = tensor }
        return (graph, start)
    }
}
