#if canImport(Glibc)
    import Glibc
#endif

/// The outcome of a hypothesis test, with one way of printing for all of them.
public struct TestResult: Hashable, Sendable {
    /// A number with the name the field gives it, e.g. "t" or "Cohen's d".
    public struct Quantity: Hashable, Sendable {
        public var name: String
        public var value: Double

        public init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// E.g. "Pearson correlation".
    public var title: String
    /// What was estimated, e.g. r or the mean difference, with its interval.
    public var estimate: Quantity
    public var interval: Interval?
    public var statistic: Quantity
    /// None, one (t, χ²) or two (F).
    public var degreesOfFreedom: [Double]
    /// Within 0...1, or NaN when the statistic is not defined; `notes` then says why.
    public var pValue: Double
    public var alternative: Alternative
    /// A measure of size that does not grow with n.
    public var effect: Quantity?
    /// Sizes of the samples, e.g. "pairs".
    public var counts: [Quantity]
    /// What a reader must know: values left out, approximations, undefined results.
    public var notes: [String]

    public init(
        title: String, estimate: Quantity, interval: Interval? = nil, statistic: Quantity,
        degreesOfFreedom: [Double] = [], pValue: Double, alternative: Alternative = .twoSided, effect: Quantity? = nil,
        counts: [Quantity] = [], notes: [String] = []
    ) {
        self.title = title
        self.estimate = estimate
        self.interval = interval
        self.statistic = statistic
        self.degreesOfFreedom = degreesOfFreedom
        self.pValue = pValue
        self.alternative = alternative
        self.effect = effect
        self.counts = counts
        self.notes = notes
    }

    /// The titled block that a notebook shows, lines without a last line break.
    public var display: String {
        var lines = [title, "  \(estimate.name) = \(Self.format(estimate.value))\(intervalText)"]
        let freedom = degreesOfFreedom.isEmpty ? "" : "(\(degreesOfFreedom.map(Self.format).joined(separator: ", ")))"
        lines.append(
            "  \(statistic.name)\(freedom) = \(Self.format(statistic.value)), p = \(Self.format(pValue)), "
                + alternative.rawValue)
        if let effect { lines.append("  \(effect.name) = \(Self.format(effect.value))") }
        if !counts.isEmpty {
            lines.append("  " + counts.map { "\($0.name) = \(Self.format($0.value))" }.joined(separator: ", "))
        }
        return (lines + notes.map { "  note: \($0)" }).joined(separator: "\n")
    }

    private var intervalText: String {
        guard let interval, !interval.low.isNaN, !interval.high.isNaN else { return "" }
        let level = Self.format(100 * interval.level)
        return ", \(level)% interval \(Self.format(interval.low)) to \(Self.format(interval.high))"
    }

    /// Four significant digits, as the smallest of fixed and exponential form.
    private static func format(_ value: Double) -> String {
        var buffer = [CChar](repeating: 0, count: 32)
        _ = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.4g", $0) }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
