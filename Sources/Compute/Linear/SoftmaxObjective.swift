/// The objective of multinomial logistic regression on rotated features: the sum of the cross-entropies of the first
/// `labels.count` examples plus λ/2 · ‖W‖², bias not penalised (Kornblith et al. 2019, appendix A.4).
///
/// Parameters are W (classes × axes, row-major), then the biases. The products run in 32 bits, sums over examples of
/// the loss and of the bias gradient in 64. Memory for the logits is kept between evaluations, hence a class.
final class SoftmaxObjective {
    let features: RotatedFeatures
    let classes: Int
    var penalty: Double
    /// Σ over the examples of p(1 − p), a class: how much curvature the last evaluated point has.
    private(set) var spread: [Double]

    private let labels: [Int32]
    private let blas: BLAS
    private let squares: [Double]
    private var weights: [Float]
    private var logits: [Float]
    private var weightGradient: [Float]

    init(_ features: RotatedFeatures, labels: [Int32], classes: Int, penalty: Double, blas: BLAS) {
        self.features = features
        self.labels = labels
        self.classes = classes
        self.penalty = penalty
        self.blas = blas
        squares = features.squares(ofFirst: labels.count)
        spread = [Double](repeating: 0, count: classes)
        weights = [Float](repeating: 0, count: classes * features.axes)
        weightGradient = weights
        logits = [Float](repeating: 0, count: classes * RotatedFeatures.padded(labels.count))
    }

    var weightCount: Int { classes * features.axes }
    var parameterCount: Int { weightCount + classes }

    /// The value and the gradient.
    func evaluate(
        _ parameters: UnsafeBufferPointer<Double>, _ gradient: UnsafeMutableBufferPointer<Double>
    ) throws -> Double {
        for index in weights.indices { weights[index] = Float(parameters[index]) }
        let bias = parameters[weightCount...].map { Float($0) }
        let biasGradient = UnsafeMutableBufferPointer(rebasing: gradient[weightCount...])
        biasGradient.update(repeating: 0)
        let loss = try computeResiduals(bias, biasGradient)
        var square = 0.0
        for index in weights.indices {
            gradient[index] = Double(weightGradient[index]) + penalty * parameters[index]
            square += parameters[index] * parameters[index]
        }
        return loss + penalty / 2 * square
    }

    /// The inverse of the curvature's diagonal as far as it is a product of a class's share and an axis's square; the
    /// curvature of softmax is diag(p) − ppᵀ for each example (Böhning 1992, "Multinomial logistic regression
    /// algorithm").
    func inverseCurvature() -> [Double] {
        var inverse = [Double](repeating: 0, count: parameterCount)
        let examples = Double(max(labels.count, 1))
        for label in 0..<classes {
            // A class whose probabilities are all 0 or 1 has no curvature left; the floor keeps the steps finite.
            let share = max(spread[label] / examples, 1e-6)
            for axis in 0..<features.axes {
                let curvature = share * squares[axis] + penalty
                inverse[label * features.axes + axis] = curvature > 0 ? 1 / curvature : 1
            }
            inverse[weightCount + label] = 1 / (share * examples)
        }
        return inverse
    }

    /// Logits by one product, residuals in their place, and the gradient of the weights by a second product.
    private func computeResiduals(
        _ bias: [Float], _ biasGradient: UnsafeMutableBufferPointer<Double>
    ) throws -> Double {
        let (rows, axes) = (RotatedFeatures.padded(labels.count), features.axes)
        spread = [Double](repeating: 0, count: classes)
        return try features.values.withUnsafeBufferPointer { values in
            let examples = UnsafeBufferPointer(rebasing: values[..<(rows * axes)])
            return try logits.withUnsafeMutableBufferPointer { logits in
                try weights.withUnsafeBufferPointer {
                    try blas.gemm($0, .plain, examples, .transposed, into: logits, m: classes, n: rows, k: axes)
                }
                let loss = labels.withUnsafeBufferPointer { labels in
                    spread.withUnsafeMutableBufferPointer { spread in
                        SoftmaxKernel.residuals(
                            logits, stride: rows, labels: labels, bias: bias, biasGradient: biasGradient,
                            spread: spread)
                    }
                }
                try weightGradient.withUnsafeMutableBufferPointer {
                    try blas.gemm(
                        UnsafeBufferPointer(logits), .plain, examples, .plain, into: $0, m: classes, n: axes, k: rows)
                }
                return loss
            }
        }
    }
}
