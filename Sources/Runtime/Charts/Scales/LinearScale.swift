/// Numbers as they are; as percentages when they are shares of one.
public struct LinearScale: ContinuousScale {
    public var isPercent = false

    public init(isPercent: Bool = false) { self.isPercent = isPercent }

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
        return ticks.values.map { value in
            Tick(
                value,
                isPercent
                    ? TickLabel.percent(value, decimals: ticks.decimals - 2)
                    : TickLabel.number(value, decimals: ticks.decimals))
        }
    }
}
