import TestSupport
import Testing

@testable import Compute

@Suite struct AnalysisOfVarianceTests {
    @Test func equalGroupsAndNoSpread() throws {
        let constant = try AnalysisOfVariance(groups: [[0.1, 0.1], [0.1, 0.1, 0.1]])
        #expect(constant.terms[0].squares == 0 && constant.residual.squares == 0)
        #expect(constant.terms[0].f.isNaN && constant.terms[0].pValue.isNaN)
        let apart = try AnalysisOfVariance(groups: [[0.1, 0.1], [0.3, 0.3]])
        #expect(apart.terms[0].f == .infinity && apart.terms[0].pValue == 0 && apart.terms[0].share == 1)
    }

    @Test func groupsOfOneValueLeaveTheTestUndefined() throws {
        let analysis = try AnalysisOfVariance(groups: [[1], [3]])
        #expect(analysis.terms[0].squares == 2 && analysis.residual.degreesOfFreedom == 0)
        #expect(analysis.terms[0].f.isNaN && analysis.terms[0].pValue.isNaN && analysis.residual.meanSquare.isNaN)
    }

    /// For two groups F = t² (Welch's equal-variance form is Student's).
    @Test func twoGroupsAreStudentsTest() throws {
        let (a, b) = ([1.0, 2, 4, 7], [3.0, 5, 9])
        let analysis = try AnalysisOfVariance(groups: [a, b])
        let pooled = (Summaries.squaredDeviations(a) + Summaries.squaredDeviations(b)) / 5
        let t = (Summaries.mean(a) - Summaries.mean(b)) / (pooled * (1.0 / 4 + 1.0 / 3)).squareRoot()
        #expect(isClose(analysis.terms[0].f, t * t, relative: 1e-14))
        #expect(isClose(analysis.terms[0].pValue, StudentT(5).pValue(t, .twoSided), relative: 1e-12))
    }

    @Test func theSquaresAddUp() throws {
        let x = [1.0, 2, 3, 4, 5, 6, 7], z = [2.0, 1, 4, 3, 7, 5, 6]
        let model = try LinearModel(
            response: [1, 3, 2, 5, 4, 7, 6], predictors: [.init("x", x), .init("z", z)])
        let analysis = try AnalysisOfVariance(model, terms: [("x", 1), ("z", 1)])
        let sum = analysis.terms.reduce(analysis.residual.squares) { $0 + $1.squares }
        #expect(isClose(sum, analysis.totalSquares, relative: 1e-14))
        #expect(isClose(analysis.terms[1].f, model.coefficients[2].t * model.coefficients[2].t, relative: 1e-13))
        #expect(throws: ComputeError.self) { try AnalysisOfVariance(model, terms: [("x", 1)]) }
    }

    @Test func wrongGroupsAreErrors() {
        #expect(throws: ComputeError.self) { try AnalysisOfVariance(groups: [[1, 2]]) }
        #expect(throws: ComputeError.self) { try AnalysisOfVariance(groups: [[1, 2], []]) }
        #expect(throws: ComputeError.self) { try AnalysisOfVariance(groups: [[1, 2], [.nan]]) }
    }
}
