#if canImport(Glibc)
    import Glibc
#endif

/// Sizes of differences that do not grow with n, with their intervals.
enum EffectSizes {
    /// Cohen's d of pairs (mean difference / its deviation) or of two samples (difference of means / pooled deviation).
    /// The interval inverts the noncentral t (Steiger & Fouladi 1997, "Noncentrality interval estimation").
    fileprivate static func cohen(_ arguments: HypothesisTest.Arguments) -> TestResult {
        let (x, y) = (arguments[0], arguments[1])
        let isPaired = arguments.flag("paired")
        let (n, m) = (Double(x.count), Double(y.count))
        let differences = isPaired ? zip(x, y).map { $0 - $1 } : []
        let freedom = isPaired ? n - 1 : n + m - 2
        let spread =
            isPaired
            ? Summaries.standardDeviation(differences)
            : (((n - 1) * Summaries.variance(x) + (m - 1) * Summaries.variance(y)) / freedom).squareRoot()
        let difference = isPaired ? Summaries.mean(differences) : Summaries.mean(x) - Summaries.mean(y)
        /// d = t · scale.
        let scale = isPaired ? (1 / n).squareRoot() : (1 / n + 1 / m).squareRoot()
        // Hedges 1981, "Distribution theory for Glass's estimator of effect size", equation 6e, exactly.
        let correction =
            arguments.flag("hedges")
            ? exp(lgamma(freedom / 2) - lgamma((freedom - 1) / 2)) / (freedom / 2).squareRoot() : 1
        let name = arguments.flag("hedges") ? "Hedges' g" : "Cohen's d"
        var result = TestResult(
            title: isPaired ? "\(name) of pairs" : "\(name) of two samples",
            estimate: .init(arguments.flag("hedges") ? "g" : "d", difference / spread * correction),
            statistic: .init("t", difference / spread / scale), degreesOfFreedom: [freedom], pValue: .nan,
            alternative: arguments.alternative,
            counts: isPaired ? [.init("pairs", n)] : [.init("n₁", n), .init("n₂", m)])
        guard spread > 4 * max(Summaries.mean(x).ulp, Summaries.mean(y).ulp) else {
            result.estimate.value = .nan
            result.statistic.value = .nan
            result.notes.append("the values do not vary, so that no \(result.estimate.name) is defined")
            return result
        }
        result.pValue = StudentT(freedom).pValue(result.statistic.value, arguments.alternative)
        result.interval = noncentrality(result.statistic.value, freedom, arguments).mapped { $0 * scale * correction }
        return result
    }

    /// The noncentralities under which t would be as extreme as the observed one.
    private static func noncentrality(_ t: Double, _ freedom: Double, _ arguments: HypothesisTest.Arguments) -> Interval
    {
        let tail = arguments.alternative == .twoSided ? (1 - arguments.level) / 2 : 1 - arguments.level
        /// The noncentrality with P(T ≤ t) = p, which falls as it grows.
        func solve(_ p: Double) -> Double {
            var (low, high) = (t - 10 - abs(t), t + 10 + abs(t))
            for _ in 0..<200 {
                let middle = (low + high) / 2
                guard middle > low, middle < high else { break }
                let tail = NoncentralT(freedom, middle).lowerTail(t)
                // Far out, where the series gives up, it is 0 or 1 in any case.
                if (tail.isNaN ? Normal().lowerTail(t - middle) : tail) > p { low = middle } else { high = middle }
            }
            return (low + high) / 2
        }
        return Interval(
            low: arguments.alternative == .less ? -.infinity : solve(1 - tail),
            high: arguments.alternative == .greater ? .infinity : solve(tail), level: arguments.level)
    }

    /// How much more often a value of x exceeds one of y than the other way round (Cliff 1993, "Dominance statistics").
    /// Interval as in Feng & Cliff 2004, "Monte Carlo evaluation of ordinal d with improved confidence interval".
    fileprivate static func cliff(_ arguments: HypothesisTest.Arguments) -> TestResult {
        let (x, y) = (arguments[0], arguments[1])
        let (n, m) = (Double(x.count), Double(y.count))
        let (rows, columns) = (dominance(x, over: y), dominance(y, over: x).map { -$0 })
        let delta = Summaries.mean(rows)
        var result = TestResult(
            title: "Cliff's δ of two samples", estimate: .init("δ", delta), statistic: .init("z", .nan), pValue: .nan,
            alternative: arguments.alternative, counts: [.init("n₁", n), .init("n₂", m)])
        let squares = { (values: [Double]) in Summaries.sum(values.lazy.map { ($0 - delta) * ($0 - delta) }) }
        let pairs = n * m - tiedPairs(x, y) - n * m * delta * delta
        let unbiased = (m * m * squares(rows) + n * n * squares(columns) - pairs) / (n * m * (n - 1) * (m - 1))
        let variance = max(unbiased, (1 - delta * delta) / (n * m - 1))
        guard variance > 0 else {
            result.notes.append("all pairs point the same way: the interval and p are not defined")
            return result
        }
        guard x.contains(where: { $0 != x[0] }) || y.contains(where: { $0 != x[0] }) else {
            result.notes.append("the values do not vary, so that no p is defined")
            return result
        }
        let z = Normal().quantile(arguments.alternative == .twoSided ? (1 + arguments.level) / 2 : arguments.level)
        let middle = delta - delta * delta * delta
        let rest = 1 - delta * delta
        let half = z * (variance * (rest * rest + z * z * variance)).squareRoot()
        let bottom = rest + z * z * variance
        result.statistic.value = delta / variance.squareRoot()
        result.pValue = Normal().pValue(result.statistic.value, arguments.alternative)
        result.interval = Interval(
            low: arguments.alternative == .less ? -1 : (middle - half) / bottom,
            high: arguments.alternative == .greater ? 1 : (middle + half) / bottom, level: arguments.level)
        return result
    }

    /// For every value of x, the mean over y of sign(x − y).
    private static func dominance(_ x: [Double], over y: [Double]) -> [Double] {
        let sorted = y.sorted()
        return x.map { value in
            let (below, upTo) = bounds(of: value, in: sorted)
            return Double(below - (sorted.count - upTo)) / Double(sorted.count)
        }
    }

    private static func tiedPairs(_ x: [Double], _ y: [Double]) -> Double {
        let sorted = y.sorted()
        return x.reduce(0) { count, value in
            let (below, upTo) = bounds(of: value, in: sorted)
            return count + Double(upTo - below)
        }
    }

    /// How many are less than the value, and how many not greater.
    private static func bounds(of value: Double, in sorted: [Double]) -> (below: Int, upTo: Int) {
        func first(_ isBeyond: (Double) -> Bool) -> Int {
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if isBeyond(sorted[middle]) { high = middle } else { low = middle + 1 }
            }
            return low
        }
        return (first { $0 >= value }, first { $0 > value })
    }
}

extension HypothesisTest {
    public static let cohensD = HypothesisTest(
        "cohens_d", title: "Cohen's d, the standardised difference of means, with its interval",
        samples: .pairedIf(flag: "paired", "x", "y"),
        options: [.flag("paired"), .flag("hedges"), .alternative, .level], minimum: 2,
        source:
            "Cohen 1988, \"Statistical power analysis\"; hedges: true removes the bias of small samples (Hedges 1981)",
        example: "cohens_d([1, 2, 4], [2, 4, 5], paired: true)"
    ) { EffectSizes.cohen($0) }

    public static let cliffsDelta = HypothesisTest(
        "cliffs_delta", title: "Cliff's δ, the dominance of one sample over another, with its interval",
        samples: .independent("x", "y"), options: [.alternative, .level], minimum: 2,
        source: "Cliff 1993, \"Dominance statistics: ordinal analyses to answer ordinal questions\"; Feng & Cliff 2004",
        example: "cliffs_delta([3, 5, 4, 7], [1, 6, 2])"
    ) { EffectSizes.cliff($0) }
}
