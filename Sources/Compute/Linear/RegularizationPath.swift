#if canImport(Glibc)
    import Glibc
#endif

/// Logistic regression for many penalties, the best one chosen on validation data and refitted on everything: the
/// protocol of Kornblith et al. 2019, appendix A.4, with what can go wrong kept as facts beside the answer.
///
/// The largest penalty comes first, since its solution is next to zero, and each solution starts the next one. Examples
/// of both splits are rotated together once; the refit starts from the chosen point.
public struct RegularizationPath: Sendable {
    public struct Point: Hashable, Sendable {
        public let penalty: Double
        /// In the path's metric, within 0...1.
        public let validationAccuracy: Double
        /// Of the fit on the training split.
        public let certificate: Certificate
    }

    /// In descending order of the penalty.
    public let points: [Point]
    /// Index of the best validation accuracy; of equal ones the largest penalty.
    public let chosen: Int
    /// How many points share the best accuracy.
    public let tied: Int
    /// At the chosen penalty: fitted on training and validation data, or on training data alone where no refit was asked for.
    public let model: LogisticRegression

    public var penalty: Double { points[chosen].penalty }

    /// Whether the best penalty is the grid's largest or smallest, so that a wider grid might do better.
    public var choiceIsAtEdge: Bool { points.count > 1 && (chosen == 0 || chosen == points.count - 1) }

    /// The penalties whose fit did not converge, the refit's included.
    public var unconverged: [Double] {
        let refit = model.certificate.converged ? [] : [model.penalty]
        return points.filter { !$0.certificate.converged }.map(\.penalty) + refit
    }

    /// The paper's 45 values from 1e5 down to 1e-6.
    public static let paperPenalties = logarithmicPenalties(from: 1e-6, to: 1e5, count: 45)

    /// `count` values from `largest` down to `smallest` with equal ratios; both must be positive.
    public static func logarithmicPenalties(from smallest: Double, to largest: Double, count: Int) -> [Double] {
        guard count > 1 else { return count == 1 ? [largest] : [] }
        let (low, high) = (log10(smallest), log10(largest))
        return (0..<count).map { pow(10, high + (low - high) * Double($0) / Double(count - 1)) }
    }

    /// Labelled examples as a solver takes them.
    public struct Split: Sendable {
        /// Examples × features.
        public var features: Matrix
        /// One an example, within 0..<classes.
        public var labels: [Int32]

        public init(_ features: Matrix, labels: [Int32]) {
            self.features = features
            self.labels = labels
        }
    }

    /// Fits the path on `training`, chooses on `validation`, refits on both unless `refits` is false.
    ///
    /// - Parameters:
    ///   - penalties: values of λ in any order; see `LogisticRegression.penalty`.
    ///   - metric: what decides on the validation data.
    /// - Throws: `ComputeError` of kind `.badArgument` for sizes, labels or penalties out of range, `.numerical` for
    ///   features that are not finite, `.cancelled` from the monitor.
    public static func fit(
        training: Split, validation: Split, classes: Int, penalties: [Double] = paperPenalties,
        metric: Dataset.Metric = .top1, refits: Bool = true, options: LBFGS.Options = LBFGS.Options(), blas: BLAS,
        monitor: any Monitor = SilentMonitor()
    ) throws -> RegularizationPath {
        try check(training, validation, classes, penalties)
        let everything = Matrix(
            rows: training.features.rows + validation.features.rows, columns: training.features.columns,
            values: training.features.values + validation.features.values)
        let rotated = try Detached.run(check: monitor.check) { try RotatedFeatures(everything, blas: blas) }
        let descending = penalties.sorted(by: >)
        var solver = SoftmaxSolver(rotated, labels: training.labels, classes: classes, options: options, blas: blas)
        var points: [Point] = []
        var best = Best(index: 0, accuracy: -1, parameters: [])
        var bestModel: LogisticRegression?
        for (index, penalty) in descending.enumerated() {
            let certificate = try solver.solve(penalty: penalty) {
                try report($0, penalty, index, descending.count + 1, monitor)
            }
            let model = try solver.model(certificate)
            let predictions = try model.predict(validation.features, blas: blas)
            let accuracy = try Classification.score(predictions, validation.labels, classes: classes, metric: metric)
            if accuracy > best.accuracy {
                best = Best(index: index, accuracy: accuracy, parameters: solver.parameters)
                bestModel = model
            }
            points.append(Point(penalty: penalty, validationAccuracy: accuracy, certificate: certificate))
        }
        let tied = points.count { $0.validationAccuracy == best.accuracy }
        if !refits, let bestModel {
            return RegularizationPath(points: points, chosen: best.index, tied: tied, model: bestModel)
        }
        var refit = SoftmaxSolver(
            rotated, labels: training.labels + validation.labels, classes: classes, options: options, blas: blas)
        refit.start(at: best.parameters)
        let chosen = points[best.index].penalty
        let certificate = try refit.solve(penalty: chosen) {
            try report($0, chosen, descending.count, descending.count + 1, monitor)
        }
        return RegularizationPath(
            points: points, chosen: best.index, tied: tied, model: try refit.model(certificate))
    }

    /// The best point so far, with where the refit starts.
    private struct Best {
        let index: Int
        let accuracy: Double
        let parameters: [Double]
    }

    private static func check(_ training: Split, _ validation: Split, _ classes: Int, _ penalties: [Double]) throws {
        try LogisticRegression.checkExamples(training.features, training.labels, classes)
        try LogisticRegression.checkExamples(validation.features, validation.labels, classes)
        try LogisticRegression.checkPenalties(penalties)
        guard !penalties.isEmpty else {
            throw ComputeError(.badArgument, "a path needs at least one penalty", subject: "penalties")
        }
        guard training.features.columns == validation.features.columns else {
            throw ComputeError(
                .badArgument,
                "training examples have \(training.features.columns) features, validation examples "
                    + "\(validation.features.columns)")
        }
    }

    private static func report(
        _ reading: LBFGS.Reading, _ penalty: Double, _ index: Int, _ total: Int, _ monitor: any Monitor
    ) throws {
        try monitor.advance(
            Progress(
                task: "regularisation path", done: index, total: total, unit: "penalties",
                detail: "λ \(penalty), iteration \(reading.iteration), objective \(reading.objective)"))
    }
}
