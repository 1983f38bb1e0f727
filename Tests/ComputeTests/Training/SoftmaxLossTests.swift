import Foundation
import Testing

@testable import Compute

@Suite struct SoftmaxLossTests {
    @Test func equalLogitsCostTheLogarithmOfTheClasses() {
        let loss = SoftmaxLoss(logits: Matrix(zeros: 3, 4), labels: [0, 1, 3])
        #expect(abs(loss.value - log(4)) < 1e-15)
        // A tie counts for its first class.
        #expect(loss.correct == 1)
    }

    /// Central differences; logits are floats, so the step is a power of two that they represent exactly.
    @Test(arguments: [0, 0.1, 0.5]) func theGradientIsTheDerivative(_ smoothing: Double) {
        let logits = Matrix(rows: 3, columns: 4, values: [0.5, -1, 2, 0, 1, 1, -3, 0.25, 0, 0.75, -0.5, 4])
        let labels: [Int32] = [2, 0, 1]
        let loss = SoftmaxLoss(logits: logits, labels: labels, smoothing: smoothing)
        let step: Float = 0x1p-12
        for index in logits.values.indices {
            func value(_ move: Float) -> Double {
                var moved = logits
                moved.values[index] += move
                return SoftmaxLoss(logits: moved, labels: labels, smoothing: smoothing).value
            }
            let derivative = (value(step) - value(-step)) / Double(2 * step)
            #expect(abs(Double(loss.gradient.values[index]) - derivative) < 1e-7)
        }
    }

    @Test func largeLogitsStayFinite() {
        let loss = SoftmaxLoss(logits: Matrix(rows: 1, columns: 2, values: [1e30, -1e30]), labels: [0])
        #expect(loss.value == 0)
        #expect(loss.gradient.values == [0, 0])
    }

    @Test func aLogitThatIsNotANumberMakesTheLossNotFinite() {
        let loss = SoftmaxLoss(logits: Matrix(rows: 1, columns: 2, values: [.nan, 0]), labels: [0])
        #expect(!loss.value.isFinite)
        let infinite = SoftmaxLoss(logits: Matrix(rows: 1, columns: 2, values: [.infinity, 0]), labels: [0])
        #expect(!infinite.value.isFinite)
    }
}
