/// Kendall's τ-b, tested against zero.
public enum KendallTau {
    /// Concordant less discordant pairs, and the numbers of pairs that are tied.
    struct Pairs {
        var difference: Int
        var all, tiedFirst, tiedSecond: Int
        /// Sizes of the groups of equal values in each sample.
        var groupsFirst, groupsSecond: [Int]

        /// τ-b; NaN when a sample is constant.
        var coefficient: Double {
            let scale = (Double(all - tiedFirst) * Double(all - tiedSecond)).squareRoot()
            return scale > 0 ? min(1, max(-1, Double(difference) / scale)) : .nan
        }
    }

    /// Knight 1966, "A computer method for calculating Kendall's tau with ungrouped data": sorted by the first sample, the
    /// exchanges of a merge sort by the second are the discordant pairs.
    /// - Precondition: equal lengths, no NaN.
    /// - Complexity: O(n log n).
    static func pairs(_ x: [Double], _ y: [Double]) -> Pairs {
        let bySecond = SortOrder.ascending(y)
        let order = SortOrder.ascending(x, bySecond)
        let (firsts, seconds) = (order.map { x[Int($0)] }, order.map { y[Int($0)] })
        func tied(_ counts: [Int]) -> Int { counts.reduce(0) { $0 + $1 * ($1 - 1) / 2 } }
        var both = 0
        var start = 0
        for end in firsts.indices.dropFirst() {
            if firsts[end] != firsts[start] || seconds[end] != seconds[start] { start = end }
            both += end - start
        }
        let all = x.count * (x.count - 1) / 2
        let (groupsFirst, groupsSecond) = (Ranks(x, order: order).ties, Ranks(y, order: bySecond).ties)
        let (tiedFirst, tiedSecond) = (tied(groupsFirst), tied(groupsSecond))
        let discordant = exchanges(seconds)
        let difference = all - tiedFirst - tiedSecond + both - 2 * discordant
        return Pairs(
            difference: difference, all: all, tiedFirst: tiedFirst, tiedSecond: tiedSecond, groupsFirst: groupsFirst,
            groupsSecond: groupsSecond)
    }

    /// Pairs in which the later value is the smaller.
    private static func exchanges(_ values: [Double]) -> Int {
        var (sorted, spare) = (values, values)
        var count = 0
        var width = 1
        while width < values.count {
            sorted.withUnsafeBufferPointer { sorted in
                spare.withUnsafeMutableBufferPointer { spare in
                    for start in stride(from: 0, to: sorted.count, by: 2 * width) {
                        count += merge(sorted, start, width, into: spare)
                    }
                }
            }
            swap(&sorted, &spare)
            width *= 2
        }
        return count
    }

    /// Joins two sorted runs of `width` values, the second possibly shorter.
    /// - Returns: pairs in which the value of the second is the smaller.
    private static func merge(
        _ sorted: UnsafeBufferPointer<Double>, _ start: Int, _ width: Int,
        into spare: UnsafeMutableBufferPointer<Double>
    ) -> Int {
        let (middle, end) = (min(start + width, sorted.count), min(start + 2 * width, sorted.count))
        var (left, right, count) = (start, middle, 0)
        for place in start..<end {
            if left < middle, right >= end || sorted[left] <= sorted[right] {
                spare[place] = sorted[left]
                left += 1
            } else {
                spare[place] = sorted[right]
                right += 1
                count += middle - left
            }
        }
        return count
    }

    /// Values up to which p is exact where there are no ties.
    private static let mostExact = 33

    fileprivate static func test(_ arguments: HypothesisTest.Arguments) -> TestResult {
        let (x, y) = (arguments[0], arguments[1])
        let pairs = pairs(x, y)
        let isExact = x.count <= mostExact && pairs.tiedFirst == 0 && pairs.tiedSecond == 0
        var result = TestResult(
            title: "Kendall rank correlation", estimate: .init("τ", pairs.coefficient),
            statistic: .init("z", normal(pairs, x.count)), pValue: .nan,
            alternative: arguments.alternative, counts: [.init("pairs", Double(x.count))])
        if pairs.coefficient.isNaN {
            result.notes.append("a sample is constant, so that no correlation is defined")
        } else if isExact {
            result.statistic = .init("concordant − discordant", Double(pairs.difference))
            let concordant = (pairs.all + pairs.difference) / 2
            result.pValue = RankDistribution.inversions(x.count).pValue(concordant, arguments.alternative)
            result.notes.append("exact p")
        } else {
            result.pValue = Normal().pValue(result.statistic.value, arguments.alternative)
            result.notes.append("p by the normal approximation" + (x.count > mostExact ? "" : ", because of ties"))
        }
        return result
    }

    /// The difference in deviations of its null distribution with ties (Kendall 1970, "Rank Correlation Methods", 4.4).
    private static func normal(_ pairs: Pairs, _ count: Int) -> Double {
        let (tiesX, tiesY) = (pairs.groupsFirst, pairs.groupsSecond)
        func sum(_ ties: [Int], _ term: (Double) -> Double) -> Double { ties.reduce(0) { $0 + term(Double($1)) } }
        let n = Double(count)
        let all = n * (n - 1)
        let spread =
            (all * (2 * n + 5) - sum(tiesX) { $0 * ($0 - 1) * (2 * $0 + 5) }
                - sum(tiesY) { $0 * ($0 - 1) * (2 * $0 + 5) }) / 18
        let second = 2 * Double(pairs.tiedFirst) * Double(pairs.tiedSecond) / all
        let third = sum(tiesX) { $0 * ($0 - 1) * ($0 - 2) } * sum(tiesY) { $0 * ($0 - 1) * ($0 - 2) }
        let variance = spread + second + (third == 0 ? 0 : third / (9 * all * (n - 2)))
        return Double(pairs.difference) / variance.squareRoot()
    }
}

extension HypothesisTest {
    public static let kendall = HypothesisTest(
        "kendall", title: "Kendall rank correlation (τ-b)", samples: .paired("x", "y"), options: [.alternative],
        minimum: 3,
        source:
            "Kendall 1938, \"A new measure of rank correlation\"; ties by Kendall 1970, exact p to 33 pairs without ties",
        example: "kendall([1, 2, 3, 4], [2, 1, 4, 3])"
    ) { KendallTau.test($0) }
}
