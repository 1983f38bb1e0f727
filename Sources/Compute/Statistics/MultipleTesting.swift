/// p of many tests at once, adjusted so that a comparison with the level keeps its meaning. NaN (no p) stays NaN and does
/// not count as a test.
public enum MultipleTesting: String, Hashable, Sendable, CaseIterable {
    /// Holm 1979, "A simple sequentially rejective multiple test procedure": the chance of any false rejection.
    case holm
    /// Dunn 1961: as Holm, and never more powerful.
    case bonferroni
    /// Benjamini & Hochberg 1995: the expected share of false ones among the rejected.
    case bh
    /// Benjamini & Yekutieli 2001: as `bh`, under any dependence of the tests.
    case by

    /// - Throws: `ComputeError` of kind `.badArgument` for a p outside 0...1.
    public func adjust(_ pValues: [Double]) throws -> [Double] {
        if let odd = pValues.first(where: { $0 < 0 || $0 > 1 }) {
            throw ComputeError(.badArgument, "a p lies between 0 and 1, got \(odd)", subject: "p")
        }
        let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { pValues[$0] < pValues[$1] }
        let total = Double(order.count)
        var adjusted = pValues
        switch self {
        case .bonferroni:
            for index in order { adjusted[index] = min(1, total * pValues[index]) }
        case .holm:
            var largest = 0.0
            for (rank, index) in order.enumerated() {
                largest = max(largest, min(1, (total - Double(rank)) * pValues[index]))
                adjusted[index] = largest
            }
        case .bh, .by:
            let factor = self == .bh ? 1 : order.indices.reduce(0.0) { $0 + 1 / Double($1 + 1) }
            var smallest = 1.0
            for (rank, index) in order.enumerated().reversed() {
                smallest = min(smallest, factor * total / Double(rank + 1) * pValues[index])
                adjusted[index] = smallest
            }
        }
        return adjusted
    }
}
