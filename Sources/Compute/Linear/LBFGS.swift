/// Limited-memory BFGS for smooth functions of many parameters (Liu & Nocedal 1989, "On the limited memory BFGS method
/// for large scale optimization"), with a diagonal as first guess of the inverse curvature and a certificate of the
/// answer.
///
/// A value carries the curvature it learnt, so that the next of a sequence of related problems starts informed.
public struct LBFGS: Sendable {
    /// An objective: fills the gradient at the given parameters and returns the value.
    public typealias Objective =
        (_ parameters: UnsafeBufferPointer<Double>, _ gradient: UnsafeMutableBufferPointer<Double>) throws -> Double

    /// What every iteration tells: called before the first step and after each one.
    public struct Reading: Sendable {
        public let iteration: Int
        public let objective, gradientNorm: Double
    }

    public struct Options: Hashable, Sendable {
        /// Steps remembered.
        public var memory = 20
        public var maximumIterations = 1000
        /// Stop when the estimated objective − minimum is below this share of the objective. The estimate may be an
        /// order of magnitude low: on the paths measured, 1e-8 left at most 7e-7.
        public var tolerance = 1e-8
        /// Where rounding allows no further step, a share up to this one still counts as converged.
        public var acceptable = 1e-6

        public init(memory: Int = 20, maximumIterations: Int = 1000, tolerance: Double = 1e-8) {
            self.memory = memory
            self.maximumIterations = maximumIterations
            self.tolerance = tolerance
        }
    }

    public struct Result: Sendable {
        public let parameters: [Double]
        public let certificate: Certificate
    }

    public let options: Options
    private var memory: CurvatureMemory

    public init(_ options: Options = Options()) {
        self.options = options
        memory = CurvatureMemory(capacity: max(options.memory, 1))
    }

    /// Tells that the objective now has `difference / 2 · Σ xᵢ²` more over its first `count` parameters.
    public mutating func addPenalty(_ difference: Double, first count: Int) {
        memory.addPenalty(difference, first: count)
    }

    /// Minimises from `start`.
    ///
    /// - Parameters:
    ///   - inverseCurvature: called after the evaluation at `start`; positive, one a parameter: a guess of the inverse
    ///     Hessian's diagonal. Its overall size is corrected after the first step; its proportions decide how many
    ///     iterations are needed.
    ///   - observe: may throw to end the work.
    /// - Throws: what `objective` and `observe` throw; `ComputeError` of kind `.numerical` when the objective is not
    ///   finite at `start`.
    public mutating func minimize(
        from start: [Double], objective: Objective, inverseCurvature: () -> [Double],
        observe: (Reading) throws -> Void = { _ in }
    ) throws -> Result {
        var state = State(parameters: start, gradient: [Double](repeating: 0, count: start.count))
        try state.evaluate(objective)
        guard state.value.isFinite, state.gradientNorm.isFinite else {
            throw ComputeError(.numerical, "the objective is not finite at the starting point")
        }
        let guess = inverseCurvature()
        while true {
            try observe(Reading(iteration: state.iterations, objective: state.value, gradientNorm: state.gradientNorm))
            let direction = memory.direction(for: state.gradient, inverseCurvature: guess)
            let slope = dot(state.gradient, direction)
            let excess = -slope / 2
            if excess <= options.tolerance * abs(state.value) { return state.result(.converged, excess) }
            if state.iterations >= options.maximumIterations { return state.result(.iterationLimit, excess) }
            guard let next = try state.stepping(along: direction, slope: slope, objective) else {
                let isSmall = excess <= options.acceptable * abs(state.value)
                return state.result(isSmall ? .roundingLimit : .noProgress, excess)
            }
            memory.append(
                step: zip(next.parameters, state.parameters).map { $0 - $1 },
                change: zip(next.gradient, state.gradient).map { $0 - $1 })
            state = next
        }
    }

    /// Where the search stands.
    private struct State {
        var parameters: [Double]
        var gradient: [Double]
        var value = Double.nan
        var iterations = 0
        var evaluations = 0

        var gradientNorm: Double { dot(gradient, gradient).squareRoot() }

        mutating func evaluate(_ objective: Objective) throws {
            value = try parameters.withUnsafeBufferPointer { parameters in
                try gradient.withUnsafeMutableBufferPointer { try objective(parameters, $0) }
            }
            evaluations += 1
        }

        /// The state after an acceptable step, nil when the line search finds none.
        mutating func stepping(
            along direction: [Double], slope: Double, _ objective: Objective
        ) throws -> State? {
            guard slope < 0 else { return nil }
            var next = self
            defer { evaluations = next.evaluations }
            let start = LineSearch.Point(step: 0, value: value, slope: slope)
            let found = try LineSearch().search(from: start, firstStep: 1) { step in
                for index in parameters.indices { next.parameters[index] = parameters[index] + step * direction[index] }
                try next.evaluate(objective)
                return LineSearch.Point(step: step, value: next.value, slope: dot(next.gradient, direction))
            }
            next.iterations += 1
            return found == nil ? nil : next
        }

        func result(_ reason: Certificate.Reason, _ excess: Double) -> Result {
            let certificate = Certificate(
                reason: reason, iterations: iterations, evaluations: evaluations, objective: value,
                gradientNorm: gradientNorm, excess: excess)
            return Result(parameters: parameters, certificate: certificate)
        }
    }
}
