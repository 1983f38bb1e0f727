/// Names side by side, in order of first appearance, one scaled unit each.
public struct CategoryScale: Scale {
    public let categories: [String]
    private let positions: [String: Int]

    public init(_ entries: [Datum], isReversed: Bool = false) {
        var categories: [String] = []
        var seen: Set<String> = []
        for entry in entries where !entry.isMissing && seen.insert(entry.text).inserted {
            categories.append(entry.text)
        }
        if isReversed { categories.reverse() }
        self.categories = categories
        positions = Dictionary(
            categories.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public var baseline: Double { -.infinity }

    public func position(of entry: Datum) -> Double {
        guard !entry.isMissing, let position = positions[entry.text] else { return .nan }
        return Double(position)
    }

    /// Every category has a tick, however little room there is: the layout turns the labels.
    public func ticks(in range: ClosedRange<Double>, most: Int) -> [Tick] {
        categories.enumerated().map { Tick(Double($0), $1) }.filter { range.contains($0.position) }
    }

    public func domain(showing extent: ClosedRange<Double>?) -> ClosedRange<Double> {
        -0.6...(Double(max(categories.count, 1)) - 0.4)
    }
}
