import TestSupport
import Testing

@testable import Compute

@Suite struct SummariesTests {
    @Test func equalLongArithmeticAndNumpy() throws {
        let row = try StatisticsReference.read().summaries
        #expect(isClose(Summaries.mean(row.values), row.mean, relative: 1e-15))
        #expect(isClose(Summaries.standardDeviation(row.values), row.deviation, relative: 1e-13))
        #expect(isClose(Summaries.standardError(row.values), row.deviation / 37.0.squareRoot(), relative: 1e-13))
        for (p, expected) in zip(row.probabilities, row.quantiles) {
            #expect(isClose(Summaries.quantile(row.values, p), expected, relative: 1e-15))
        }
    }

    @Test func smallTermsSurviveLargeOnes() {
        #expect(Summaries.sum([1, 1e100, 1, -1e100]) == 2)
        #expect(Summaries.sum([.infinity, 1]) == .infinity)
    }

    @Test func fewValuesAreUndefinedNotWrong() {
        #expect(Summaries.mean([]).isNaN)
        #expect(Summaries.standardDeviation([3]).isNaN)
        #expect(Summaries.quantile([], 0.5).isNaN)
        #expect(Summaries.quantile([1, 2], 1.5).isNaN)
        #expect(Summaries.quantile([1, .nan], 0.5).isNaN)
        #expect(Summaries.median([4]) == 4)
        #expect(Summaries.standardDeviation([0.1, 0.1, 0.1]) < 1e-17)
    }

    @Test func longSamplesSortAsShortOnesDo() {
        var random = Philox(seed: 5, purpose: "order")
        for count in [0, 1, 255, 256, 3000] {
            for kinds in [4, 100_000] {
                let values = (0..<count).map { index -> Double in
                    let value = Double(random.below(kinds)) - Double(kinds / 2)
                    return index % 7 == 0 ? -value * 1e-300 : index % 11 == 0 ? value * 1e300 : value
                }
                let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }.map { Int32($0) }
                #expect(SortOrder.ascending(values) == expected)
            }
        }
        #expect(SortOrder.ascending([0, -0.0, 0] + [Double](repeating: 1, count: 300)).prefix(3) == [0, 1, 2])
    }

    @Test func midranksEqualScipys() throws {
        let row = try StatisticsReference.read().ranks
        #expect(Ranks.midranks(row.values) == row.midranks)
        #expect(Ranks.midranks([]).isEmpty)
        #expect(Ranks.tieCounts([3, 1, 3, 3]) == [1, 3])
    }

    @Test func logOddsAndBack() {
        #expect(Logit.logit(0.5) == 0)
        #expect(isClose(Logit.logit(1e-12), -27.631_021_115_927_547, relative: 1e-15))
        #expect(Logit.logit(0) == -.infinity && Logit.logit(1) == .infinity && Logit.logit(1.1).isNaN)
        for x in [-700.0, -3, 0, 2.5, 30] { #expect(isClose(Logit.logit(Logit.expit(x)), x, relative: 1e-2)) }
        #expect(isClose(Logit.expit(-700), 9.859_676_543_759_77e-305, relative: 1e-12))
        #expect(Logit.expit(1e9) == 1 && Logit.expit(-1e9) == 0)
    }

    @Test func countsKeepLogOddsFinite() {
        #expect(isClose(Logit.logit(right: 0, of: 10), -3.044_522_437_723_423))
        #expect(Logit.logit(right: 10, of: 10) == -Logit.logit(right: 0, of: 10))
        #expect(isClose(Logit.logit(right: 3, of: 10), Logit.logit(0.3)))
        #expect(Logit.logit(0.3, of: 10) == Logit.logit(0.3))
        #expect(Logit.logit(1, of: 10) == Logit.logit(right: 10, of: 10))
        #expect(Logit.logit(right: 11, of: 10).isNaN && Logit.logit(right: 0, of: 0).isNaN)
        #expect(Logit.logit(.nan, of: 10).isNaN)
    }
}
