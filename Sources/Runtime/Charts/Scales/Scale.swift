/// How entries of a column become places along an axis.
///
/// A scale maps data to *scaled units* (log odds for a logit scale, decades for a log scale, the number of the
/// category); everything that is computed for a chart (regression, extents, margins) is computed there, and a panel
/// maps scaled units linearly to points. Infinite positions mean "at the margin": a proportion of exactly 1 on a logit
/// axis.
public protocol Scale: Sendable {
    /// The place of an entry in scaled units; NaN when it is missing or of another kind, ±infinity at an end that the
    /// scale cannot show.
    func position(of entry: Datum) -> Double

    /// The ticks inside a range of scaled units.
    /// - Parameter most: how many labels there is room for.
    func ticks(in range: ClosedRange<Double>, most: Int) -> [Tick]

    /// Places between the ticks that get a short stroke and no label, no closer than `apart`; scaled units.
    func minorTicks(in range: ClosedRange<Double>, apart: Double) -> [Double]

    /// What the axis shows, made from what the marks need; scaled units.
    func domain(showing extent: ClosedRange<Double>?) -> ClosedRange<Double>

    /// Where bars begin, in scaled units.
    var baseline: Double { get }
}

extension Scale {
    public func minorTicks(in range: ClosedRange<Double>, apart: Double) -> [Double] { [] }
}

/// A scale of numbers, whose positions can be read back.
public protocol ContinuousScale: Scale {
    /// Numbers the scale has a place for; the ends themselves may lie at the margin.
    var allowed: ClosedRange<Double> { get }
    /// What the scale is called in messages: "a logit axis".
    var title: String { get }
    /// The values that lie at the margin, for the note that says so.
    var marginValues: String { get }
    /// What to do with numbers outside `allowed`.
    var advice: String { get }
    /// Whether an entry is of the kind that the scale places: a number, for most.
    func takes(_ entry: Datum) -> Bool
    func transform(_ value: Double) -> Double
    func inverse(_ position: Double) -> Double
}

extension ContinuousScale {
    public func takes(_ entry: Datum) -> Bool { entry.isMissing || entry.kind == .number }

    public func position(of entry: Datum) -> Double {
        guard case .number(let value) = entry else { return .nan }
        return transform(min(max(value, allowed.lowerBound), allowed.upperBound))
    }

    public func domain(showing extent: ClosedRange<Double>?) -> ClosedRange<Double> {
        guard let extent else { return fallback }
        let width = extent.upperBound - extent.lowerBound
        // A single value gets an axis around it; otherwise nothing touches the panel's edge.
        let margin = width > 0 ? 0.05 * width : max(abs(extent.lowerBound) * 0.1, 0.5)
        return (extent.lowerBound - margin)...(extent.upperBound + margin)
    }

    /// What is shown when every value lies at the margin.
    private var fallback: ClosedRange<Double> {
        let positions = [transform(0.1), transform(0.9)].filter(\.isFinite)
        guard positions.count == 2 else { return 0...1 }
        return positions[0]...positions[1]
    }

    /// - Throws: `ChartError` naming the column when a number has no place on the scale.
    func check(_ entries: [Datum], column: String) throws {
        for case .number(let value) in entries where !allowed.contains(value) || value.isInfinite {
            let shown = formatted(value, significantDigits: 6)
            throw ChartError("column '\(column)' has \(shown), which \(title) cannot show", help: advice)
        }
    }
}

/// A labelled place on an axis, in scaled units.
public struct Tick: Hashable, Sendable {
    public var position: Double
    public var label: String

    public init(_ position: Double, _ label: String) {
        self.position = position
        self.label = label
    }
}
