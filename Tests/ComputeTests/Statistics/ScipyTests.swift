import TestSupport
import Testing

@testable import Compute

/// Statistic, degrees of freedom, p and interval of every test against scipy's.
@Suite struct ScipyTests {
    @Test func everyNumberOfEveryTestEqualsScipys() throws {
        let rows = try StatisticsReference.read().tests
        let byName = Dictionary(uniqueKeysWithValues: HypothesisTest.catalogue.map { ($0.name, $0) })
        #expect(Set(rows.map(\.name)) == Set(byName.keys), "every test needs reference values")
        for row in rows {
            let test = try #require(byName[row.name])
            var settings = HypothesisTest.Settings(alternative: try #require(Alternative(rawValue: row.alternative)))
            settings.flags = Set(row.flags)
            settings.numbers = row.numbers
            settings.choices = row.choices ?? [:]
            let result = try test.run(row.samples, settings)
            let place: Comment = "\(row.name) \(row.flags) \(row.alternative), n = \(row.samples[0].count)"
            #expect(isClose(result.statistic.value, row.statistic), place)
            #expect(result.degreesOfFreedom.count == (row.df == nil ? 0 : 1), place)
            if let df = row.df { #expect(isClose(try #require(result.degreesOfFreedom.first), df), place) }
            if let estimate = row.estimate { #expect(isClose(result.estimate.value, estimate), place) }
            #expect(isClose(result.pValue, row.p), place)
            if let expected = row.interval {
                let interval = try #require(result.interval, place)
                #expect(isClose(interval.low, expected[0] ?? -.infinity, absolute: 1e-12), place)
                #expect(isClose(interval.high, expected[1] ?? .infinity, absolute: 1e-12), place)
            } else {
                #expect(result.interval == nil, place)
            }
        }
    }
}
