import Glibc

/// Correlations by Fisher's z = artanh r (Fisher 1915), whose standard error does not depend on r: 0.95 and 0.99 stand
/// as far apart as they differ in evidence. Exactly −1 and 1 lie at the margin.
public struct FisherScale: ContinuousScale {
    public init() {}

    public var allowed: ClosedRange<Double> { -1...1 }
    public var title: String { "a Fisher axis" }
    public var marginValues: String { "−1 or 1" }
    public var advice: String { "a Fisher axis takes correlations from −1 to 1" }
    public var baseline: Double { 0 }

    public func transform(_ value: Double) -> Double { atanh(value) }
    public func inverse(_ position: Double) -> Double { tanh(position) }

    /// Ticks that read as correlations: equal steps, or sets that crowd towards −1 and 1.
    public func ticks(in range: ClosedRange<Double>, most: Int) -> [Tick] {
        let steps = CurvedTicks.equalSteps(from: inverse(range.lowerBound), to: inverse(range.upperBound))
        let sets = (steps + Self.crowdingSets).map { values in
            values.filter { abs($0) < 1 }.map { Tick(transform($0), label($0)) }
        }
        return CurvedTicks.best(of: sets, in: range, most: most) ?? [Tick(range.lowerBound, "")]
    }

    /// Mirrored around 0.
    private static let crowdingSets: [[Double]] = [
        [0, 0.9, 0.99], [0, 0.8, 0.95, 0.99], [0, 0.5, 0.8, 0.9, 0.95, 0.99],
        [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99], [0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.995, 0.999],
    ].map { upper in upper.dropFirst().reversed().map { -$0 } + upper }

    private func label(_ value: Double) -> String { TickLabel.shortest(value, decimals: 5) }
}

/// The choice among sets of ticks on an axis that is curved, so that equal steps of the data are uneven on paper.
enum CurvedTicks {
    /// Of the sets whose labels have room the one that leaves the smallest part of the axis without a tick. A set
    /// listed later must be clearly better: the earlier ones are the simpler ones.
    static func best(of sets: [[Tick]], in range: ClosedRange<Double>, most: Int) -> [Tick]? {
        let width = range.upperBound - range.lowerBound
        // Ticks of a curved axis are uneven: where the closest just fit, there are fewer than there is room for.
        let room = width / (1.4 * Double(max(2, most)))
        var best: [Tick]?
        var smallestGap = Double.infinity
        for set in sets {
            let ticks = set.filter { range.contains($0.position) }
            let positions = ticks.map(\.position)
            let haveRoom = zip(positions, positions.dropFirst()).allSatisfy { $1 - $0 >= room }
            guard haveRoom, !ticks.isEmpty else { continue }
            let ends = [range.lowerBound] + positions + [range.upperBound]
            let gap = zip(ends, ends.dropFirst()).map { $1 - $0 }.max() ?? width
            if gap < smallestGap * 0.98 {
                best = ticks
                smallestGap = gap
            }
        }
        return best
    }

    /// Every 1/5, 1/10, 1/20, 1/50, … inside the range, down to a fiftieth of what it shows.
    static func equalSteps(from low: Double, to high: Double) -> [[Double]] {
        let divisors = [5.0, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
        return divisors.filter { (high - low) * $0 <= 50 }.map { divisor in
            let (first, last) = ((low * divisor).rounded(.up), (high * divisor).rounded(.down))
            return stride(from: first, through: last, by: 1).map { $0 / divisor }
        }
    }
}
