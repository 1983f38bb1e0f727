/// Numbers as they are; as percentages when they are shares of one.
public struct LinearScale: ContinuousScale {
    public let format: TickFormat

    public init(isPercent: Bool = false) { format = isPercent ? .percent : .plain }
    public init(format: TickFormat) { self.format = format }

    /// Far enough from the largest double that widths and margins of an axis stay finite.
    public var allowed: ClosedRange<Double> { -1e300...1e300 }
    public var title: String { "a linear axis" }
    public var marginValues: String { "infinite" }
    public var advice: String { "filter such values out first" }
    public var baseline: Double { 0 }

    public func transform(_ value: Double) -> Double { value }
    public func inverse(_ position: Double) -> Double { position }

    public func ticks(in range: ClosedRange<Double>, most: Int) -> [Tick] {
        let ticks = Ticks.nice(in: range, most: most)
        return ticks.values.map { Tick($0, format.label($0, decimals: ticks.decimals)) }
    }
}
