import Glibc

/// Proportions by their log odds, ln(p / (1 − p)), so that an error rate halved counts the same from 20% as from 2%:
/// the axis of Kornblith, Shlens and Le 2019 (section 3, figures 1 and 2). Exactly 0 and 1 lie at the margin.
public struct LogitScale: ContinuousScale {
    public init() {}

    public var allowed: ClosedRange<Double> { 0...1 }
    public var title: String { "a logit axis" }
    public var marginValues: String { "0% or 100%" }
    public var advice: String {
        "a logit axis takes proportions from 0 to 1, such as 0.85 or 85%; divide percentages by 100"
    }

    public var baseline: Double { -.infinity }

    public func transform(_ value: Double) -> Double { log(value / (1 - value)) }
    public func inverse(_ position: Double) -> Double { 1 / (1 + exp(-position)) }

    /// Ticks that read as accuracies. Of the candidate sets (equal steps, and those that crowd towards 0 and 100%) the
    /// one that leaves the smallest part of the axis without a tick, among those whose labels have room.
    public func ticks(in range: ClosedRange<Double>, most: Int) -> [Tick] {
        let width = range.upperBound - range.lowerBound
        guard width > 0 else { return [Tick(range.lowerBound, label(inverse(range.lowerBound)))] }
        let steps = CurvedTicks.equalSteps(from: inverse(range.lowerBound), to: inverse(range.upperBound))
        let sets = (steps + Self.crowdingSets).map { values in
            values.filter { $0 > 0 && $0 < 1 }.map { Tick(transform($0), label($0)) }
        }
        return CurvedTicks.best(of: sets, in: range, most: most) ?? []
    }

    /// Sets for wide ranges, in percent, mirrored around 50%.
    private static let crowdingSets: [[Double]] = [
        [50, 90, 99, 99.9, 99.99], [50, 80, 95, 99, 99.9], [60, 80, 90, 95, 99], [60, 80, 90, 95, 98, 99],
        [50, 60, 70, 80, 90, 95, 98, 99], [60, 80, 90, 95, 98, 99, 99.5, 99.8, 99.9],
        [50, 60, 70, 75, 80, 85, 90, 92, 94, 96, 97, 98, 99],
    ].map { upper in
        let lower = upper.reversed().filter { $0 != 50 }.map { (10_000 - (100 * $0).rounded()) / 10_000 }
        return lower + upper.map { ($0 * 100).rounded() / 10_000 }
    }

    private func label(_ value: Double) -> String {
        // Only as many decimals as the percentage has, up to four.
        let decimals = (0...4).first { decimals in
            let shifted = value * pow(10, Double(decimals + 2))
            return abs(shifted - shifted.rounded()) < 1e-6
        }
        return TickLabel.percent(value, decimals: decimals ?? 4)
    }
}
