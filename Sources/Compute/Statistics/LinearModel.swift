/// Linear regression by least squares: coefficients with their t tests, R², F, and the bands around the line.
///
/// Solved by Householder's QR of the design (`LeastSquares`), never through normal equations, whose condition number is
/// the square. Formulas as in Weisberg 2014, "Applied linear regression", chapters 2 and 3.
public struct LinearModel: Hashable, Sendable {
    /// One column of the design.
    public struct Predictor: Hashable, Sendable {
        public var name: String
        public var values: [Double]

        public init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    public struct Coefficient: Hashable, Sendable {
        public let name: String
        public let estimate, standardError: Double
        /// estimate / standardError, against zero.
        public let t: Double
        /// Two-sided, with `residualDegreesOfFreedom`.
        public let pValue: Double
    }

    /// The model's height at a point, with where its true height and where a new observation are expected.
    public struct Prediction: Hashable, Sendable {
        public let fit: Double
        public let confidence, prediction: Interval
    }

    /// The name of the constant column.
    public static let interceptName = "(intercept)"

    /// In the order of the predictors, the intercept first where there is one.
    public let coefficients: [Coefficient]
    public let hasIntercept: Bool
    public let residuals: [Double]
    /// Rows less coefficients; 0 leaves errors, tests and bands undefined (NaN).
    public let residualDegreesOfFreedom: Double
    /// Residual standard error, √(Σ residual² / degrees of freedom).
    public let sigma: Double
    /// Share of the squares about the mean that is explained; about zero without an intercept.
    public let rSquared: Double
    public let adjustedRSquared: Double
    /// Slopes tested together by `f`, and the residual degrees of freedom.
    public let fDegreesOfFreedom: [Double]
    /// All slopes against zero; NaN without predictors.
    public let f: Double
    public let fPValue: Double
    private let solution: LeastSquares

    /// - Parameters:
    ///   - response: finite, as long as every predictor.
    ///   - intercept: whether a constant column comes first.
    /// - Throws: `ComputeError` of kind `.badArgument` for unequal lengths, fewer rows than coefficients or values that
    ///   are not finite; `.numerical` naming a predictor that is a combination of the ones before it.
    public init(response: [Double], predictors: [Predictor], intercept: Bool = true) throws {
        let constant = Predictor(Self.interceptName, [Double](repeating: 1, count: response.count))
        let columns = (intercept ? [constant] : []) + predictors
        try Self.check(response, columns)
        solution = try LeastSquares(columns: columns.map(\.values), response: response) { index in
            ComputeError(
                .numerical, "predictor '\(columns[index].name)' is constant or a combination of the ones before it",
                remedy: "leave it out")
        }
        let residual = Summaries.sum(solution.residuals.lazy.map { $0 * $0 })
        let total =
            intercept
            ? Summaries.squaredDeviations(response) : Summaries.sum(response.lazy.map { $0 * $0 })
        let freedom = Double(response.count - columns.count)
        let slopes = Double(predictors.count)
        hasIntercept = intercept
        residuals = solution.residuals
        residualDegreesOfFreedom = freedom
        sigma = freedom > 0 ? (residual / freedom).squareRoot() : .nan
        rSquared = 1 - residual / total
        adjustedRSquared = 1 - residual / freedom * (freedom + slopes) / total
        fDegreesOfFreedom = [slopes, freedom]
        f = slopes > 0 && freedom > 0 ? (total - residual) / slopes / (residual / freedom) : .nan
        fPValue = f.isNaN ? .nan : FisherF(slopes, freedom).upperTail(f)
        let (sigma, solution) = (sigma, solution)
        coefficients = columns.indices.map { index in
            let estimate = solution.coefficients[index]
            let error = sigma * solution.inverseDiagonal(index).squareRoot()
            return Coefficient(
                name: columns[index].name, estimate: estimate, standardError: error, t: estimate / error,
                pValue: freedom > 0 ? StudentT(freedom).pValue(estimate / error, .twoSided) : .nan)
        }
    }

    /// The model at `point`, one value a predictor, with its bands.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` for another number of values or a level outside 0...1.
    public func predict(at point: [Double], level: Double = 0.95) throws -> Prediction {
        try Interval.checkLevel(level)
        let row = (hasIntercept ? [1] : []) + point
        guard row.count == coefficients.count else {
            let predictors = coefficients.count - (hasIntercept ? 1 : 0)
            throw ComputeError(.badArgument, "the model has \(predictors) predictors, got \(point.count)")
        }
        let fit = Summaries.sum(zip(row, coefficients).map { $0 * $1.estimate })
        let leverage = solution.leverage(row)
        let distribution = StudentT(residualDegreesOfFreedom)
        func interval(_ variance: Double) -> Interval {
            Interval.symmetric(
                fit, error: sigma * variance.squareRoot(), distribution, level: level, .twoSided)
        }
        return Prediction(fit: fit, confidence: interval(leverage), prediction: interval(1 + leverage))
    }

    private static func check(_ response: [Double], _ columns: [Predictor]) throws {
        if let odd = columns.first(where: { $0.values.count != response.count }) {
            throw ComputeError(
                .badArgument, "predictor '\(odd.name)' has \(odd.values.count) values, the response \(response.count)")
        }
        guard !columns.isEmpty, response.count >= columns.count else {
            throw ComputeError(
                .badArgument, "a linear model with \(columns.count) coefficients got \(response.count) rows")
        }
        if let odd = columns.first(where: { !$0.values.allSatisfy(\.isFinite) }) {
            throw ComputeError(.badArgument, "predictor '\(odd.name)' has values that are missing or infinite")
        }
        guard response.allSatisfy(\.isFinite) else {
            throw ComputeError(.badArgument, "the response has values that are missing or infinite")
        }
    }
}
