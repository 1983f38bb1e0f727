import Foundation
import Testing

@testable import Compute

/// What `Tests/Reference/networks/networks.py` wrote about one network, and its formulas.
struct NetworkReference: Decodable {
    /// Some values of an array, their places, and the norm of the whole.
    struct Picked: Decodable {
        var at: [Int]
        var values: [Double]
        var norm: Double
        var count: Int
    }

    /// Which parameters deviate from the common formula.
    struct Formula: Decodable {
        /// Names, or endings that begin with a dot.
        var small, positive: [String]
        var saturates: Bool
    }

    struct Step: Decodable {
        var image: String
        var side, batch: Int
        var logits: Picked
        var auxiliary: Picked?
        var statistics: [String: Picked]
        var gradients: [String: Picked]
    }

    struct Options: Decodable {
        var width: Double?
        var origin: NetworkOptions.Origin?
        var auxiliaryHead: Bool?
    }

    var network, library: String
    var options: Options
    var formula: Formula
    var native, parameters: Int
    var logits, features: Picked
    var training: Step

    static func all() throws -> [String: NetworkReference] {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Reference/networks/networks.json")
        return try JSONDecoder().decode([String: NetworkReference].self, from: Data(contentsOf: path))
    }

    static func named(_ key: String) throws -> NetworkReference { try #require(try all()[key]) }

    func graph(side: Int) throws -> Graph {
        var chosen = NetworkOptions()
        chosen.width = options.width ?? 1
        chosen.origin = options.origin
        chosen.auxiliaryHead = options.auxiliaryHead ?? false
        chosen.input = side
        return try NetworkCatalogueTests.variant(network).graph(chosen)
    }

    func naming() throws -> WeightNaming {
        try #require(try NetworkCatalogueTests.variant(network).namings.first { $0.library == library })
    }

    // MARK: Formulas

    /// A hash of name and place in [−1, 1): Murmur3's finaliser.
    static func uniform(_ name: String, _ count: Int) -> [Double] {
        let seed = crc32(name)
        return (0..<UInt32(count)).map { index in
            var x = index &* 2_654_435_761 &+ seed
            x ^= x >> 16
            x = x &* 0x85EB_CA6B
            x ^= x >> 13
            x = x &* 0xC2B2_AE35
            x ^= x >> 16
            return Double(x) / 2_147_483_648 - 1
        }
    }

    static func images(_ name: String, _ count: Int, side: Int) -> [Float] {
        uniform(name, count * 3 * side * side).map { Float($0) }
    }

    func weights(of graph: Graph) throws -> Weights {
        let naming = try naming()
        var weights: Weights = [:]
        for (name, node, spec) in graph.parameters {
            let known = try #require(naming.name(name), "\(name) has no name in \(library)")
            let normalises = graph.nodes[node].layer is BatchNorm
            weights[name] = Tensor(spec.shape, filled(known, spec, normalises))
        }
        return weights
    }

    private func filled(_ name: String, _ spec: ParameterSpec, _ normalises: Bool) -> [Float] {
        let values = NetworkReference.uniform(name, spec.count)
        if spec.shape.count > 1 {
            let scale = (6 / Double(spec.shape.dropFirst().reduce(1, *))).squareRoot()
            return values.map { Float(scale * $0) }
        }
        if spec.name == "variance" { return values.map { Float(1 + 0.5 * $0) } }
        switch (spec.name, normalises) {
        case ("weight", _):
            let scale = fits(name, formula.small) ? 0.25 : 1
            return values.map { Float(scale * (0.25 + 0.05 * $0)) }
        case ("bias", true):
            if fits(name, formula.positive) { return values.map { Float(1 + abs($0)) } }
            return values.map { Float(formula.saturates && $0 > 0.8 ? 8 : $0 < 0 ? $0 - 1 : $0 + 1) }
        default: return values.map { Float(0.2 * $0) }
        }
    }

    private func fits(_ name: String, _ patterns: [String]) -> Bool {
        patterns.contains { $0.hasPrefix(".") ? name.hasSuffix($0) : name == $0 }
    }

    /// As zlib's.
    static func crc32(_ text: String) -> UInt32 {
        ~text.utf8.reduce(UInt32.max) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
    }
}

extension NetworkReference.Picked {
    /// Relative to the size of a typical value: the norm over the root of the count.
    func expect(
        _ found: [Float], within tolerance: Double, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard found.count == count else {
            Issue.record("\(what): \(found.count) values, not \(count)", sourceLocation: sourceLocation)
            return
        }
        let typical = norm / Double(count).squareRoot()
        let length = found.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        let worst = zip(at, values).reduce(abs(length / norm - 1)) { worst, pick in
            max(worst, abs(Double(found[pick.0]) - pick.1) / max(typical, abs(pick.1)))
        }
        if ProcessInfo.processInfo.environment["TX_PRINT_ERRORS"] != nil { print("\(what): \(worst)") }
        #expect(worst <= tolerance, "\(what): off by \(worst)", sourceLocation: sourceLocation)
    }
}
