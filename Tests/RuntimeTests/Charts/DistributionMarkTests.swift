import Foundation
import TestSupport
import Testing

@testable import Runtime

/// Densities and box plots against scipy and matplotlib (Tests/Reference/charts/density.py), and swarms that do not overlap.
@Suite struct DistributionMarkTests {
    private struct Sample: Decodable {
        let values: [Double]
        let bandwidth: Double
        let places: [Double]
        let density: [Double]
        /// First quartile, median, third quartile, whiskers' ends.
        let box: [Double]
        let outliers: [Double]
    }

    private var samples: [String: Sample] {
        get throws { try ReferenceFile.read("charts/distributions.json") }
    }

    @Test func densities_and_their_bandwidths_equal_scipy_s() throws {
        for (name, sample) in try samples {
            let bandwidth = try #require(Density.silverman(sample.values), "\(name)")
            #expect(abs(bandwidth - sample.bandwidth) < 1e-12, "\(name)")
            let density = Density.estimate(sample.values, bandwidth: bandwidth, at: sample.places)
            for (own, other) in zip(density, sample.density) {
                #expect(abs(own - other) <= 1e-12 * max(1, other), "\(name)")
            }
        }
    }

    @Test func the_area_under_a_density_is_1() throws {
        let values = try #require(try samples["two"]).values
        let mark = try Density(MarkOptions([:], of: Density.self))
        let curve = try mark.statistics(of: rows(x: values), in: context)
        let (x, y) = (curve.numbers(.x), curve.numbers(.y))
        var area = 0.0
        for index in 1..<x.count {
            let (width, height): (Double, Double) = (x[index] - x[index - 1], y[index] + y[index - 1])
            area += width * height / 2
        }
        #expect(abs(area - 1) < 2e-3)
        #expect(throws: ChartError.self) { try mark.statistics(of: rows(x: [2, 2, 2]), in: context) }
    }

    @Test func boxes_and_whiskers_equal_matplotlib_s() throws {
        for (name, sample) in try samples {
            for orientation in [Orientation.upright, .level] {
                let isUpright = orientation == .upright
                let places = sample.values.map { _ in 0.0 }
                let mark = try BoxPlot(MarkOptions([:], of: BoxPlot.self))
                let parts = try mark.statistics(
                    of: isUpright ? rows(x: places, y: sample.values) : rows(x: sample.values, y: places),
                    in: context(orientation))
                let ends = orientation.valueEnds
                let (low, high) = (parts.numbers(ends.low), parts.numbers(ends.high))
                // In the order of the parts: the lower whisker, the upper one, the box, the median, values beyond.
                let drawn = [high[0], low[3], low[1], low[0], high[1]]
                for (own, other) in zip(drawn, sample.box) { #expect(abs(own - other) < 1e-12, "\(name)") }
                #expect(low.dropFirst(4).elementsEqual(sample.outliers), "\(name)")
            }
        }
    }

    @Test func points_of_a_swarm_lie_beside_each_other() {
        let values = (0..<120).map { Double(($0 * 37) % 50) }
        let shifts = Swarm(radius: 2, reach: 1000).shifts(of: values)
        for first in values.indices {
            for second in values.indices.dropFirst(first + 1) {
                let (dx, dy) = (shifts[first] - shifts[second], values[first] - values[second])
                #expect((dx * dx + dy * dy).squareRoot() >= 4 - 1e-6)
            }
        }
        let narrow = Swarm(radius: 2, reach: 5).shifts(of: [Double](repeating: 1, count: 40))
        #expect(narrow.allSatisfy { abs($0) <= 5 })
        #expect(Set(narrow) == [0, -4, 4])
    }

    @Test func ends_at_the_margin_stay_there() {
        #expect([-Double.infinity, 0, 1].quantile(0.25) == 0)
        #expect([-Double.infinity, 0, 1].quantile(0) == -.infinity)
        #expect([0, 1, .infinity, .infinity].quantile(1) == .infinity)
        #expect([0, 1, .infinity, .infinity].quantile(0.5) == .infinity)
        #expect([3].quantile(0.75) == 3)
    }

    private var context: MarkContext { context(.upright) }

    private func context(_ orientation: Orientation) -> MarkContext {
        MarkContext(
            x: LinearScale(), y: LinearScale(), tools: ChartSamples.tools, seriesCount: 1, isDodged: false,
            hasBars: false,
            orientation: orientation)
    }

    private func rows(x: [Double], y: [Double]? = nil) -> MarkRows {
        var rows = MarkRows(count: x.count)
        rows.set(.x, x)
        if let y { rows.set(.y, y) }
        return rows
    }
}
