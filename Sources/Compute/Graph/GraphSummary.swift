/// A network as a table: what `summary(model)` shows.
public struct GraphSummary: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        public var name: String
        public var kind: String
        public var settings: String
        public var inputs: [String]
        /// Without the batch.
        public var shape: [Int]
        /// Trained parameters of this node.
        public var parameters: Int
        public var multiplyAdds: Int
        /// Input positions that can influence one output position, by rows and columns; may exceed the image.
        public var receptiveField: Extent
    }

    public var rows: [Row]

    public init(_ graph: Graph) {
        var fields: [ReceptiveField] = []
        rows = graph.nodes.map { node in
            let shapes = graph.inputShapes(of: node)
            let field = ReceptiveField(joining: node.inputs.map { fields[$0] })
                .widened(by: node.layer.window(for: shapes))
            fields.append(field)
            return Row(
                name: node.name, kind: node.layer.label, settings: node.layer.settings,
                inputs: node.inputs.map { graph.nodes[$0].name }, shape: node.shape,
                parameters: node.layer.parameters(for: shapes).reduce(0) { $0 + ($1.trained ? $1.count : 0) },
                multiplyAdds: node.layer.multiplyAdds(for: shapes), receptiveField: field.size)
        }
    }

    public var parameters: Int { rows.reduce(0) { $0 + $1.parameters } }
    public var multiplyAdds: Int { rows.reduce(0) { $0 + $1.multiplyAdds } }
}

/// Size of the seen patch and distance between neighbouring outputs, in input positions (Araujo et al. 2019, Distill).
private struct ReceptiveField {
    var size = Extent(1)
    var jump = Extent(1)

    /// The largest of several paths.
    init(joining paths: [ReceptiveField]) {
        for path in paths {
            size = Extent(max(size.height, path.size.height), max(size.width, path.size.width))
            jump = Extent(max(jump.height, path.jump.height), max(jump.width, path.jump.width))
        }
    }

    func widened(by window: Window?) -> ReceptiveField {
        guard let window else { return self }
        var field = self
        field.size.height += (window.span.height - 1) * jump.height
        field.size.width += (window.span.width - 1) * jump.width
        field.jump.height *= window.stride.height
        field.jump.width *= window.stride.width
        return field
    }
}
