import Compute

/// A network as its figure shows it: boxes of layers that belong together, in stretches from one bottleneck of the data flow to
/// the next, equal stretches counted and not repeated. A pure function of the graph.
struct NetworkOutline: Hashable {
    /// What a box is about, which decides its colour.
    enum Kind: Hashable { case filter, pooling, join, classifier, other }

    /// A layer with the normalisation, activation and dropout behind it (before it, where those come first).
    struct Unit: Hashable {
        var text: String
        var kind: Kind
        /// Units of the same stretch that feed it; nil stands for what comes into the stretch.
        var inputs: [Int?]
    }

    /// A residual block, an Inception module, a cell, or a single layer.
    struct Stretch: Hashable {
        /// The scope of its layers, e.g. "stage1.block2"; of several equal ones, the first and the last.
        var title: String
        var units: [Unit]
        /// Of what leaves it: `[channels, height, width]` or `[features]`.
        var shape: [Int]
        /// How many equal ones follow each other.
        var count = 1
        /// Earlier stretches besides the one before that feed it.
        var distant: [String] = []
    }

    private(set) var stretches: [Stretch] = []

    init(_ graph: Graph) {
        let parts = UnitParts(graph)
        var last = 0
        for (first, end) in parts.stretches {
            append(parts.stretch(first..<end, after: last))
            last = first
        }
    }

    /// Adds a stretch, or counts it when it only repeats the one before.
    private mutating func append(_ next: Stretch) {
        guard var last = stretches.last, last.units == next.units, last.shape.dropFirst() == next.shape.dropFirst(),
            !next.title.isEmpty, next.distant.isEmpty == last.distant.isEmpty
        else { return stretches.append(next) }
        last.count += 1
        last.shape = next.shape
        let first = last.title.components(separatedBy: " – ")[0]
        last.title = "\(first) – \(next.title)"
        stretches[stretches.count - 1] = last
    }
}

/// A graph's nodes gathered into units, and the units cut into stretches.
private struct UnitParts {
    private struct Part {
        var nodes: [Int]
        var texts: [String]
        var kind: NetworkOutline.Kind
        /// Units that feed it; nil is the network's input.
        var inputs: [Int?]
        /// Whether it is nothing but normalisation and activation.
        var isMinor: Bool
    }

    private let graph: Graph
    private var parts: [Part] = []
    /// The unit of each node; nil for the input.
    private var unit: [Int?]

    init(_ graph: Graph) {
        self.graph = graph
        unit = Array(repeating: nil, count: graph.nodes.count)
        var consumers = Array(repeating: 0, count: graph.nodes.count)
        for node in graph.nodes { for input in node.inputs { consumers[input] += 1 } }
        for index in graph.nodes.indices.dropFirst() { place(index, consumers) }
    }

    private mutating func place(_ index: Int, _ consumers: [Int]) {
        let node = graph.nodes[index]
        let (text, kind) = Self.words(of: node)
        let isMinor = kind == .other
        if node.inputs.count == 1, let before = unit[node.inputs[0]], consumers[node.inputs[0]] == 1,
            isMinor || parts[before].isMinor && kind != .join, scope(node) == scope(graph.nodes[parts[before].nodes[0]])
        {
            parts[before].nodes.append(index)
            parts[before].texts.append(text)
            if !isMinor { (parts[before].kind, parts[before].isMinor) = (kind, false) }
            unit[index] = before
            return
        }
        unit[index] = parts.count
        parts.append(
            Part(nodes: [index], texts: [text], kind: kind, inputs: node.inputs.map { unit[$0] }, isMinor: isMinor))
    }

    /// The outermost scope of a node; empty for what stands in none.
    private func scope(_ node: Node) -> Substring {
        let name = node.name.prefix { $0 != "." }
        return name.count == node.name.count ? "" : name
    }

    private static func words(of node: Node) -> (String, NetworkOutline.Kind) {
        switch node.layer {
        case let layer as Convolution:
            let window = layer.window
            let stride = window.stride == 1 ? "" : " /\(window.stride.height)"
            if layer.groups == .depthwise { return ("depthwise \(window.kernel)\(stride)", .filter) }
            var groups = ""
            if case .count(let count) = layer.groups, count > 1 { groups = ", \(count) groups" }
            return ("conv \(window.kernel)\(stride), \(node.shape[0])\(groups)", .filter)
        case let layer as Pooling:
            let stride = layer.window.stride == 1 ? "" : " /\(layer.window.stride.height)"
            return ("\(layer.function == .maximum ? "max" : "avg") pool \(layer.window.kernel)\(stride)", .pooling)
        case is GlobalPool: return ("global pool", .pooling)
        case is Add: return ("+", .join)
        case is Concat: return ("concat", .join)
        case is Linear: return ("linear, \(node.shape[0])", .classifier)
        case is BatchNorm: return ("bn", .other)
        default: return (node.layer.label.replacingOccurrences(of: "_", with: " "), .other)
        }
    }

    /// Ranges of units: a stretch ends where everything that follows in the same scope goes through one unit.
    var stretches: [(Int, Int)] {
        var ranges: [(Int, Int)] = []
        var first = 0
        while first < parts.count {
            let group = scope(graph.nodes[parts[first].nodes[0]])
            var end = first + 1
            while end < parts.count, scope(graph.nodes[parts[end].nodes[0]]) == group { end += 1 }
            var start = first
            for index in first..<end where index == end - 1 || isBottleneck(index, before: end) {
                ranges.append((start, index + 1))
                start = index + 1
            }
            first = end
        }
        return ranges
    }

    /// Whether the units between `index` and `end` see only this one of those before.
    private func isBottleneck(_ index: Int, before end: Int) -> Bool {
        parts[(index + 1)..<end].allSatisfy { part in part.inputs.allSatisfy { ($0 ?? -1) >= index } }
    }

    /// - Parameter last: where the stretch before begins.
    func stretch(_ range: Range<Int>, after last: Int) -> NetworkOutline.Stretch {
        var distant: [String] = []
        let units = parts[range].map { part in
            let inputs = part.inputs.map { input -> Int? in
                guard let input, !range.contains(input) else { return input.map { $0 - range.lowerBound } }
                let title = title(of: parts[input].nodes)
                if input < last, !distant.contains(title) { distant.append(title) }
                return nil
            }
            return NetworkOutline.Unit(text: part.texts.joined(separator: " · "), kind: part.kind, inputs: inputs)
        }
        let nodes = parts[range].flatMap(\.nodes)
        let shape = parts[range].last?.nodes.last.map { graph.nodes[$0].shape } ?? []
        return NetworkOutline.Stretch(title: title(of: nodes), units: units, shape: shape, distant: distant)
    }

    /// The scope that the nodes share.
    private func title(of nodes: [Int]) -> String {
        let names = nodes.map { graph.nodes[$0].name.split(separator: ".").dropLast() }
        guard var common = names.first else { return "" }
        for name in names { common = common.prefix(zip(common, name).prefix { $0 == $1 }.count) }
        return common.joined(separator: ".")
    }
}
