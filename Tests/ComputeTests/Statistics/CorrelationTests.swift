import TestSupport
import Testing

@testable import Compute

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct CorrelationTests {
    @Test func perfectCorrelationHasNoDoubt() throws {
        let x = [1.0, 2, 3, 4, 5]
        let up = try HypothesisTest.pearson.run([x, x.map { 3 * $0 + 1 }])
        #expect(up.estimate.value == 1)
        #expect(up.pValue == 0)
        #expect(up.interval == nil)
        let down = try HypothesisTest.spearman.run([x, x.map { -exp($0) }], .init(alternative: .greater))
        #expect(down.estimate.value == -1)
        #expect(down.pValue == 1)
    }

    /// r of tiny or huge deviations: neither squares that vanish nor squares that overflow.
    @Test func scaleDoesNotMatter() {
        let (x, y) = ([1.0, 2, 4, 3], [2.0, 1, 3, 5])
        let r = Correlation.pearson(x, y)
        for scale in [1e-200, 1e200] {
            #expect(isClose(Correlation.pearson(x.map { $0 * scale }, y), r, relative: 1e-14))
        }
        #expect(isClose(Correlation.pearson(x.map { $0 + 1e8 }, y), r, relative: 1e-12))
    }

    @Test func missingValuesGiveNaNInTheBareCoefficient() {
        #expect(Correlation.pearson([1, 2, .nan], [1, 2, 3]).isNaN)
        #expect(Correlation.spearman([1, 2, .nan], [1, 2, 3]).isNaN)
    }

    /// Table A.1, Pearson, as far as its digits go.
    @Test func paperCorrelationsComeOut() throws {
        let paper = try StatisticsReference.read().paper
        let source = paper.source.map { Logit.logit($0 / 100) }
        let printed = ["logreg": (0.97, 0.99, 1e-11), "finetune": (0.91, 0.95, 1e-7), "scratch": (0.30, 0.55, 0.03)]
        for (name, setting) in paper.settings {
            let scores = try AdjustedScores(
                models: paper.models, datasets: paper.datasets, accuracies: setting.percent.map { $0.map { $0 / 100 } })
            let result = try HypothesisTest.pearson.run([source, scores.rows.map(\.meanLogit)])
            #expect(isClose(result.estimate.value, setting.r))
            #expect(isClose(result.pValue, setting.p, relative: 1e-9))
            #expect(result.degreesOfFreedom == [14])
            let expected = try #require(printed[name])
            #expect(isClose(result.effect?.value ?? 0, expected.0, absolute: 0.005), "\(name)")
            #expect(isClose(result.estimate.value, expected.1, absolute: 0.005), "\(name)")
            #expect(result.pValue < expected.2, "\(name)")
        }
    }
}
