/// The least-squares line of resampled points, by sums alone: what ten thousand resamples of a small scatter need.
///
/// Replicate i draws from Philox(seed, "bootstrap line", i).
public struct LineBootstrap: Hashable, Sendable {
    /// Of the points themselves.
    public let slope, intercept: Double
    /// Of the resamples, in the order drawn; resamples of equal x have no line and are left out.
    public let slopes, intercepts: [Double]
    /// How many were left out.
    public let undefined: Int

    /// - Parameters:
    ///   - x, y: the points, finite, at least two with different x.
    ///   - resamples: at least 1.
    /// - Throws: `ComputeError` of kind `.badArgument` for other input, and what `monitor` throws.
    public init(
        _ x: [Double], _ y: [Double], resamples: Int = 10_000, seed: UInt64 = 0,
        monitor: any Monitor = SilentMonitor()
    ) throws {
        guard x.count == y.count, resamples >= 1, (x + y).allSatisfy(\.isFinite), x.count < 1 << 31 else {
            throw ComputeError(
                .badArgument,
                "a line takes points with finite x and y and one resample or more, got \(x.count) x, \(y.count) y and "
                    + "\(resamples) resamples")
        }
        let centre = (x: Summaries.mean(x), y: Summaries.mean(y))
        let points = zip(x, y).map { SIMD2($0 - centre.x, $1 - centre.y) }
        guard let line = LineSums(points).line else {
            throw ComputeError(.badArgument, "all x are equal, so that there is no line", subject: "x")
        }
        var lines: [(slope: Double, intercept: Double)] = []
        lines.reserveCapacity(resamples)
        for replicate in 0..<resamples {
            if replicate % 256 == 0 { try monitor.check() }
            var random = Philox(seed: seed, purpose: "bootstrap line", index: UInt64(replicate))
            if let line = LineSums(drawing: points, &random).line { lines.append(line) }
        }
        func shifted(_ line: (slope: Double, intercept: Double)) -> Double {
            line.intercept + centre.y - line.slope * centre.x
        }
        (slope, intercept) = (line.slope, shifted(line))
        slopes = lines.map(\.slope)
        intercepts = lines.map(shifted)
        undefined = resamples - lines.count
    }

    /// The percentile interval of a coefficient's replicates.
    public func interval(_ replicates: [Double], level: Double = 0.95) throws -> Interval {
        try Interval.checkLevel(level)
        let ends = Selection.quantiles(replicates, [(1 - level) / 2, (1 + level) / 2])
        return Interval(low: ends[0], high: ends[1], level: level)
    }

    /// Where the line at `x` lies, point by point.
    public func band(at x: Double, level: Double = 0.95) throws -> Interval {
        try interval(zip(slopes, intercepts).map { $0 * x + $1 }, level: level)
    }
}

/// Sums over points from which a line follows.
private struct LineSums {
    private var count = 0.0
    private var sum = SIMD2<Double>.zero
    /// Σx², Σxy.
    private var products = SIMD2<Double>.zero

    init(_ points: [SIMD2<Double>]) {
        for point in points { add(point) }
    }

    /// With replacement; each word of random bits draws two points, by the high half of a product (Lemire 2019).
    init(drawing points: [SIMD2<Double>], _ random: inout Philox) {
        let size = UInt64(points.count)
        points.withUnsafeBufferPointer { points in
            for position in stride(from: 0, to: points.count, by: 2) {
                let word = random.next()
                add(points[Int(((word & 0xFFFF_FFFF) * size) >> 32)])
                if position + 1 < points.count { add(points[Int(((word >> 32) * size) >> 32)]) }
            }
        }
    }

    private mutating func add(_ point: SIMD2<Double>) {
        count += 1
        sum += point
        products += point * point.x
    }

    /// nil where all x are equal.
    var line: (slope: Double, intercept: Double)? {
        let spread = products.x - sum.x * sum.x / count
        guard spread > 1e-12 * products.x else { return nil }
        let slope = (products.y - sum.x * sum.y / count) / spread
        return (slope, (sum.y - slope * sum.x) / count)
    }
}
