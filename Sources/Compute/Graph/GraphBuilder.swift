/// Builds a `Graph` node by node, inferring shapes on the way: for `Block` trees and for graphs that no tree expresses.
public struct GraphBuilder: Sendable {
    private let name: String
    private var nodes: [Node] = []
    private var names: Set<String> = []
    /// Path of the scope that unnamed nodes fall into, and how many of each label it has.
    private var scope: [String] = []
    private var counts: [String: Int] = [:]
    /// Nodes that `keep` named, innermost scope last.
    private var kept: [[String: Int]] = [[:]]
    private var auxiliaries: [Graph.Auxiliary] = []

    /// - Throws: `.badGraph` when `input` is not a positive `[channels, height, width]`.
    public init(name: String, input: [Int]) throws {
        self.name = name
        try append(Input(input), to: [], path: "input")
    }

    /// The shape of a node that `add` returned.
    public func shape(of node: Int) -> [Int] { nodes[node].shape }

    /// Adds a layer behind `inputs`, nodes that exist, and returns its index.
    /// - Throws: `.badGraph` naming the node when the layer does not take these inputs or the name is taken.
    @discardableResult
    public mutating func add(_ layer: any Layer, to inputs: [Int], name: String? = nil) throws -> Int {
        try append(layer, to: inputs, path: path(for: name ?? numbered(layer.label)))
    }

    /// Adds a tree of layers behind `input`, in a scope of its own when `name` is given, and returns its last node.
    @discardableResult
    public mutating func add(_ block: Block, to input: Int, name: String? = nil) throws -> Int {
        if let name { return try add(.named(name, block), to: input) }
        switch block {
        case .layer(let layer): return try add(layer, to: [input])
        case .named(let name, .layer(let layer)): return try add(layer, to: [input], name: name)
        case .named(let name, let inner): return try scoped(name) { try $0.add(inner, to: input) }
        case .sequential(let blocks): return try blocks.reduce(input) { try add($1, to: $0) }
        case .residual(let body, let shortcut):
            let result = try add(body, to: input)
            let carried = try shortcut.map { try add($0, to: input) } ?? input
            return try add(Add(), to: [result, carried])
        case .parallel(let branches, let join):
            let ends = try branches.map { try add($0, to: input) }
            if ends.count == 1 { return ends[0] }
            return try add(join == .concat ? Concat() as any Layer : Add(), to: ends)
        case .keep(let name):
            kept[kept.count - 1][name] = input
            return input
        case .recall(let name, let inner): return try add(inner, to: try recalled(name))
        case .auxiliary(let head, let weight):
            auxiliaries.append(Graph.Auxiliary(node: try add(head, to: input), weight: weight))
            return input
        }
    }

    /// The graph whose output is the node added last.
    /// - Throws: `.badGraph` when that is not a linear layer, or an auxiliary classifier differs from it in classes.
    public func graph() throws -> Graph { try Graph(name: name, nodes: nodes, auxiliaries: auxiliaries) }

    /// Makes a linear layer that was added an auxiliary classifier.
    mutating func addAuxiliary(_ auxiliary: Graph.Auxiliary) { auxiliaries.append(auxiliary) }

    /// Runs `body` with unnamed and named nodes below `name`.
    public mutating func scoped<Result>(
        _ name: String, _ body: (inout GraphBuilder) throws -> Result
    ) throws -> Result {
        scope.append(name)
        kept.append([:])
        defer {
            scope.removeLast()
            kept.removeLast()
        }
        return try body(&self)
    }

    @discardableResult
    private mutating func append(_ layer: any Layer, to inputs: [Int], path: String) throws -> Int {
        precondition(inputs.allSatisfy(nodes.indices.contains), "inputs are nodes that were added before")
        do {
            guard names.insert(path).inserted else {
                throw ComputeError(.badGraph, "two nodes have this name", remedy: "name one of them otherwise")
            }
            let shape = try layer.outputShape(of: inputs.map { nodes[$0].shape })
            guard shape.reduce(1, { $0.multipliedReportingOverflow(by: $1).partialValue }) <= GraphBuilder.largest,
                shape.allSatisfy({ (1...GraphBuilder.largest).contains($0) })
            else { throw ComputeError(.badGraph, "a result of \(shape) is too large") }
            nodes.append(Node(name: path, layer: layer, inputs: inputs, shape: shape))
        } catch var error as ComputeError {
            error.subject = "\(path) (\(layer.label))"
            throw error
        }
        return nodes.count - 1
    }

    private func recalled(_ name: String) throws -> Int {
        guard let node = kept.lazy.reversed().compactMap({ $0[name] }).first else {
            throw ComputeError(
                .badGraph, "nothing is kept as '\(name)' before it is recalled",
                subject: scope.isEmpty ? nil : scope.joined(separator: "."),
                remedy: "put keep(\"\(name)\") where the value passes, in the same scope or an outer one")
        }
        return node
    }

    private func path(for name: String) -> String { (scope + [name]).joined(separator: ".") }

    /// "relu2" for the second unnamed relu of a scope.
    private mutating func numbered(_ label: String) -> String {
        let key = path(for: label)
        counts[key, default: 0] += 1
        return "\(label)\(counts[key, default: 0])"
    }

    /// Values a node may hold for one image: a gigabyte of floats.
    private static let largest = 1 << 28
}
