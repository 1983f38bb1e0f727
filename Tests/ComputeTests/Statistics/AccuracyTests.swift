import TestSupport
import Testing

@testable import Compute

@Suite struct AccuracyTests {
    @Test func averagePrecisionIsThatOfScikitLearnAndOfPascalVOC() throws {
        for row in try ComparisonsReference.read().precisions {
            let kind = try #require(AveragePrecision(rawValue: row.interpolation))
            #expect(isClose(try kind.score(row.scores, row.labels), row.value), "\(kind), n = \(row.scores.count)")
        }
    }

    /// Three of ten positives is a recall of exactly 0.3, which 3 / 10 >= 0.1 · 3 denies in doubles.
    @Test func recallsEqualToAThresholdCount() throws {
        let labels = [1.0, 1, 1] + [Double](repeating: -1, count: 90) + [Double](repeating: 1, count: 7)
        let scores = (0..<100).map { -Double($0) }
        let rest = (4...10).map { Double($0) / Double(90 + $0) }
        let heights = (0...10).map { $0 <= 3 ? 1 : rest[($0 - 4)...].max() ?? 0 }
        #expect(isClose(try AveragePrecision.elevenPoint.score(scores, labels), heights.reduce(0, +) / 11))
    }

    @Test func orderOfEqualScoresChangesNothing() throws {
        for kind in AveragePrecision.allCases {
            let forward = try kind.score([1, 1, 0, 0], [1, 0, 1, 0])
            #expect(try kind.score([1, 1, 0, 0], [0, 1, 0, 1]) == forward)
        }
    }

    @Test func nothingToFindHasNoPrecision() throws {
        #expect(try AveragePrecision.full.score([1, 2], [0, 0]).isNaN)
        #expect(try AveragePrecision.elevenPoint.score([], []).isNaN)
        #expect(throws: ComputeError.self) { try AveragePrecision.full.score([1], [1, 0]) }
        #expect(throws: ComputeError.self) { try AveragePrecision.full.score([.nan], [1]) }
    }

    @Test func calibrationErrorsAreThoseOfTheDefinition() throws {
        for row in try ComparisonsReference.read().calibration {
            let result = try Calibration(confidence: row.confidence, isRight: row.right, bins: row.bins)
            #expect(isClose(result.expectedError, row.error))
            #expect(result.bins.count == row.bins)
            #expect(result.bins.map(\.count).reduce(0, +) == row.confidence.count)
        }
        #expect(throws: ComputeError.self) { try Calibration(confidence: [], isRight: []) }
        #expect(throws: ComputeError.self) { try Calibration(confidence: [1.5], isRight: [true]) }
    }

    @Test func correctedIntervalsAreScipysForTheSameReplicates() throws {
        for row in try ComparisonsReference.read().bca {
            let count = row.data.count
            let total = row.data.reduce(0, +)
            let bootstrap = Bootstrap(estimate: total / Double(count), replicates: row.replicates)
            let interval = try bootstrap.bcaInterval(jackknife: row.data.map { (total - $0) / Double(count - 1) })
            #expect(isClose(interval.low, row.low) && isClose(interval.high, row.high))
        }
    }

    @Test func selectedQuantilesAreThoseOfSortedValues() {
        var random = Philox(seed: 2, purpose: "selection")
        for count in [1, 2, 3, 10, 257] {
            // Few different values make many ties.
            for kinds in [3, 1000] {
                let values = (0..<count).map { _ in Double(random.below(kinds)) }
                let probabilities = [0, 0.025, 0.3, 0.5, 0.975, 1]
                #expect(
                    Selection.quantiles(values, probabilities) == probabilities.map { Summaries.quantile(values, $0) })
            }
        }
        #expect(Selection.quantiles([], [0.5])[0].isNaN)
    }

    @Test func resampledLinesSpreadAsTheyShould() throws {
        let row = try ComparisonsReference.read().line
        let line = try LineBootstrap(row.x, row.y, resamples: 40_000, seed: 9)
        #expect(isClose(line.slope, row.slope) && isClose(line.intercept, row.intercept))
        let interval = try line.interval(line.slopes)
        #expect(abs(Summaries.standardDeviation(line.slopes) / row.deviation - 1) < 0.03)
        #expect(abs(interval.low - row.low) < 0.02 && abs(interval.high - row.high) < 0.02)
        #expect(line == (try LineBootstrap(row.x, row.y, resamples: 40_000, seed: 9)))
        #expect(throws: ComputeError.self) { try LineBootstrap([1, 1], [1, 2]) }
        #expect(throws: ComputeError.self) { try LineBootstrap([1, .nan], [1, 2]) }
    }
}
