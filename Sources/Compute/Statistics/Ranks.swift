/// Ranks with ties sharing their mean (midranks), the ground of Spearman's ρ and the rank tests.
public struct Ranks: Hashable, Sendable {
    /// The rank of every value, 1 for the smallest.
    public let midranks: [Double]
    /// How many values share each distinct value, in ascending order of the value.
    public let ties: [Int]

    /// - Precondition: no value is NaN; apply `MissingValues` first.
    /// - Complexity: O(n).
    public init(_ values: [Double]) {
        self.init(values, order: SortOrder.ascending(values))
    }

    /// - Parameter order: positions in ascending order of the values.
    init(_ values: [Double], order: [Int32]) {
        var ranks = [Double](repeating: 0, count: values.count)
        var ties: [Int] = []
        ties.reserveCapacity(values.count)
        var start = 0
        while start < order.count {
            let value = values[Int(order[start])]
            var end = start + 1
            while end < order.count, values[Int(order[end])] == value { end += 1 }
            let shared = Double(start + end + 1) / 2
            for place in start..<end { ranks[Int(order[place])] = shared }
            ties.append(end - start)
            start = end
        }
        (midranks, self.ties) = (ranks, ties)
    }

    public static func midranks(_ values: [Double]) -> [Double] { Ranks(values).midranks }
    public static func tieCounts(_ values: [Double]) -> [Int] { Ranks(values).ties }
}
