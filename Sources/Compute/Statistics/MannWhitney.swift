/// The Mann–Whitney test (Wilcoxon's rank-sum test) of independent samples: whether values of one tend to be larger.
enum MannWhitney {
    /// p is exact where there are no ties and the smaller sample has at most so many values, as long as the table of
    /// probabilities stays small.
    private static let (mostExact, largestTable) = (8, 20_000)

    fileprivate static func test(_ arguments: HypothesisTest.Arguments) -> TestResult {
        let (x, y) = (arguments[0], arguments[1])
        let (m, n) = (Double(x.count), Double(y.count))
        let ranks = Ranks(x + y)
        let above = Summaries.sum(ranks.midranks[..<x.count]) - m * (m + 1) / 2
        var result = TestResult(
            title: "Mann–Whitney test", estimate: .init("P(x > y)", above / (m * n)), statistic: .init("U", above),
            pValue: .nan, alternative: arguments.alternative,
            effect: .init("rank-biserial correlation", 2 * above / (m * n) - 1),
            counts: [.init("n₁", m), .init("n₂", n)])
        let ties = ranks.ties
        guard ties.count > 1 else {
            result.notes.append("all values are equal, so that no p is defined")
            return result
        }
        let hasTies = ties.contains { $0 > 1 }
        if !hasTies, min(x.count, y.count) <= mostExact, x.count * y.count <= largestTable {
            let (smaller, larger) = (min(x.count, y.count), max(x.count, y.count))
            result.pValue = RankDistribution.pairsAbove(smaller, larger).pValue(Int(above), arguments.alternative)
            result.notes.append("exact p")
        } else {
            result.pValue = normal(above, m, n, ties, arguments.alternative)
            result.notes.append(
                "p by the normal approximation with a correction for continuity" + (hasTies ? " and for ties" : ""))
        }
        return result
    }

    /// Mann & Whitney 1947; ties as in Lehmann 1975, "Nonparametrics", 1.4.
    private static func normal(
        _ above: Double, _ m: Double, _ n: Double, _ ties: [Int], _ alternative: Alternative
    ) -> Double {
        let total = m + n
        let tied = ties.reduce(0.0) { $0 + Double($1) * (Double($1) * Double($1) - 1) }
        let deviation = (m * n / 12 * (total + 1 - tied / (total * (total - 1)))).squareRoot()
        let distance: Double =
            switch alternative {
            case .greater: above - m * n / 2
            case .less: m * n / 2 - above
            case .twoSided: abs(above - m * n / 2)
            }
        let tail = Normal().upperTail((distance - 0.5) / deviation)
        return min(1, alternative == .twoSided ? 2 * tail : tail)
    }
}

extension HypothesisTest {
    public static let mannWhitney = HypothesisTest(
        "mann_whitney", title: "Mann–Whitney test of independent samples", samples: .independent("x", "y"),
        options: [.alternative], minimum: 1,
        source:
            "Mann & Whitney 1947, \"On a test of whether one of two random variables is stochastically larger than the "
            + "other\"; exact p without ties where a sample has 8 values or fewer",
        example: "mann_whitney([3, 5, 4, 7], [1, 6, 2])"
    ) { MannWhitney.test($0) }
}
