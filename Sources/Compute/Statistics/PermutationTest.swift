/// The paired permutation test of two classifiers on the same examples: if both were equally good, which of the two gave
/// which answer would be a matter of chance, so that the differences may have any signs (Fisher 1935, "The design of
/// experiments", section 21; Kornblith et al. 2019, appendix H).
///
/// Whole examples are exchanged. Average precision is no mean over examples, so multi-label sets are compared on the
/// accuracy over labels.
public struct PermutationTest: Sendable {
    /// What every result says: the p is about these two sets of answers.
    static let scope = "p concerns these trained models; how results vary from run to run is not in it"
    /// Up to so many differences all signs are tried.
    private static let mostEnumerated = 20

    /// One score an example, such as 1 for right and 0 for wrong.
    private let differences: [Double]
    /// Of the difference of the two measures.
    private let observed: Double
    private let count: Int
    private let measure: String

    /// - Parameters:
    ///   - x, y: scores of the same examples, finite.
    ///   - classes: the examples' classes, where the measure is the mean over classes; otherwise the mean.
    /// - Throws: `ComputeError` of kind `.badArgument` for unequal lengths, no examples or scores that are not finite.
    public init(_ x: [Double], _ y: [Double], classes: [Int]? = nil) throws {
        guard x.count == y.count, !x.isEmpty, classes?.count ?? x.count == x.count else {
            throw ComputeError(
                .badArgument,
                "a permutation test takes the same examples twice, got \(x.count) and \(y.count) scores"
                    + (classes.map { " and \($0.count) classes" } ?? ""))
        }
        guard (x + y).allSatisfy(\.isFinite) else {
            throw ComputeError(
                .badArgument, "the scores of a permutation test are finite numbers", subject: "x, y",
                remedy: "leave out the examples without a score in either")
        }
        var weights = [Double](repeating: 1 / Double(x.count), count: x.count)
        if let classes {
            let sizes = Dictionary(classes.map { ($0, 1) }, uniquingKeysWith: +)
            weights = classes.map { 1 / Double(sizes[$0, default: 1] * sizes.count) }
        }
        let weighted = zip(zip(x, y), weights).map { ($0.0 - $0.1) * $1 }
        count = x.count
        measure = classes == nil ? "mean" : "mean over classes"
        observed = Summaries.sum(weighted)
        differences = weighted.filter { $0 != 0 }
    }

    /// - Parameters:
    ///   - resamples: random choices of signs where there are too many to try all, at least 1.
    /// - Throws: `ComputeError` of kind `.badArgument` for fewer than one resample, and what `monitor` throws.
    public func run(
        resamples: Int = 10_000, seed: UInt64 = 0, alternative: Alternative = .twoSided,
        monitor: any Monitor = SilentMonitor()
    ) throws -> TestResult {
        guard resamples >= 1 else {
            throw ComputeError(.badArgument, "a permutation test needs resamples, got \(resamples)")
        }
        var result = TestResult(
            title: "Paired permutation test", estimate: .init("difference in \(measure)", observed),
            statistic: .init("x better on", Double(differences.count { $0 > 0 })), pValue: 1, alternative: alternative,
            counts: [
                .init("y better on", Double(differences.count { $0 < 0 })), .init("examples", Double(count)),
            ])
        if differences.isEmpty {
            result.notes.append("both have the same score on every example")
            return result
        }
        if isOfOneSize {
            let plus = differences.count { $0 > 0 }
            result.pValue = Binomial(differences.count, 0.5).fairP(plus, alternative)
            result.notes.append("exact p: all differences have one size")
        } else if differences.count <= Self.mostEnumerated {
            result.pValue = try enumerated(alternative, monitor)
            result.notes.append("exact p from all 2^\(differences.count) choices of signs")
        } else {
            result.pValue = try sampled(resamples, seed, alternative, monitor)
            let error = (result.pValue * (1 - result.pValue) / Double(resamples)).squareRoot()
            result.notes.append("p from \(resamples) random choices of signs, ± \(Self.short(error))")
        }
        result.notes.append(Self.scope)
        return result
    }

    /// The number of positive ones then is binomial.
    private var isOfOneSize: Bool {
        guard let first = differences.first?.magnitude else { return false }
        return differences.allSatisfy { abs($0.magnitude - first) <= 4 * first.ulp }
    }

    /// Sums that are equal but for rounding must compare equal.
    private var slack: Double {
        let groups = Double(differences.count / SignSums.width + SignSums.width)
        return groups * .ulpOfOne * Summaries.sum(differences.lazy.map(\.magnitude))
    }

    private func isExtreme(_ alternative: Alternative) -> (Double) -> Bool {
        let (observed, slack) = (Summaries.sum(differences), slack)
        return switch alternative {
        case .greater: { $0 >= observed - slack }
        case .less: { $0 <= observed + slack }
        case .twoSided: { abs($0) >= abs(observed) - slack }
        }
    }

    private func enumerated(_ alternative: Alternative, _ monitor: any Monitor) throws -> Double {
        let isExtreme = isExtreme(alternative)
        let groups = SignSums.tables(differences)
        let choices = 1 << differences.count
        var extreme = 0
        for choice in 0..<choices {
            if choice % 65_536 == 0 { try monitor.check() }
            var (rest, sum) = (choice, 0.0)
            for table in groups {
                sum += table[rest & 255]
                rest >>= SignSums.width
            }
            if isExtreme(sum) { extreme += 1 }
        }
        return Double(extreme) / Double(choices)
    }

    /// (extreme + 1) / (resamples + 1): the observed choice of signs is one of them (Phipson & Smyth 2010, "Permutation
    /// p-values should never be zero").
    private func sampled(
        _ resamples: Int, _ seed: UInt64, _ alternative: Alternative, _ monitor: any Monitor
    ) throws -> Double {
        let sums = try SignSums.random(differences, resamples: resamples, seed: seed, monitor)
        let isExtreme = isExtreme(alternative)
        return Double(sums.count(where: isExtreme) + 1) / Double(resamples + 1)
    }

    private static func short(_ number: Double) -> String {
        number >= 0.0001 ? "\((number * 10_000).rounded() / 10_000)" : "less than 0.0001"
    }
}

/// Sums of the same numbers under many choices of signs. Eight numbers at a time have their 256 signed sums in a table,
/// so that a choice costs one addition for every eight.
enum SignSums {
    /// Numbers a table covers: a byte of random bits chooses among its sums.
    static let width = 8

    /// One table for every eight numbers, indexed by their signs' bits.
    static func tables(_ numbers: [Double]) -> [[Double]] {
        stride(from: 0, to: numbers.count, by: width).map { start in
            var sums = [0.0]
            for offset in 0..<width {
                let number = start + offset < numbers.count ? numbers[start + offset] : 0
                sums = sums.map { $0 - number } + sums.map { $0 + number }
            }
            return sums
        }
    }

    /// The sums of `resamples` random choices. Draws depend on seed and table only, eight resamples a word.
    static func random(
        _ numbers: [Double], resamples: Int, seed: UInt64, _ monitor: any Monitor
    ) throws -> [Double] {
        var totals = [Double](repeating: 0, count: (resamples + width - 1) / width * width)
        for (index, table) in tables(numbers).enumerated() {
            try monitor.check()
            var bits = Philox(seed: seed, purpose: "permutation", index: UInt64(index))
            totals.withUnsafeMutableBufferPointer { totals in
                table.withUnsafeBufferPointer { table in
                    for start in stride(from: 0, to: totals.count, by: width) {
                        let word = bits.next()
                        for lane in 0..<width {
                            totals[start + lane] += table[Int(truncatingIfNeeded: word >> UInt64(8 * lane)) & 255]
                        }
                    }
                }
            }
        }
        return Array(totals.prefix(resamples))
    }
}
