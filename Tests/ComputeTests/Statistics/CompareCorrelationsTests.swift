import TestSupport
import Testing

@testable import Compute

@Suite struct CompareCorrelationsTests {
    @Test func zAndPAreThoseOfThePublishedFormulas() throws {
        for row in try ComparisonsReference.read().correlations {
            let result = try CompareCorrelations.samples(
                row.samples, areIndependent: row.independent,
                method: try #require(CompareCorrelations.Method(rawValue: row.method)),
                alternative: try #require(Alternative(rawValue: row.alternative)))
            let place: Comment = "\(row.method) \(row.alternative), n = \(row.samples[0].count)"
            #expect(isClose(result.statistic.value, row.z), place)
            #expect(isClose(result.pValue, row.p), place)
            guard let ends = row.interval, let interval = result.interval else { continue }
            #expect(isClose(interval.low, ends[0]) && isClose(interval.high, ends[1]), place)
        }
    }

    /// The published correlations alone give what the samples give.
    @Test func correlationsThatAreKnownGiveTheSameTest() throws {
        let row = try #require(try ComparisonsReference.read().correlations.first { !$0.independent })
        let r = { (i: Int, j: Int) in Correlation.pearson(row.samples[i], row.samples[j]) }
        let known = try CompareCorrelations(r(0, 1), r(2, 3)).dependent(
            .init(xu: r(0, 2), xv: r(0, 3), yu: r(1, 2), yv: r(1, 3)), count: row.samples[0].count)
        #expect(known == (try CompareCorrelations.samples(row.samples, areIndependent: false)))
    }

    @Test func missingCasesAreLeftOutInEveryGroupForItself() throws {
        let (x, y) = ([1, 2, 3, 4, 5.0], [2, 1, 4, 3, 5.0])
        let whole = try CompareCorrelations.samples([x, y, y, x.reversed()], areIndependent: true)
        let holes = try CompareCorrelations.samples(
            [x + [.nan], y + [1], y, x.reversed()], areIndependent: true)
        #expect(holes.pValue == whole.pValue && holes.notes == ["1 case left out because of a missing value"])
        let dependent = try CompareCorrelations.samples(
            [x + [.nan], y + [1], y + [1], x.reversed() + [2]], areIndependent: false)
        #expect(
            dependent.pValue
                == (try CompareCorrelations.samples([x, y, y, x.reversed()], areIndependent: false)).pValue)
    }

    @Test func whatHasNoAnswerSaysSo() throws {
        let (x, y) = ([1, 2, 3, 4, 5.0], [2, 1, 4, 3, 5.0])
        for samples in [[x, x, y, y], [x, [1, 1, 1, 1, 1], x, y], [x, y, x, y]] {
            let result = try CompareCorrelations.samples(samples, areIndependent: false)
            #expect(result.pValue.isNaN && result.interval == nil && !result.notes.isEmpty)
        }
        let impossible = try CompareCorrelations(0.9, 0.9).dependent(
            .init(xu: 0.9, xv: -0.9, yu: 0.9, yv: 0.9), count: 30)
        #expect(impossible.notes.contains { $0.contains("rounded") })
        #expect(throws: ComputeError.self) { try CompareCorrelations(1.2, 0).independent(9, 9) }
        #expect(throws: ComputeError.self) { try CompareCorrelations(0.5, 0).independent(3, 9) }
        #expect(throws: ComputeError.self) {
            try CompareCorrelations.samples([x, [1], x, y], areIndependent: false)
        }
        #expect(throws: ComputeError.self) {
            try CompareCorrelations.samples([x, y, [.infinity, 1, 2, 3, 4], y], areIndependent: false)
        }
    }
}
