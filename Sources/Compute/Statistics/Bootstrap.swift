/// The bootstrap (Efron 1979, "Bootstrap methods: another look at the jackknife"): how a statistic varies when the
/// examples are drawn anew from those at hand.
///
/// Replicate i draws from Philox(seed, "bootstrap", i), so that results depend neither on the order of work nor on how
/// many replicates there are.
public struct Bootstrap: Hashable, Sendable {
    /// The statistic of the sample itself.
    public let estimate: Double
    /// The statistic of every resample, in the order drawn; NaN where it is not defined.
    public let replicates: [Double]

    /// Deviation of the replicates that are defined.
    public var standardError: Double {
        Summaries.standardDeviation(replicates.filter { !$0.isNaN })
    }

    /// How many resamples had no defined statistic, e.g. a slope of equal x; `percentileInterval` leaves them out.
    public var undefined: Int {
        replicates.count { $0.isNaN }
    }

    /// - Parameters:
    ///   - count: examples, at least 1.
    ///   - resamples: at least 1.
    ///   - statistic: of the examples at the given positions; the whole sample's own positions come first.
    /// - Throws: `ComputeError` of kind `.badArgument` for counts below 1, and what `statistic` and `monitor` throw.
    public init(
        of count: Int, resamples: Int = 10_000, seed: UInt64, monitor: any Monitor = SilentMonitor(),
        statistic: ([Int]) throws -> Double
    ) throws {
        guard count >= 1, resamples >= 1 else {
            throw ComputeError(
                .badArgument, "a bootstrap needs examples and resamples, got \(count) and \(resamples)")
        }
        var positions = Array(0..<count)
        estimate = try statistic(positions)
        var replicates: [Double] = []
        replicates.reserveCapacity(resamples)
        for replicate in 0..<resamples {
            if replicate % 256 == 0 {
                try monitor.advance(
                    Progress(task: "bootstrap", done: replicate, total: resamples, unit: "resamples"))
            }
            var random = Philox(seed: seed, purpose: "bootstrap", index: UInt64(replicate))
            for position in positions.indices { positions[position] = random.below(count) }
            replicates.append(try statistic(positions))
        }
        self.replicates = replicates
    }

    init(estimate: Double, replicates: [Double]) {
        (self.estimate, self.replicates) = (estimate, replicates)
    }

    /// The quantiles of the replicates at (1 ± level) / 2 (Efron & Tibshirani 1993, section 13.3).
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` unless 0 < `level` < 1.
    public func percentileInterval(level: Double = 0.95) throws -> Interval {
        try Interval.checkLevel(level)
        let sorted = replicates.filter { !$0.isNaN }.sorted()
        return Interval(
            low: Summaries.quantile(ofSorted: sorted, (1 - level) / 2),
            high: Summaries.quantile(ofSorted: sorted, (1 + level) / 2), level: level)
    }

    /// How far the replicates lie from the estimate on average.
    public var bias: Double {
        Summaries.mean(replicates.filter { !$0.isNaN }) - estimate
    }

    /// Percentiles moved for bias and for a standard error that grows with the statistic (Efron 1987, "Better bootstrap
    /// confidence intervals", equations 2.3 and 6.6).
    ///
    /// - Parameter jackknife: the statistic without each of the examples.
    /// - Returns: NaN where all replicates lie on one side of the estimate, or the statistic does not vary.
    /// - Throws: `ComputeError` of kind `.badArgument` unless 0 < `level` < 1.
    public func bcaInterval(jackknife: [Double], level: Double = 0.95) throws -> Interval {
        try Interval.checkLevel(level)
        let sorted = replicates.filter { !$0.isNaN }.sorted()
        let (below, upTo) = (sorted.count { $0 < estimate }, sorted.count { $0 <= estimate })
        let z0 = Normal().quantile(Double(below + upTo) / Double(2 * sorted.count))
        let mean = Summaries.mean(jackknife)
        let cubes = Summaries.sum(jackknife.lazy.map { (mean - $0) * (mean - $0) * (mean - $0) })
        let squares = Summaries.sum(jackknife.lazy.map { (mean - $0) * (mean - $0) })
        let acceleration = cubes / (6 * squares * squares.squareRoot())
        func end(_ p: Double) -> Double {
            let z = z0 + Normal().quantile(p)
            return Summaries.quantile(ofSorted: sorted, Normal().lowerTail(z0 + z / (1 - acceleration * z)))
        }
        return Interval(low: end((1 - level) / 2), high: end((1 + level) / 2), level: level)
    }
}
