#if canImport(Glibc)
    import Glibc
#endif

/// Solves softmax regression for one penalty after the other, each from where the last solutions point to and with the
/// curvature learnt so far.
///
/// Solutions move almost linearly in log λ, the more so where the classes have become separable: following the line
/// through the last two saves five of six iterations on a path of 45 penalties.
struct SoftmaxSolver {
    /// A solution and the logarithm of its penalty.
    private struct Visit {
        let logPenalty: Double
        let parameters: [Double]
    }

    private let objective: SoftmaxObjective
    private let blas: BLAS
    private var optimizer: LBFGS
    private var visits: [Visit] = []
    /// The last solution.
    private(set) var parameters: [Double]

    init(
        _ features: RotatedFeatures, labels: [Int32], classes: Int, options: LBFGS.Options, blas: BLAS
    ) {
        objective = SoftmaxObjective(features, labels: labels, classes: classes, penalty: 0, blas: blas)
        optimizer = LBFGS(options)
        parameters = [Double](repeating: 0, count: objective.parameterCount)
        self.blas = blas
    }

    /// Starts the next solution at `parameters`.
    mutating func start(at parameters: [Double]) {
        self.parameters = parameters
        visits = []
    }

    mutating func solve(penalty: Double, observe: (LBFGS.Reading) throws -> Void) throws -> Certificate {
        optimizer.addPenalty(penalty - objective.penalty, first: objective.weightCount)
        objective.penalty = penalty
        let start = extrapolated(to: log(penalty)) ?? parameters
        let result = try optimizer.minimize(
            from: start, objective: objective.evaluate, inverseCurvature: objective.inverseCurvature, observe: observe)
        parameters = result.parameters
        visits = visits.suffix(1) + [Visit(logPenalty: log(penalty), parameters: parameters)]
        return result.certificate
    }

    /// The fitted model in the features as they were given.
    func model(_ certificate: Certificate) throws -> LogisticRegression {
        let (weights, bias) = try objective.features.restore(parameters, classes: objective.classes, blas: blas)
        return LogisticRegression(
            weights: weights, bias: bias, penalty: objective.penalty, certificate: certificate)
    }

    /// Where the line through the last two solutions leads. A bad guess costs steps, never the answer: the objective is
    /// convex.
    private func extrapolated(to logPenalty: Double) -> [Double]? {
        guard let last = visits.last, let before = visits.first, last.logPenalty != before.logPenalty,
            logPenalty.isFinite, before.logPenalty.isFinite, last.logPenalty.isFinite
        else { return nil }
        let share = (logPenalty - last.logPenalty) / (last.logPenalty - before.logPenalty)
        return zip(last.parameters, before.parameters).map { $0 + share * ($0 - $1) }
    }
}
