/// Multinomial logistic regression: softmax over W·x + b, fitted with an L2 penalty on W (Kornblith et al. 2019,
/// appendix A.4: the penalty goes on the sum of the per-example losses, the bias is free, features are taken as they
/// are).
public struct LogisticRegression: Hashable, Sendable {
    /// Classes × features.
    public let weights: Matrix
    /// One a class.
    public let bias: [Float]
    /// λ in Σ cross-entropy + λ/2 · ‖W‖²; scikit-learn's C is 1/λ.
    public let penalty: Double
    public let certificate: Certificate

    public init(weights: Matrix, bias: [Float], penalty: Double, certificate: Certificate) {
        self.weights = weights
        self.bias = bias
        self.penalty = penalty
        self.certificate = certificate
    }

    public var classes: Int { weights.rows }

    /// Fits one penalty from zero.
    ///
    /// - Parameters:
    ///   - features: examples × features, finite.
    ///   - labels: one an example, within 0..<classes; a class without examples is allowed.
    ///   - penalty: λ, at least 0; with 0 a minimum need not exist and the certificate may say so.
    /// - Throws: `ComputeError` of kind `.badArgument` for sizes, labels or penalties out of range, `.numerical` for
    ///   features that are not finite, `.cancelled` from the monitor.
    public static func fit(
        _ features: Matrix, labels: [Int32], classes: Int, penalty: Double, options: LBFGS.Options = LBFGS.Options(),
        blas: BLAS, monitor: any Monitor = SilentMonitor()
    ) throws -> LogisticRegression {
        try checkExamples(features, labels, classes)
        try checkPenalties([penalty])
        var solver = SoftmaxSolver(
            try Detached.run(check: monitor.check) { try RotatedFeatures(features, blas: blas) }, labels: labels,
            classes: classes, options: options, blas: blas)
        let certificate = try solver.solve(penalty: penalty) { reading in
            try monitor.advance(
                Progress(
                    task: "logistic regression", done: reading.iteration, total: options.maximumIterations,
                    unit: "iterations", detail: "objective \(reading.objective)"))
        }
        return try solver.model(certificate)
    }

    /// W·x + b of every row, examples × classes.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` when the number of features differs from the fit's.
    public func logits(_ features: Matrix, blas: BLAS) throws -> Matrix {
        guard features.columns == weights.columns else {
            throw ComputeError(
                .badArgument, "the model was fitted on \(weights.columns) features, got \(features.columns)")
        }
        var logits = try blas.multiply(features, by: weights, .transposed)
        for row in 0..<logits.rows { for label in 0..<classes { logits[row, label] += bias[label] } }
        return logits
    }

    /// The most likely class of every row; the lower one of two that are equal.
    public func predict(_ features: Matrix, blas: BLAS) throws -> [Int32] {
        Classification.predictions(try logits(features, blas: blas))
    }

    static func checkExamples(_ features: Matrix, _ labels: [Int32], _ classes: Int) throws {
        guard features.rows == labels.count else {
            throw ComputeError(.badArgument, "\(features.rows) rows of features got \(labels.count) labels")
        }
        guard classes >= 1, !labels.isEmpty else {
            throw ComputeError(
                .badArgument, "logistic regression needs examples and classes, got \(labels.count) and \(classes)")
        }
        if let label = labels.first(where: { $0 < 0 || Int($0) >= classes }) {
            throw ComputeError(.badArgument, "label \(label) is not within 0..<\(classes)", subject: "labels")
        }
    }

    static func checkPenalties(_ penalties: [Double]) throws {
        if let penalty = penalties.first(where: { !($0 >= 0 && $0.isFinite) }) {
            throw ComputeError(
                .badArgument, "a penalty is a finite number from 0 on, got \(penalty)", subject: "penalty")
        }
    }
}
