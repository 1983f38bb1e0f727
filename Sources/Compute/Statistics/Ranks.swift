/// Ranks with ties sharing their mean (midranks), the ground of Spearman's ρ and the rank tests.
public enum Ranks {
    /// The rank of every value, 1 for the smallest.
    ///
    /// - Precondition: no value is NaN; apply `MissingValues` first.
    /// - Complexity: O(n log n).
    public static func midranks(_ values: [Double]) -> [Double] {
        var ranks = [Double](repeating: 0, count: values.count)
        for group in tieGroups(values) {
            let shared = Double(group.first + group.members.count + group.first + 1) / 2
            for member in group.members { ranks[member] = shared }
        }
        return ranks
    }

    /// How many values share each distinct value, in ascending order of the value.
    public static func tieCounts(_ values: [Double]) -> [Int] {
        tieGroups(values).map(\.members.count)
    }

    /// Positions of equal values, with how many values are smaller.
    private static func tieGroups(_ values: [Double]) -> [(first: Int, members: ArraySlice<Int>)] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var groups: [(first: Int, members: ArraySlice<Int>)] = []
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            groups.append((start, order[start..<end]))
            start = end
        }
        return groups
    }
}
