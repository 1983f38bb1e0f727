#if canImport(Glibc)
    import Glibc
#endif

/// Exact tests of counts: a proportion against a given one, and paired right-or-wrong answers against each other.
public enum BinomialTest {
    /// Whether `right` of `count` may come from the proportion `p`. Two-sided p adds all outcomes that are no more
    /// probable than the observed one, as R and scipy do.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` unless 0 ≤ `right` ≤ `count`, `count` ≥ 1 and 0 ≤ `p` ≤ 1.
    public static func proportion(
        right: Int, of count: Int, p: Double = 0.5, alternative: Alternative = .twoSided, level: Double = 0.95
    ) throws -> TestResult {
        guard count >= 1, (0...count).contains(right) else {
            throw ComputeError(.badArgument, "a proportion needs 0 ≤ right ≤ count, got \(right) of \(count)")
        }
        guard (0...1).contains(p) else {
            throw ComputeError(.badArgument, "a proportion lies between 0 and 1, got \(p)", subject: "p")
        }
        try Interval.checkLevel(level)
        let distribution = Binomial(count, p)
        let value: Double =
            switch alternative {
            case .greater: distribution.upperTail(from: right)
            case .less: distribution.lowerTail(right)
            case .twoSided: distribution.twoSided(right)
            }
        return TestResult(
            title: "Exact binomial test against \(p)", estimate: .init("proportion", Double(right) / Double(count)),
            interval: clopperPearson(right, count, alternative, level), statistic: .init("right", Double(right)),
            pValue: value, alternative: alternative, counts: [.init("examples", Double(count))])
    }

    /// McNemar's test of two classifiers on the same examples: of those that only one has right, does each have half?
    /// Exact (McNemar 1947; the binomial form as in Dietterich 1998, "Approximate statistical tests for comparing
    /// supervised classification learning algorithms").
    ///
    /// - Parameters: 1 for right and 0 for wrong, an example a position.
    /// - Throws: `ComputeError` of kind `.badArgument` for unequal lengths, no examples, or other values.
    public static func mcnemar(
        _ x: [Double], _ y: [Double], alternative: Alternative = .twoSided, level: Double = 0.95
    ) throws -> TestResult {
        guard x.count == y.count, !x.isEmpty else {
            throw ComputeError(
                .badArgument, "mcnemar takes the same examples twice, got \(x.count) and \(y.count)", subject: "x, y")
        }
        if let odd = (x + y).first(where: { $0 != 0 && $0 != 1 }) {
            throw ComputeError(
                .badArgument, "mcnemar takes 1 (right) and 0 (wrong), got \(odd)", subject: "x, y",
                remedy: "compare predictions with labels first: [if p == l { 1 } else { 0 } for p, l in …]")
        }
        let pairs = PairedOutcomes(
            both: zip(x, y).count { $0 + $1 == 2 }, onlyFirst: zip(x, y).count { $0 > $1 },
            onlySecond: zip(x, y).count { $0 < $1 }, neither: zip(x, y).count { $0 + $1 == 0 })
        var result = TestResult(
            title: "Exact McNemar test", estimate: .init("difference", pairs.difference),
            interval: try pairs.interval(alternative, level: level),
            statistic: .init("only first right", Double(pairs.onlyFirst)), pValue: 1, alternative: alternative,
            counts: [.init("only second right", Double(pairs.onlySecond)), .init("examples", Double(x.count))])
        guard pairs.onlyFirst + pairs.onlySecond > 0 else {
            result.notes.append("both are right on the same examples")
            return result
        }
        result.pValue = Binomial(pairs.onlyFirst + pairs.onlySecond, 0.5).fairP(pairs.onlyFirst, alternative)
        result.effect = .init("odds ratio", Double(pairs.onlyFirst) / Double(pairs.onlySecond))
        result.notes.append(PermutationTest.scope)
        return result
    }

    /// Clopper & Pearson 1934, "The use of confidence or fiducial limits illustrated in the case of the binomial".
    private static func clopperPearson(
        _ right: Int, _ count: Int, _ alternative: Alternative, _ level: Double
    ) -> Interval {
        let tail = alternative == .twoSided ? (1 - level) / 2 : 1 - level
        let (k, n) = (Double(right), Double(count))
        let low = right == 0 || alternative == .less ? 0 : Beta(k, n - k + 1).quantile(tail)
        let high = right == count || alternative == .greater ? 1 : Beta(k + 1, n - k).quantile(1 - tail)
        return Interval(low: low, high: high, level: level)
    }
}

/// How often two classifiers are right on the same examples.
struct PairedOutcomes: Hashable, Sendable {
    let both, onlyFirst, onlySecond, neither: Int

    var count: Int { both + onlyFirst + onlySecond + neither }
    /// Of the two accuracies.
    var difference: Double { Double(onlyFirst - onlySecond) / Double(count) }

    /// Of the difference: Newcombe 1998, "Improved confidence intervals for the difference between binomial proportions
    /// based on paired data", method 10: Wilson's limits of both, joined by their correlation φ.
    func interval(_ alternative: Alternative, level: Double) throws -> Interval {
        let wilson = alternative == .twoSided ? level : 2 * level - 1
        guard wilson > 0 else {
            throw ComputeError(
                .badArgument, "a one-sided interval needs a level above 0.5, got \(level)", subject: "level")
        }
        let first = try Classification.wilsonInterval(right: both + onlyFirst, of: count, level: wilson)
        let second = try Classification.wilsonInterval(right: both + onlySecond, of: count, level: wilson)
        let p = Double(both + onlyFirst) / Double(count)
        let q = Double(both + onlySecond) / Double(count)
        func distance(_ d: Double, _ e: Double) -> Double { max(0, d * d + e * e - 2 * phi * d * e).squareRoot() }
        let low = difference - distance(p - first.low, second.high - q)
        let high = difference + distance(first.high - p, q - second.low)
        return Interval(
            low: alternative == .less ? -1 : low, high: alternative == .greater ? 1 : high, level: level)
    }

    /// With the correction for continuity of a positive product.
    private var phi: Double {
        let margins = [both + onlyFirst, both + onlySecond, onlyFirst + neither, onlySecond + neither].map(Double.init)
        let product = Double(both) * Double(neither) - Double(onlyFirst) * Double(onlySecond)
        let corrected = product > 0 ? max(0, product - Double(count) / 2) : product
        let scale = margins.reduce(1, *).squareRoot()
        return scale == 0 ? 0 : corrected / scale
    }
}

/// The number of successes among `count`, each with probability `p`.
struct Binomial: Hashable, Sendable {
    let count: Int
    let p: Double

    init(_ count: Int, _ p: Double) { (self.count, self.p) = (count, p) }

    /// P(X ≤ k), by the incomplete beta function.
    func lowerTail(_ k: Int) -> Double {
        guard k >= 0 else { return 0 }
        return k >= count ? 1 : Beta(Double(k + 1), Double(count - k)).upperTail(p)
    }

    /// P(X ≥ k).
    func upperTail(from k: Int) -> Double {
        guard k > 0 else { return 1 }
        return k > count ? 0 : Beta(Double(k), Double(count - k + 1)).lowerTail(p)
    }

    /// p of `k` where both outcomes are equally probable.
    func fairP(_ k: Int, _ alternative: Alternative) -> Double {
        switch alternative {
        case .greater: upperTail(from: k)
        case .less: lowerTail(k)
        case .twoSided: min(1, 2 * min(lowerTail(k), upperTail(from: k)))
        }
    }

    /// ln P(X = k).
    private func logProbability(_ k: Int) -> Double {
        let (k, n) = (Double(k), Double(count))
        let ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
        return ways + (k == 0 ? 0 : k * log(p)) + (k == n ? 0 : (n - k) * log1p(-p))
    }

    /// The probability of all outcomes that are no more probable than `k`.
    func twoSided(_ k: Int) -> Double {
        let mean = Double(count) * p
        guard Double(k) != mean else { return 1 }
        // Equal probabilities on the other side must count in spite of rounding, as in R's binom.test.
        let limit = logProbability(k) + 1e-7
        if Double(k) < mean {
            let start = Int(mean.rounded(.up))
            let other = firstIndex(in: start...max(start, count), where: { logProbability($0) <= limit })
            return min(1, lowerTail(k) + upperTail(from: other))
        }
        let last = Int(mean.rounded(.down))
        let mirrored = firstIndex(in: 0...last, where: { logProbability(last - $0) <= limit })
        return min(1, upperTail(from: k) + lowerTail(last - mirrored))
    }

    /// By bisection, for a condition that stays true; one past the range when it never is.
    private func firstIndex(in range: ClosedRange<Int>, where isTrue: (Int) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound + 1)
        while low < high {
            let middle = low + (high - low) / 2
            if isTrue(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
