/// Wilcoxon's signed-rank test of paired samples: whether their differences are symmetric about zero.
enum WilcoxonSignedRank {
    /// Differences up to which p is exact unless asked for: where there are neither ties nor zeros, and in any case; scipy
    /// draws the same lines.
    private static let (mostExact, mostTied) = (50, 13)
    /// Beyond so many the table of probabilities takes too long.
    private static let mostAsked = 500

    fileprivate static func test(_ arguments: HypothesisTest.Arguments) throws -> TestResult {
        let differences = zip(arguments[0], arguments[1]).map { $0 - $1 }
        let keepsZeros = arguments.choice("zeros") == "pratt"
        let ranked = keepsZeros ? differences : differences.filter { $0 != 0 }
        let magnitudes = Ranks(ranked.map(\.magnitude))
        let ranks = magnitudes.midranks
        let zeros = differences.count { $0 == 0 }
        let plus = Summaries.sum(zip(ranked, ranks).lazy.map { $0.0 > 0 ? $0.1 : 0 })
        let minus = Summaries.sum(zip(ranked, ranks).lazy.map { $0.0 < 0 ? $0.1 : 0 })
        var result = TestResult(
            title: "Wilcoxon signed-rank test", estimate: .init("median difference", Summaries.median(differences)),
            statistic: .init("W₊", plus), pValue: .nan, alternative: arguments.alternative,
            effect: .init("rank-biserial correlation", (plus - minus) / (plus + minus)),
            counts: [.init("pairs", Double(differences.count))])
        guard plus + minus > 0 else {
            result.effect = nil
            result.notes.append("all differences are zero, so that no p is defined")
            return result
        }
        // Zeros, where they are ranked, are the smallest.
        let ties = Array(magnitudes.ties.dropFirst(keepsZeros && zeros > 0 ? 1 : 0))
        if try isExact(arguments, count: differences.count, isPlain: zeros == 0 && ties.allSatisfy { $0 == 1 }) {
            // Midranks are halves, so that twice their sum is whole.
            let weights = zip(ranked, ranks).filter { $0.0 != 0 }.map { Int(2 * $1) }
            result.pValue = RankDistribution.signed(weights).pValue(Int(2 * plus), arguments.alternative)
            result.notes.append("exact p")
        } else {
            let z = normal(plus, count: ranked.count, zeros: keepsZeros ? zeros : 0, ties)
            result.pValue = Normal().pValue(z, arguments.alternative)
            result.notes.append("p by the normal approximation (z = \(short(z)))")
        }
        if zeros > 0 {
            let fate = keepsZeros ? "ranked and left out of the sums" : "left out"
            result.notes.append("\(zeros) \(zeros == 1 ? "difference of zero" : "differences of zero") \(fate)")
        }
        return result
    }

    private static func isExact(_ arguments: HypothesisTest.Arguments, count: Int, isPlain: Bool) throws -> Bool {
        switch arguments.choice("method") {
        case "normal": return false
        case "exact":
            guard count <= mostAsked else {
                throw ComputeError(
                    .badArgument, "an exact p takes \(mostAsked) pairs or fewer, got \(count)", subject: "method",
                    remedy: "the normal approximation is as good by then")
            }
            return true
        default: return count <= (isPlain ? mostExact : mostTied)
        }
    }

    /// In deviations of the null distribution, with ties; zeros as by Pratt 1959.
    private static func normal(_ plus: Double, count: Int, zeros: Int, _ ties: [Int]) -> Double {
        let (n, m) = (Double(count), Double(zeros))
        let mean = (n * (n + 1) - m * (m + 1)) / 4
        let tied = ties.reduce(0.0) { $0 + Double($1) * (Double($1) * Double($1) - 1) }
        let variance = (n * (n + 1) * (2 * n + 1) - m * (m + 1) * (2 * m + 1) - tied / 2) / 24
        return (plus - mean) / variance.squareRoot()
    }

    private static func short(_ number: Double) -> String { "\((number * 1000).rounded() / 1000)" }
}

extension HypothesisTest {
    public static let wilcoxon = HypothesisTest(
        "wilcoxon", title: "Wilcoxon signed-rank test of paired samples", samples: .paired("x", "y"),
        options: [
            .alternative, .choice("zeros", ["wilcox", "pratt"]), .choice("method", ["auto", "exact", "normal"]),
        ], minimum: 1,
        source:
            "Wilcoxon 1945, \"Individual comparisons by ranking methods\"; zeros by Pratt 1959; unless asked for, p is exact "
            + "to 50 pairs without ties and zeros and to 13 with them",
        example: "wilcoxon([3, 5, 4, 7], [1, 6, 2, 4])"
    ) { try WilcoxonSignedRank.test($0) }
}
