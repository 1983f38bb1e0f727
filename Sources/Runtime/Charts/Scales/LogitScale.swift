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
        // Ticks of a curved axis are uneven: where the closest just fit, there are fewer than there is room for.
        let room = width / (1.4 * Double(max(2, most)))
        var best: [Tick] = []
        var smallestGap = Double.infinity
        for values in equalSteps(range) + Self.crowdingSets {
            let ticks = values.map { Tick(transform($0), label($0)) }.filter { range.contains($0.position) }
            let positions = ticks.map(\.position)
            let haveRoom = zip(positions, positions.dropFirst()).allSatisfy { $1 - $0 >= room }
            guard haveRoom, !ticks.isEmpty else { continue }
            let ends = [range.lowerBound] + positions + [range.upperBound]
            let gap = zip(ends, ends.dropFirst()).map { $1 - $0 }.max() ?? width
            // A set listed later must be clearly better: the earlier ones are the simpler ones.
            if gap < smallestGap * 0.98 {
                best = ticks
                smallestGap = gap
            }
        }
        return best
    }

    /// Every 20%, 10%, 5%, 2%, 1%, 0.5%, … inside the range, down to a fiftieth of what it shows.
    private func equalSteps(_ range: ClosedRange<Double>) -> [[Double]] {
        let (low, high) = (inverse(range.lowerBound), inverse(range.upperBound))
        let divisors = [5.0, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
        return divisors.filter { (high - low) * $0 <= 50 }.map { divisor in
            let (first, last) = ((low * divisor).rounded(.up), (high * divisor).rounded(.down))
            return stride(from: first, through: last, by: 1).map { $0 / divisor }.filter { $0 > 0 && $0 < 1 }
        }
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
