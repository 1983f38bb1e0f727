/// The outcome of a hypothesis test: the same facts for all of them.
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
}
