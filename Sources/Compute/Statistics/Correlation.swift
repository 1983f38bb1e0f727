#if canImport(Glibc)
    import Glibc
#endif

/// Correlation of paired samples: Pearson's r and Spearman's ρ, tested against zero.
public enum Correlation {
    /// Pearson's product-moment correlation; NaN when a sample is constant or holds a NaN.
    ///
    /// - Precondition: equal lengths.
    public static func pearson(_ x: [Double], _ y: [Double]) -> Double {
        precondition(x.count == y.count, "correlation takes pairs")
        guard let dx = direction(x), let dy = direction(y) else { return .nan }
        return min(1, max(-1, Summaries.sum(zip(dx, dy).lazy.map { $0 * $1 })))
    }

    /// Spearman's ρ: Pearson's r of the midranks; NaN when a sample is constant or holds a NaN.
    ///
    /// - Precondition: equal lengths.
    public static func spearman(_ x: [Double], _ y: [Double]) -> Double {
        guard !x.contains(where: \.isNaN), !y.contains(where: \.isNaN) else { return .nan }
        let rho = pearson(Ranks.midranks(x), Ranks.midranks(y))
        // Ranks in the same order have exactly 1, which rounding may miss; other orders lie 6 / (n³ − n) away or more.
        return abs(rho) > 1 - 4 * .ulpOfOne ? (rho < 0 ? -1 : 1) : rho
    }

    /// atanh(r), whose distribution is nearly normal with variance 1/(n − 3) (Fisher 1921); NaN outside −1...1.
    public static func fisherZ(_ r: Double) -> Double { atanh(r) }

    /// Deviations from the mean, scaled to unit length; nil when they are zero up to rounding.
    private static func direction(_ values: [Double]) -> [Double]? {
        let mean = Summaries.mean(values)
        let deviations = values.map { $0 - mean }
        // Scaled by the largest first, so that squares neither overflow nor vanish.
        let largest = deviations.reduce(0) { max($0, abs($1)) }
        guard largest > 4 * mean.magnitude.ulp, largest.isFinite else { return nil }
        let length = largest * Summaries.sum(deviations.lazy.map { ($0 / largest) * ($0 / largest) }).squareRoot()
        return deviations.map { $0 / length }
    }

    /// p of Spearman's ρ over all orders of the ranks; nil where there are ties or too many values for that.
    fileprivate static func exactP(_ arguments: HypothesisTest.Arguments) -> Double? {
        guard arguments[0].count <= 9 else { return nil }
        let (x, y) = (Ranks.midranks(arguments[0]), Ranks.midranks(arguments[1]))
        guard Set(x).count == x.count, Set(y).count == y.count else { return nil }
        let squares = zip(x, y).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        // Large squares mean a negative ρ.
        let reversed: Alternative =
            switch arguments.alternative {
            case .greater: .less
            case .less: .greater
            case .twoSided: .twoSided
            }
        return RankDistribution.squaredDifferences(x.count).pValue(Int(squares / 2), reversed)
    }

    /// t = r √(df / (1 − r²)) with n − 2 degrees of freedom, exact for normal samples.
    fileprivate static func test(
        _ coefficient: TestResult.Quantity, _ arguments: HypothesisTest.Arguments, title: String,
        fisherError: (Double, Int) -> Double
    ) -> TestResult {
        let (r, count) = (coefficient.value, arguments[0].count)
        let freedom = Double(count - 2)
        let t = r * (freedom / ((1 - r) * (1 + r))).squareRoot()
        var result = TestResult(
            title: title, estimate: coefficient, statistic: .init("t", t), degreesOfFreedom: [freedom],
            pValue: StudentT(freedom).pValue(t, arguments.alternative),
            alternative: arguments.alternative, effect: .init("r²", r * r),
            counts: [.init("pairs", Double(count))])
        if r.isNaN {
            result.notes.append("a sample is constant, so that no correlation is defined")
        } else if count > 3, abs(r) < 1 {
            result.interval = Interval.symmetric(
                atanh(r), error: fisherError(r, count), Normal(), level: arguments.level, arguments.alternative
            ).mapped { tanh($0) }
        }
        return result
    }
}

extension HypothesisTest {
    public static let pearson = HypothesisTest(
        "pearson", title: "Pearson correlation", samples: .paired("x", "y"), options: [.alternative, .level],
        minimum: 3,
        source: "Pearson 1895; interval by Fisher 1921, \"On the 'probable error' of a coefficient of correlation\"",
        example: "pearson([1, 2, 3, 4], [2, 1, 4, 3])"
    ) { arguments in
        Correlation.test(
            .init("r", Correlation.pearson(arguments[0], arguments[1])), arguments, title: "Pearson correlation"
        ) { _, count in 1 / Double(count - 3).squareRoot() }
    }

    public static let spearman = HypothesisTest(
        "spearman", title: "Spearman rank correlation", samples: .paired("x", "y"), options: [.alternative, .level],
        minimum: 3,
        source: "Spearman 1904; interval by Bonett & Wright 2000, \"Sample size requirements for estimating Pearson, "
            + "Kendall and Spearman correlations\"; exact p to 9 pairs without ties",
        example: "spearman([1, 2, 3, 4], [2, 1, 4, 3])"
    ) { arguments in
        var result = Correlation.test(
            .init("ρ", Correlation.spearman(arguments[0], arguments[1])), arguments, title: "Spearman rank correlation"
        ) { rho, count in ((1 + rho * rho / 2) / Double(count - 3)).squareRoot() }
        if let p = Correlation.exactP(arguments) {
            result.pValue = p
            result.notes.append("exact p")
        }
        return result
    }
}
