/// An interval with the probability with which its making covers the true value.
public struct Interval: Hashable, Sendable {
    public var low, high: Double
    /// Within 0...1, e.g. 0.95.
    public var level: Double

    public init(low: Double, high: Double, level: Double) {
        self.low = low
        self.high = high
        self.level = level
    }

    /// - Throws: `ComputeError` of kind `.badArgument` unless 0 < `level` < 1.
    static func checkLevel(_ level: Double) throws {
        guard level > 0, level < 1 else {
            throw ComputeError(.badArgument, "a confidence level lies between 0 and 1, got \(level)", subject: "level")
        }
    }

    /// estimate ± quantile · error for a two-sided question, one end at `bounds` for a one-sided one, so that the
    /// interval leaves out the null value exactly when the test rejects it.
    static func symmetric(
        _ estimate: Double, error: Double, _ distribution: some Distribution, level: Double, _ alternative: Alternative,
        bounds: ClosedRange<Double> = -.infinity ... .infinity
    ) -> Interval {
        switch alternative {
        case .twoSided:
            let half = distribution.quantile((1 + level) / 2) * error
            return Interval(low: estimate - half, high: estimate + half, level: level)
        case .greater:
            return Interval(
                low: estimate - distribution.quantile(level) * error, high: bounds.upperBound, level: level)
        case .less:
            return Interval(
                low: bounds.lowerBound, high: estimate + distribution.quantile(level) * error, level: level)
        }
    }

    /// The interval of a monotone increasing function of the parameter.
    func mapped(_ transform: (Double) -> Double) -> Interval {
        Interval(low: transform(low), high: transform(high), level: level)
    }
}

/// In which direction the truth may differ from the null hypothesis.
public enum Alternative: String, Hashable, Sendable, CaseIterable {
    case twoSided = "two-sided"
    case greater, less
}
