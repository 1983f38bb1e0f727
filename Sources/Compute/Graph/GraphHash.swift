/// The text that determines a graph: equal texts, equal computation and equal initial weights. Stores hash it for their keys.
extension Graph {
    /// One line a node: path, label, settings, inputs, shape; then one an auxiliary classifier. The network's own name is left out, since it decides no number;
    /// paths are in, since they key random streams.
    public var canonicalText: String {
        let lines = nodes.map { node in
            let inputs = node.inputs.map(String.init).joined(separator: " ")
            let shape = node.shape.map(String.init).joined(separator: "×")
            return "\(node.name)\t\(node.layer.label)(\(node.layer.settings))\t[\(inputs)]\t\(shape)"
        }
        let heads = auxiliaries.map { "auxiliary\t[\($0.node)]\t\($0.weight)" }
        return (["graph 1"] + lines + heads).joined(separator: "\n") + "\n"
    }
}
