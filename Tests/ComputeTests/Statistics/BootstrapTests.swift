import TestSupport
import Testing

@testable import Compute

@Suite struct BootstrapTests {
    private let values = (0..<50).map { Double($0 * 37 % 50) }

    private func bootstrap(seed: UInt64, resamples: Int = 4000) throws -> Bootstrap {
        try Bootstrap(of: values.count, resamples: resamples, seed: seed) { positions in
            Summaries.mean(positions.map { values[$0] })
        }
    }

    /// For a mean the ideal bootstrap is known: error √(Σ(x − mean)² / n²).
    @Test func errorOfAMeanIsTheKnownOne() throws {
        let result = try bootstrap(seed: 1)
        let exact = (Summaries.squaredDeviations(values) / 2500).squareRoot()
        #expect(result.estimate == 24.5)
        #expect(isClose(result.standardError, exact, relative: 0.04))
        let interval = try result.percentileInterval()
        #expect(isClose(interval.low, 24.5 - 1.96 * exact, absolute: 0.25))
        #expect(isClose(interval.high, 24.5 + 1.96 * exact, absolute: 0.25))
    }

    @Test func seedDecidesAndMoreResamplesKeepTheFirst() throws {
        let long = try bootstrap(seed: 7, resamples: 40)
        #expect(try bootstrap(seed: 7, resamples: 10).replicates == Array(long.replicates[..<10]))
        #expect(try bootstrap(seed: 8, resamples: 40) != long)
    }

    @Test func undefinedReplicatesAreCountedAndLeftOut() throws {
        let result = try Bootstrap(of: 2, resamples: 1000, seed: 1) { $0[0] == $0[1] ? .nan : 3 }
        #expect((400...600).contains(result.undefined))
        #expect(try result.percentileInterval() == Interval(low: 3, high: 3, level: 0.95))
    }

    @Test func emptySamplesAndBadLevelsAreErrors() throws {
        #expect(throws: ComputeError.self) { try Bootstrap(of: 0, seed: 1) { _ in 0 } }
        #expect(throws: ComputeError.self) { try Bootstrap(of: 3, resamples: 0, seed: 1) { _ in 0 } }
        #expect(throws: ComputeError.self) { try bootstrap(seed: 1, resamples: 5).percentileInterval(level: 0) }
    }
}
