/// What a script asks of an axis; nil leaves the choice to the data.
public struct ScaleSetting: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case linear, percent, log, logit, fisher, date, category

        /// - Throws: `ChartError` listing the names there are.
        public init(named name: String) throws {
            guard let kind = Kind(rawValue: name) else {
                throw ChartError(
                    "unknown scale '\(name)'", help: adviceForUnknown(name, among: Kind.allCases.map(\.rawValue)))
            }
            self = kind
        }
    }

    public var kind: Kind?
    /// What the axis shows, in data units.
    public var limits: ClosedRange<Double>?
    /// Whether the axis runs from high to low. A word of its own rather than limits given high to low: it needs no
    /// numbers, holds for names and dates too, and limits in the wrong order stay the mistake they usually are.
    public var isReversed: Bool
    /// How the numbers of linear and log axes are written.
    public var format: TickFormat?

    public init(
        _ kind: Kind? = nil, limits: ClosedRange<Double>? = nil, isReversed: Bool = false, format: TickFormat? = nil
    ) {
        self.kind = kind
        self.limits = limits
        self.isReversed = isReversed
        self.format = format
    }

    /// The scale for the entries of an axis: dates when all are ISO dates, categories when they are strings or bools,
    /// otherwise numbers.
    /// - Parameter axis: names run from left to right and, as a reader expects of a list, from top to bottom.
    func scale(for entries: [Datum], on axis: Channel = .x) -> any Scale {
        let kind = kind ?? suggested(by: entries)
        if kind == .category { return CategoryScale(entries, isReversed: isReversed != (axis == .y)) }
        let scale: any ContinuousScale =
            switch kind {
            case .percent: LinearScale(format: format ?? .percent)
            case .log: LogScale(format: format ?? .plain)
            case .logit: LogitScale()
            case .fisher: FisherScale()
            case .date: DateScale()
            case .linear, .category: LinearScale(format: format ?? .plain)
            }
        return isReversed ? ReversedScale(base: scale) : scale
    }

    private func suggested(by entries: [Datum]) -> Kind {
        let present = entries.filter { !$0.isMissing }
        guard present.contains(where: { $0.kind != .number }) else { return .linear }
        return present.allSatisfy { $0.kind == .string && CalendarDay.days(of: $0.text) != nil } ? .date : .category
    }
}

/// A scale from high to low: its scaled units are those of the other with the sign changed, so that marks, fits and
/// panels need to know nothing of it.
struct ReversedScale: ContinuousScale {
    let base: any ContinuousScale

    var allowed: ClosedRange<Double> { base.allowed }
    var title: String { base.title }
    var marginValues: String { base.marginValues }
    var advice: String { base.advice }
    var baseline: Double { -base.baseline }

    func takes(_ entry: Datum) -> Bool { base.takes(entry) }
    func position(of entry: Datum) -> Double { -base.position(of: entry) }
    func transform(_ value: Double) -> Double { -base.transform(value) }
    func inverse(_ position: Double) -> Double { base.inverse(-position) }

    func ticks(in range: ClosedRange<Double>, most: Int) -> [Tick] {
        base.ticks(in: Self.mirrored(range), most: most).reversed().map { Tick(-$0.position, $0.label) }
    }

    func minorTicks(in range: ClosedRange<Double>, apart: Double) -> [Double] {
        base.minorTicks(in: Self.mirrored(range), apart: apart).map { -$0 }
    }

    func domain(showing extent: ClosedRange<Double>?) -> ClosedRange<Double> {
        Self.mirrored(base.domain(showing: extent.map(Self.mirrored)))
    }

    private static func mirrored(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
        -range.upperBound ... -range.lowerBound
    }
}
