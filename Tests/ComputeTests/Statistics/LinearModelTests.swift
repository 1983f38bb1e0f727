import TestSupport
import Testing

@testable import Compute

@Suite struct LinearModelTests {
    @Test func everyNumberEqualsTheTextbookFormulas() throws {
        for row in try StatisticsReference.read().linear_models {
            let predictors = row.x.enumerated().map { LinearModel.Predictor("x\($0.offset)", $0.element) }
            let model = try LinearModel(response: row.y, predictors: predictors, intercept: row.intercept)
            for (coefficient, index) in zip(model.coefficients, row.estimates.indices) {
                #expect(isClose(coefficient.estimate, row.estimates[index]))
                #expect(isClose(coefficient.standardError, row.errors[index]))
                #expect(isClose(coefficient.t, row.t[index]))
                #expect(isClose(coefficient.pValue, row.p[index]))
            }
            #expect(model.coefficients.count == row.estimates.count)
            #expect(isClose(model.sigma, row.sigma))
            #expect(isClose(model.rSquared, row.r_squared))
            #expect(isClose(model.adjustedRSquared, row.adjusted_r_squared))
            #expect(isClose(model.f, row.f))
            #expect(isClose(model.fPValue, row.f_p))
            let prediction = try model.predict(at: row.point)
            #expect(isClose(prediction.fit, row.fit))
            #expect(isClose(prediction.confidence.low, row.confidence[0]))
            #expect(isClose(prediction.confidence.high, row.confidence[1]))
            #expect(isClose(prediction.prediction.low, row.prediction[0]))
            #expect(isClose(prediction.prediction.high, row.prediction[1]))
        }
    }

    @Test func largeOffsetsKeepTheSlope() throws {
        let x = (0..<20).map { 1e7 + Double($0) }
        let model = try LinearModel(
            response: x.map { 3 * ($0 - 1e7) + 5 + (Int($0) % 2 == 0 ? 0.25 : -0.25) }, predictors: [.init("year", x)])
        // Alternating ±¼ over 20 points tilts the line by −2.5 / 665, where Σ(x − mean)² = 665 and Σ(x − mean)(±¼) = −2.5.
        #expect(isClose(model.coefficients[1].estimate, 3 - 2.5 / 665, relative: 1e-8))
    }

    @Test func aPerfectLineHasNoResidual() throws {
        let model = try LinearModel(response: [1, 3, 5, 7], predictors: [.init("x", [0, 1, 2, 3])])
        #expect(isClose(model.coefficients[0].estimate, 1) && isClose(model.coefficients[1].estimate, 2))
        #expect(model.residuals.allSatisfy { abs($0) < 1e-14 })
        #expect(isClose(model.rSquared, 1))
    }

    /// Squares of the response would overflow or vanish.
    @Test(arguments: [1e200, 1e-200, 1e-290]) func extremeUnitsChangeNothing(unit: Double) throws {
        let (x, y) = ([0.0, 1, 2, 3, 4], [1.0, 3, 2, 5, 4])
        let model = try LinearModel(response: y, predictors: [.init("x", x)])
        let scaled = try LinearModel(response: y.map { $0 * unit }, predictors: [.init("x", x)])
        #expect(isClose(scaled.rSquared, model.rSquared, relative: 1e-12))
        #expect(isClose(scaled.coefficients[1].pValue, model.coefficients[1].pValue, relative: 1e-12))
        #expect(isClose(scaled.sigma, model.sigma * unit, relative: 1e-12))
        let other = try LinearModel(response: y, predictors: [.init("x", x.map { $0 * unit })])
        #expect(isClose(other.f, model.f, relative: 1e-12))
    }

    @Test func constantsAndResponsesWithoutSpread() throws {
        let model = try LinearModel(response: [5, 5, 5, 5], predictors: [.init("x", [1, 2, 3, 7])])
        #expect(model.sigma == 0 && model.rSquared.isNaN && model.f.isNaN && model.isPerfect)
        #expect(model.coefficients[0].estimate == 5 && model.coefficients[1].estimate == 0)
        #expect(model.coefficients[1].pValue.isNaN)
    }

    /// Columns computed as a combination differ from it by a rounding, powers by more than ten digits.
    @Test func roundingDoesNotHideDependence() throws {
        let x = (0..<12).map { 1.7 + 0.3 * Double($0) }
        let y = x.map { ($0 * 7).truncatingRemainder(dividingBy: 3) }
        let powers = LinearModel.Predictor.powers(of: "x", x, degree: 9)
        #expect(throws: Never.self) { try LinearModel(response: y, predictors: powers) }
        let error = #expect(throws: ComputeError.self) {
            try LinearModel(response: y, predictors: powers.prefix(2) + [.init("square", x.map { $0 * $0 * 0.1 })])
        }
        #expect(error?.message.contains("'square'") == true)
        let few = x.map { ($0 * 2).rounded() }
        let tooHigh = LinearModel.Predictor.powers(of: "x", few, degree: 9)
        let distinct = Set(few).count
        let refused = #expect(throws: ComputeError.self) { try LinearModel(response: y, predictors: tooHigh) }
        #expect(refused?.message.contains("'x^\(distinct)'") == true)
    }

    @Test func asManyRowsAsCoefficientsLeaveErrorsUndefined() throws {
        let model = try LinearModel(response: [1, 3], predictors: [.init("x", [0, 1])])
        #expect(isClose(model.coefficients[1].estimate, 2))
        #expect(model.coefficients[1].pValue.isNaN)
        #expect(try model.predict(at: [0.5]).confidence.low.isNaN)
    }

    @Test func dependentPredictorsAreNamed() {
        let (x, y) = ([1.0, 2, 3, 4, 5], [1.0, 3, 2, 5, 4])
        let error = #expect(throws: ComputeError.self) {
            try LinearModel(response: y, predictors: [.init("a", x), .init("double a", x.map { 2 * $0 + 1 })])
        }
        #expect(error?.message.contains("'double a'") == true)
        #expect(throws: ComputeError.self) {
            try LinearModel(response: y, predictors: [.init("constant", x.map { _ in 0.1 })])
        }
    }

    @Test func wrongShapesAndMissingValuesAreErrors() throws {
        #expect(throws: ComputeError.self) { try LinearModel(response: [1, 2, 3], predictors: [.init("x", [1, 2])]) }
        #expect(throws: ComputeError.self) { try LinearModel(response: [1], predictors: [.init("x", [1])]) }
        #expect(throws: ComputeError.self) { try LinearModel(response: [], predictors: []) }
        for (x, y) in [([1, 2, 4], [1, Double.nan, 3]), ([1, Double.nan, 4], [1, 2, 3])] {
            #expect(throws: ComputeError.self) { try LinearModel(response: y, predictors: [.init("x", x)]) }
        }
        let model = try LinearModel(response: [1, 3, 2], predictors: [.init("x", [0, 1, 2])])
        #expect(throws: ComputeError.self) { try model.predict(at: [1, 2]) }
    }
}
