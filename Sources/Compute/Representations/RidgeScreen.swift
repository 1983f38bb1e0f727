/// One-versus-rest ridge classifiers at many penalties λ from one eigendecomposition.
///
/// Targets are +1 and −1, the intercept is not penalised, and the class with the largest output is chosen (the first of
/// equals). Without validation examples each prediction is by the model fitted to all other examples, by the identity of
/// Golub, Heath and Wahba 1979, "Generalized cross-validation as a method for choosing a good ridge parameter",
/// Technometrics 21: residual / (1 − leverage).
public struct RidgeScreen: Sendable {
    public struct Row: Hashable, Sendable {
        public let penalty: Double
        /// Share of right predictions.
        public let accuracy: Double
        /// Mean squared error over examples and classes.
        public let loss: Double
    }

    public let rows: [Row]

    /// - Parameter validation: examples to score on; nil leaves one out at a time.
    /// - Throws: `ComputeError` of kind `.badArgument` for penalties that are not positive and for sizes that do not fit.
    public init(
        _ features: FeatureMatrix, _ labels: ClassLabels, penalties: [Double],
        validation: (features: FeatureMatrix, labels: [Int])? = nil, blas: BLAS
    ) throws {
        try labels.check(examples: features.rows)
        try labels.checkSeveral()
        guard !penalties.isEmpty, penalties.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw ComputeError(.badArgument, "takes positive numbers", subject: "penalties")
        }
        let fit = try Fit(features, labels, blas)
        if let validation {
            guard validation.features.columns == features.columns, validation.labels.count == validation.features.rows
            else { throw ComputeError(.badArgument, "the validation examples do not fit the features") }
            let turned = try fit.turned(validation.features, blas)
            rows = try penalties.map { try fit.validated(turned, validation.labels, penalty: $0, blas) }
        } else {
            rows = try penalties.map { try fit.leavingOneOut(labels, penalty: $0, blas) }
        }
    }

    /// What does not depend on the penalty.
    private struct Fit {
        let axes: SingularAxes
        let means: [Double]
        /// Mean targets of the classes.
        let targetMeans: [Double]
        let targets: FeatureMatrix
        /// Uᵀ · targets, axes × classes; nil when the features never vary.
        let projected: FeatureMatrix?

        init(_ features: FeatureMatrix, _ labels: ClassLabels, _ blas: BLAS) throws {
            means = features.constantSafeMeans
            axes = try SingularAxes(features.centred(by: means), blas: blas)
            targets = labels.indicators(other: -1)
            targetMeans = targets.means
            projected = axes.count > 0 ? try axes.leftProduct(targets, blas: blas) : nil
        }

        /// Examples on the axes, scaled to the left vectors' units times s: (x − mean) · V / s.
        func turned(_ features: FeatureMatrix, _ blas: BLAS) throws -> FeatureMatrix? {
            guard axes.count > 0 else { return nil }
            return try features.centred(by: means)
                .times(FeatureMatrix(unchecked: axes.count, axes.columns, axes.right), .plain, .transposed, blas: blas)
                .scalingColumns(by: axes.squares.map { 1 / $0.squareRoot() })
        }

        /// Outputs for left vectors, given with examples as rows or as columns: the class means and σ/(σ + λ) on every axis.
        private func outputs(
            _ left: FeatureMatrix?, _ operation: BLAS.Operation, count: Int, penalty: Double, _ blas: BLAS
        ) throws -> [Double] {
            let classes = targetMeans.count
            var outputs = [Double](repeating: 0, count: count * classes)
            if let left, let projected {
                let shrunk = projected.scalingRows(by: axes.squares.map { $0 / ($0 + penalty) })
                outputs = try left.times(shrunk, operation, .plain, blas: blas).values
            }
            for index in outputs.indices { outputs[index] += targetMeans[index % classes] }
            return outputs
        }

        func validated(_ turned: FeatureMatrix?, _ labels: [Int], penalty: Double, _ blas: BLAS) throws -> Row {
            let outputs = try outputs(turned, .plain, count: labels.count, penalty: penalty, blas)
            return row(outputs, labels, penalty)
        }

        func leavingOneOut(_ labels: ClassLabels, penalty: Double, _ blas: BLAS) throws -> Row {
            let (count, classes) = (labels.indices.count, labels.count)
            let left = axes.count > 0 ? FeatureMatrix(unchecked: axes.count, count, axes.left) : nil
            var outputs = try outputs(left, .transposed, count: count, penalty: penalty, blas)
            let free = freedoms(count: count, penalty: penalty)
            for index in outputs.indices {
                let target = targets.values[index]
                outputs[index] = target - (target - outputs[index]) / free[index / classes]
            }
            return row(outputs, labels.indices, penalty)
        }

        /// 1 − leverage of every example.
        private func freedoms(count: Int, penalty: Double) -> [Double] {
            var free = [Double](repeating: 0, count: count)
            var outside = [Double](repeating: 1 - 1 / Double(count), count: count)
            for (axis, square) in axes.squares.enumerated() {
                let share = penalty / (square + penalty)
                for example in 0..<count {
                    let part = axes.left[axis * count + example] * axes.left[axis * count + example]
                    free[example] += share * part
                    outside[example] -= part
                }
            }
            // Where the axes span all directions, what is outside of them is rounding.
            let smallest = 1e-12
            return zip(free, outside).map { $0 + ($1 > smallest ? $1 : 0) }
        }

        private func row(_ outputs: [Double], _ labels: [Int], _ penalty: Double) -> Row {
            let classes = targetMeans.count
            var (right, loss) = (0, 0.0)
            for (example, label) in labels.enumerated() {
                var best = 0
                for index in 0..<classes {
                    let output = outputs[example * classes + index]
                    if output > outputs[example * classes + best] { best = index }
                    let error = output - (index == label ? 1 : -1)
                    loss += error * error
                }
                if best == label { right += 1 }
            }
            let count = Double(labels.count)
            return Row(penalty: penalty, accuracy: Double(right) / count, loss: loss / (count * Double(classes)))
        }
    }
}
