import TestSupport
import Testing

@testable import Compute

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct SoftmaxKernelTests {
    private struct Outcome {
        var loss = 0.0
        var residuals: [Float] = []
        var biasGradient: [Double] = []
        var spread: [Double] = []
    }

    private func run(_ logits: [[Double]], _ labels: [Int32], bias: [Float]) -> Outcome {
        let (classes, stride) = (bias.count, RotatedFeatures.padded(labels.count))
        var block = [Float](repeating: 0, count: classes * stride)
        for (example, row) in logits.enumerated() {
            for (label, logit) in row.enumerated() { block[label * stride + example] = Float(logit) }
        }
        var outcome = Outcome(
            biasGradient: [Double](repeating: 0, count: classes), spread: [Double](repeating: 0, count: classes))
        outcome.loss = block.withUnsafeMutableBufferPointer { block in
            labels.withUnsafeBufferPointer { labels in
                outcome.biasGradient.withUnsafeMutableBufferPointer { gradient in
                    outcome.spread.withUnsafeMutableBufferPointer { spread in
                        SoftmaxKernel.residuals(
                            block, stride: stride, labels: labels, bias: bias, biasGradient: gradient, spread: spread)
                    }
                }
            }
        }
        outcome.residuals = block
        return outcome
    }

    /// Logits over the whole range that matters, 21 examples so that lanes stay empty.
    @Test func equalsSoftmaxInDoublePrecision() {
        var random = Philox(seed: 3, purpose: "softmax test")
        let (bias, classes): ([Float], Int) = ([0.5, -0.25, 0], 3)
        let logits = (0..<21).map { row in (0..<classes).map { _ in Double(Float(random.normal() * Double(row * 2))) } }
        let labels = (0..<21).map { Int32($0 % 3) }
        let outcome = run(logits, labels, bias: bias)
        var (loss, sums) = (0.0, [0.0, 0, 0])
        for (row, label) in zip(logits, labels) {
            let z = zip(row, bias).map { $0 + Double($1) }
            let largest = z.max() ?? 0
            let total = z.map { exp($0 - largest) }.reduce(0, +)
            loss += largest + log(total) - z[Int(label)]
            for index in 0..<classes { sums[index] += exp(z[index] - largest) / total - (index == label ? 1 : 0) }
        }
        #expect(isClose(outcome.loss, loss, relative: 1e-6))
        for (value, expected) in zip(outcome.biasGradient, sums) {
            #expect(isClose(value, expected, relative: 1e-5, absolute: 1e-6))
        }
        #expect((21..<32).allSatisfy { outcome.residuals[$0] == 0 && outcome.residuals[32 + $0] == 0 })
    }

    /// log(1 + e⁻²⁰) is 2e-9: lost if 1 were added to it in 32 bits.
    @Test func almostCertainExamplesKeepTheirDigits() {
        let outcome = run([[20, 0]], [0], bias: [0, 0])
        #expect(isClose(outcome.loss, 2.061_153_620_314_381e-9, relative: 2e-6))
        #expect(isClose(Double(outcome.residuals[0]), -2.061_153_618_190_204e-9, relative: 2e-6))
        #expect(isClose(outcome.spread[0], 2.061_153_618_190_204e-9, relative: 2e-6))
    }

    @Test func hopelessExamplesStayFinite() {
        let outcome = run([[-500, 500]], [0], bias: [0, 0])
        #expect(isClose(outcome.loss, 1000))
        #expect(outcome.residuals[0] == -1)
    }

    @Test func missingLogitsShowInTheLoss() {
        #expect(run([[.nan, 0]], [0], bias: [0, 0]).loss.isNaN)
    }
}
