#if canImport(Glibc)
    import Glibc
#endif

/// Whether two correlations differ: of independent groups, or of the same cases, where they are themselves correlated,
/// with a variable in common (overlapping) or without (non-overlapping).
public struct CompareCorrelations: Hashable, Sendable {
    /// How the covariance of two dependent correlations is estimated.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        /// Both correlations in the covariance are replaced by tanh of their mean Fisher z (Silver, Hittner & May 2004,
        /// "Testing dependent correlations with nonoverlapping variables"; overlapping: Hittner, May & Silver 2003).
        case silver2004
        /// With the correlations themselves (Dunn & Clark 1969, "Correlation coefficients measured on the same
        /// individuals", equation 11).
        case dunn1969
    }

    /// The correlations between the variables of the two pairs (x, y) and (u, v).
    public struct Between: Hashable, Sendable {
        public var xu, xv, yu, yv: Double

        public init(xu: Double, xv: Double, yu: Double, yv: Double) {
            (self.xu, self.xv, self.yu, self.yv) = (xu, xv, yu, yv)
        }

        /// The two pairs share their first variable.
        fileprivate var isOverlapping: Bool { xu > 1 - 1e-12 }
    }

    /// r(x, y) and r(u, v).
    public var first, second: Double
    public var alternative: Alternative
    public var level: Double

    public init(_ first: Double, _ second: Double, alternative: Alternative = .twoSided, level: Double = 0.95) {
        (self.first, self.second, self.alternative, self.level) = (first, second, alternative, level)
    }

    /// z = (z₁ − z₂) / √(1/(n₁ − 3) + 1/(n₂ − 3)) (Fisher 1925).
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` for a correlation outside −1...1 or fewer than 4 cases.
    public func independent(_ count: Int, _ secondCount: Int) throws -> TestResult {
        try check([first, second], counts: [count, secondCount])
        let (n, m) = (Double(count), Double(secondCount))
        var result = self.result(
            error: (1 / (n - 3) + 1 / (m - 3)).squareRoot(), covariance: 0, counts: (count, secondCount))
        result.title = "Comparison of two correlations, independent groups"
        result.counts = [.init("n₁", n), .init("n₂", m)]
        return result
    }

    /// z = (z₁ − z₂) √(n − 3) / √(2 − 2c), with c the covariance of the two Fisher z.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` for a correlation outside −1...1 or fewer than 4 cases.
    public func dependent(_ between: Between, count: Int, method: Method = .silver2004) throws -> TestResult {
        try check([first, second, between.xu, between.xv, between.yu, between.yv], counts: [count])
        let pooled = tanh((atanh(first) + atanh(second)) / 2)
        let c =
            method == .dunn1969
            ? Self.covariance(first, second, between)
            : Self.covariance(pooled, pooled, between.isOverlapping ? between.with(shared: pooled) : between)
        var result = self.result(
            error: ((2 - 2 * c) / (Double(count) - 3)).squareRoot(),
            covariance: Self.covariance(first, second, between), counts: (count, count))
        let kind = between.isOverlapping ? "overlapping" : "non-overlapping"
        result.title = "Comparison of two correlations, dependent and \(kind)"
        result.counts = [.init("n", Double(count))]
        if !between.isPossible(first, second) {
            result.notes.append("no four variables have all these correlations together; were they rounded?")
        }
        return result
    }

    /// The correlations of (x, y) and (u, v), each of the same cases unless `areIndependent`. Missing values (NaN) are
    /// left out case by case.
    ///
    /// - Parameter samples: x, y, u, v.
    /// - Throws: `ComputeError` of kind `.badArgument` for unequal lengths, infinite values or fewer than 4 cases.
    public static func samples(
        _ samples: [[Double]], areIndependent: Bool, method: Method = .silver2004,
        alternative: Alternative = .twoSided, level: Double = 0.95
    ) throws -> TestResult {
        let names = ["x", "y", "u", "v"]
        let groups = areIndependent ? [Array(samples[..<2]), Array(samples[2...])] : [samples]
        var (kept, dropped) = ([[Double]](), 0)
        for (index, group) in groups.enumerated() {
            let subject = names[(2 * index)..<(2 * index + group.count)].joined(separator: ", ")
            guard Set(group.map(\.count)).count == 1 else {
                throw ComputeError(
                    .badArgument,
                    "correlations take values of the same cases, got "
                        + group.map { String($0.count) }.joined(separator: " and ") + " values", subject: subject)
            }
            guard group.allSatisfy({ $0.allSatisfy { !$0.isInfinite } }) else {
                throw ComputeError(.badArgument, "correlations take finite numbers", subject: subject)
            }
            let (complete, lost) = try MissingValues.drop.applyPairwise(to: group)
            kept += complete
            dropped += lost
        }
        func r(_ i: Int, _ j: Int) -> Double { Correlation.pearson(kept[i], kept[j]) }
        let comparison = CompareCorrelations(r(0, 1), r(2, 3), alternative: alternative, level: level)
        var result =
            areIndependent
            ? try comparison.independent(kept[0].count, kept[2].count)
            : try comparison.dependent(
                Between(xu: r(0, 2), xv: r(0, 3), yu: r(1, 2), yv: r(1, 3)), count: kept[0].count, method: method)
        if dropped > 0 {
            result.notes.append("\(dropped) \(dropped == 1 ? "case" : "cases") left out because of a missing value")
        }
        return result
    }

    // MARK: The statistic

    private func result(error: Double, covariance: Double, counts: (Int, Int)) -> TestResult {
        let q = atanh(first) - atanh(second)
        let z = q / error
        var result = TestResult(
            title: "", estimate: .init("difference", first - second), statistic: .init("z", z),
            pValue: Normal().pValue(z, alternative), alternative: alternative, effect: .init("Cohen's q", q))
        if z.isFinite {
            result.interval = interval(covariance: covariance, counts: counts)
        } else {
            result.pValue = .nan
            result.notes.append("no z is defined: a correlation is 1 or undefined, or both are the same")
        }
        return result
    }

    /// The interval of the difference from those of the two correlations (Zou 2007, "Toward using confidence intervals
    /// to compare correlations", equations 15 and 18).
    private func interval(covariance c: Double, counts: (Int, Int)) -> Interval {
        let z = Normal().quantile(alternative == .twoSided ? (1 + level) / 2 : level)
        func ends(_ r: Double, _ count: Int) -> (low: Double, high: Double) {
            let half = z / (Double(count) - 3).squareRoot()
            return (tanh(atanh(r) - half), tanh(atanh(r) + half))
        }
        let (a, b) = (ends(first, counts.0), ends(second, counts.1))
        func distance(_ d: Double, _ e: Double) -> Double { max(0, d * d + e * e - 2 * c * d * e).squareRoot() }
        let low = first - second - distance(first - a.low, b.high - second)
        let high = first - second + distance(a.high - first, second - b.low)
        return Interval(
            low: alternative == .less ? -2 : low, high: alternative == .greater ? 2 : high, level: level)
    }

    /// The correlation of the two estimates (Pearson & Filon 1898; Steiger 1980, "Tests for comparing elements of a
    /// correlation matrix", equations 3 and 11). With a variable in common it becomes the overlapping form by itself.
    private static func covariance(_ r: Double, _ s: Double, _ b: Between) -> Double {
        let squares = b.xu * b.xu + b.xv * b.xv + b.yu * b.yu + b.yv * b.yv
        let psi =
            r * s * squares / 2 + b.xu * b.yv + b.xv * b.yu
            - (r * b.xu * b.xv + r * b.yu * b.yv + s * b.xu * b.yu + s * b.xv * b.yv)
        return psi / ((1 - r * r) * (1 - s * s))
    }

    private func check(_ correlations: [Double], counts: [Int]) throws {
        try Interval.checkLevel(level)
        if let odd = correlations.first(where: { abs($0) > 1 }) {
            throw ComputeError(.badArgument, "a correlation lies between −1 and 1, got \(odd)")
        }
        if let few = counts.first(where: { $0 < 4 }) {
            throw ComputeError(.badArgument, "comparing correlations needs 4 or more cases, got \(few)")
        }
    }
}

extension CompareCorrelations.Between {
    /// With x and u the same variable, r(y, u) is r(x, y) and r(x, v) is r(u, v).
    fileprivate func with(shared r: Double) -> Self { Self(xu: 1, xv: r, yu: r, yv: yv) }

    /// Whether the matrix of all six correlations has no negative eigenvalue, up to rounding in the sixth digit.
    fileprivate func isPossible(_ first: Double, _ second: Double) -> Bool {
        var rows = [[1, first, xu, xv], [first, 1, yu, yv], [xu, yu, 1, second], [xv, yv, second, 1]]
        for index in rows.indices {
            let pivot = rows[index][index]
            guard pivot > -1e-6 else { return false }
            guard pivot > 1e-6 else { continue }
            for below in rows.indices where below > index {
                let factor = rows[below][index] / pivot
                for column in rows.indices { rows[below][column] -= factor * rows[index][column] }
            }
        }
        return true
    }
}
