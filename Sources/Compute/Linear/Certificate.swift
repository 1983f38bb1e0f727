/// What an iterative fit can prove about its answer: printed with every point of a path instead of a bare "done".
public struct Certificate: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// The estimated distance to the minimum is below the tolerance.
        case converged
        /// No step lowers the objective in the arithmetic used, and the estimated distance is small, if above the
        /// tolerance.
        case roundingLimit = "converged to rounding"
        /// `maximumIterations` steps were taken.
        case iterationLimit = "iteration limit"
        /// No step along the direction lowers the objective, far from a minimum: it is not smooth, or too
        /// ill-conditioned.
        case noProgress = "no further progress"
    }

    public var reason: Reason
    public var iterations: Int
    /// Evaluations of objective and gradient, at least one an iteration.
    public var evaluations: Int
    public var objective: Double
    /// Euclidean norm of the objective's gradient at the answer.
    public var gradientNorm: Double
    /// Estimated objective − minimum: half the squared Newton decrement with the quasi-Newton curvature (Boyd &
    /// Vandenberghe 2004, section 9.5.1), which no scaling of the parameters changes.
    public var excess: Double

    public init(
        reason: Reason, iterations: Int, evaluations: Int, objective: Double, gradientNorm: Double, excess: Double
    ) {
        self.reason = reason
        self.iterations = iterations
        self.evaluations = evaluations
        self.objective = objective
        self.gradientNorm = gradientNorm
        self.excess = excess
    }

    public var converged: Bool { reason == .converged || reason == .roundingLimit }
}
