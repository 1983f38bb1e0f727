/// One piece of work of a plan before it is lowered: a node with what passes fused into it.
///
/// A list of operations starts as one a node and in the graph's order. Passes shorten it; each keeps the values that
/// `observed` names (features and logits) and the meaning of all others that remain.
public struct Operation: Hashable, Sendable {
    /// The node whose layer does the work.
    var node: Int
    /// The node whose value comes out: `node`, or the last one fused into it.
    var result: Int
    /// The nodes whose values go in.
    var inputs: [Int]
    /// A batch normalisation that is folded into weights and bias.
    var folded: Int?
    /// A value added before the activation.
    var added: Int?
    /// Applied last.
    var activation: Activation.Function?

    /// Every value that it reads.
    var reads: [Int] { inputs + (added.map { [$0] } ?? []) }
}

/// A graph as operations, and who reads what.
struct Program {
    let graph: Graph
    /// Values that the caller wants to see: no pass may fuse past them.
    let observed: Set<Int>
    var operations: [Operation]

    /// - Parameter nodes: those to compute; nil for all.
    init(_ graph: Graph, observed: Set<Int>, nodes: Set<Int>? = nil) {
        self.graph = graph
        self.observed = observed
        operations = graph.nodes.indices.filter { nodes?.contains($0) ?? true }
            .map { Operation(node: $0, result: $0, inputs: graph.nodes[$0].inputs) }
    }

    func layer(_ operation: Operation) -> any Layer { graph.nodes[operation.node].layer }

    /// The only reader of a value that nobody else sees; nil otherwise.
    func onlyReader(of value: Int) -> Int? {
        guard !observed.contains(value) else { return nil }
        let readers = operations.indices.filter { operations[$0].reads.contains(value) }
        guard readers.count == 1, operations[readers[0]].reads.filter({ $0 == value }).count == 1 else { return nil }
        return readers[0]
    }

    /// The operation that yields a value.
    func producer(of value: Int) -> Int? { operations.firstIndex { $0.result == value } }
}
