/// Linear regression by least squares: coefficients with their t tests, R², F, and the bands around the line.
///
/// Solved by Householder's QR of the design in double-double arithmetic (`LeastSquares`), never through normal equations,
/// whose condition number is the square. Formulas as in Weisberg 2014, "Applied linear regression", chapters 2 and 3.
public struct LinearModel: Hashable, Sendable {
    /// One column of the design.
    public struct Predictor: Hashable, Sendable {
        public let name: String
        let column: LeastSquares.Column

        public init(_ name: String, _ values: [Double]) {
            self.name = name
            column = LeastSquares.Column(values: values.map { DoubleDouble($0) }, isExtended: false)
        }

        private init(_ name: String, extended values: [DoubleDouble]) {
            self.name = name
            column = LeastSquares.Column(values: values, isExtended: true)
        }

        public var values: [Double] { column.values.map(\.value) }

        /// The powers 1...`degree` of a column, named "x", "x^2", …, with more digits than doubles hold: in a polynomial of
        /// high degree the rounding of the powers alone would change the coefficients.
        ///
        /// - Precondition: `degree` ≥ 1.
        public static func powers(of name: String, _ values: [Double], degree: Int) -> [Predictor] {
            let base = values.map { DoubleDouble($0) }
            var (power, predictors) = (base, [Predictor(name, values)])
            for exponent in stride(from: 2, through: degree, by: 1) {
                power = zip(power, base).map { $0 * $1 }
                predictors.append(Predictor("\(name)^\(exponent)", extended: power))
            }
            return predictors
        }

        /// Only these rows.
        public func taking(_ rows: [Int]) -> Predictor {
            let kept = rows.map { column.values[$0] }
            return column.isExtended
                ? Predictor(name, extended: kept) : Predictor(name, kept.map(\.value))
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
    /// In units of `scale`, whose square divides the sums: a power of two near the largest response, so that squares
    /// neither overflow nor vanish.
    private let response: [Double]
    private let scale: Double
    private let solution: LeastSquares
    private let residualSum, totalSum: DoubleDouble

    /// - Parameters:
    ///   - response: finite, as long as every predictor.
    ///   - intercept: whether a constant column comes first.
    /// - Throws: `ComputeError` of kind `.badArgument` for unequal lengths, fewer rows than coefficients or values that
    ///   are not finite; `.numerical` naming a predictor that is a combination of the ones before it.
    public init(response: [Double], predictors: [Predictor], intercept: Bool = true) throws {
        let constant = Predictor(Self.interceptName, [Double](repeating: 1, count: response.count))
        let columns = (intercept ? [constant] : []) + predictors
        try Self.check(response, columns)
        let scale = LeastSquares.scale(of: response)
        let scaled = response.map { $0 / scale }
        let solution = try LeastSquares(columns: columns.map(\.column), response: scaled) { index in
            ComputeError(
                .numerical, "predictor '\(columns[index].name)' is constant or a combination of the ones before it",
                remedy: "leave it out")
        }
        let residual = DoubleDouble.withoutNoise(.sum(solution.residuals.lazy.map(\.squared)), of: scaled)
        let total = intercept ? DoubleDouble.squaredDeviations(scaled) : DoubleDouble.squares(scaled)
        let (freedom, slopes) = (Double(response.count - columns.count), Double(predictors.count))
        let variance = residual.value / freedom
        (self.response, self.scale, self.solution, residualSum, totalSum) = (scaled, scale, solution, residual, total)
        hasIntercept = intercept
        residuals = solution.residuals.map { $0.value * scale }
        residualDegreesOfFreedom = freedom
        let sigma = freedom > 0 ? variance.squareRoot() * scale : .nan
        self.sigma = sigma
        rSquared = ((total - residual) / total).value
        adjustedRSquared = 1 - variance * (freedom + slopes) / total.value
        fDegreesOfFreedom = [slopes, freedom]
        f = slopes > 0 && freedom > 0 ? (total - residual).value / slopes / variance : .nan
        fPValue = FisherF(slopes, freedom).pValue(f)
        coefficients = columns.indices.map { index in
            let estimate = solution.coefficients[index].value * scale
            let error = sigma * solution.inverseDiagonal(index).value.squareRoot()
            return Coefficient(
                name: columns[index].name, estimate: estimate, standardError: error, t: estimate / error,
                pValue: freedom > 0 ? StudentT(freedom).pValue(estimate / error, .twoSided) : .nan)
        }
    }

    /// The model's height at each row.
    public var fitted: [Double] {
        zip(response, solution.residuals).map { (DoubleDouble($0) - $1).value * scale }
    }

    /// Whether the line meets every point as nearly as doubles can tell: errors and tests then measure rounding.
    public var isPerfect: Bool {
        let spread = residualSum.value / residualDegreesOfFreedom
        return spread.squareRoot() <= 1e-14
            * (DoubleDouble.squares(response).value / Double(response.count)).squareRoot()
    }

    /// Σ residual²; 0 where it is no more than the arithmetic's own rounding.
    var residualSquares: DoubleDouble { unscaled(residualSum) }
    /// Σ (y − mean)², about zero without an intercept.
    var totalSquares: DoubleDouble { unscaled(totalSum) }

    /// What columns of the design explain beyond the ones before them.
    func squaresExplained(by columns: Range<Int>) -> DoubleDouble {
        unscaled(DoubleDouble.withoutNoise(.sum(solution.effects[columns].lazy.map(\.squared)), of: response))
    }

    private func unscaled(_ squares: DoubleDouble) -> DoubleDouble { squares.scaled(by: scale).scaled(by: scale) }

    /// Where a coefficient's true value is expected; NaN without residual degrees of freedom.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` for a level outside 0...1.
    public func interval(of coefficient: Coefficient, level: Double = 0.95) throws -> Interval {
        try Interval.checkLevel(level)
        return Interval.symmetric(
            coefficient.estimate, error: coefficient.standardError, StudentT(residualDegreesOfFreedom), level: level,
            .twoSided)
    }

    /// The model at `point`, one value a predictor, with its bands.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` for another number of values or a level outside 0...1.
    public func predict(at point: [Double], level: Double = 0.95) throws -> Prediction {
        let predictions = try predict(point.map { Predictor("", [$0]) }, rows: 1, level: level)
        return predictions[0]
    }

    /// The model at each of `rows` new rows of its predictors, with its bands. A missing or infinite value gives
    /// missing ones (NaN).
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` for another number of predictors or a level outside 0...1.
    public func predict(_ predictors: [Predictor], rows: Int, level: Double = 0.95) throws -> [Prediction] {
        try Interval.checkLevel(level)
        let slopes = coefficients.count - (hasIntercept ? 1 : 0)
        guard predictors.count == slopes else {
            throw ComputeError(.badArgument, "the model has \(slopes) predictors, got \(predictors.count)")
        }
        if let odd = predictors.first(where: { $0.column.values.count != rows }) {
            throw ComputeError(
                .badArgument, "predictor '\(odd.name)' has \(odd.column.values.count) values for \(rows) rows")
        }
        // The quantile is the same in every row.
        let quantile = StudentT(residualDegreesOfFreedom).quantile((1 + level) / 2)
        return (0..<rows).map { row in
            let point = (hasIntercept ? [.one] : []) + predictors.map { $0.column.values[row] }
            let fit = DoubleDouble.sum(zip(point, solution.coefficients).lazy.map { $0 * $1 }).value * scale
            let leverage = solution.leverage(point).value
            func interval(_ variance: Double) -> Interval {
                let half = quantile * sigma * variance.squareRoot()
                return Interval(low: fit - half, high: fit + half, level: level)
            }
            return Prediction(fit: fit, confidence: interval(leverage), prediction: interval(1 + leverage))
        }
    }

    private static let infinities = "logits of 0 and 1 and logarithms of 0 are infinite: leave those rows out"

    private static func check(_ response: [Double], _ columns: [Predictor]) throws {
        if let odd = columns.first(where: { $0.column.values.count != response.count }) {
            let count = odd.column.values.count
            throw ComputeError(
                .badArgument, "predictor '\(odd.name)' has \(count) values, the response \(response.count)")
        }
        guard !columns.isEmpty, response.count >= columns.count else {
            throw ComputeError(
                .badArgument, "a linear model with \(columns.count) coefficients got \(response.count) rows")
        }
        if let odd = columns.first(where: { !$0.column.values.allSatisfy(\.isFinite) }) {
            throw ComputeError(
                .badArgument, "predictor '\(odd.name)' has values that are missing or infinite", remedy: Self.infinities
            )
        }
        guard response.allSatisfy(\.isFinite) else {
            throw ComputeError(
                .badArgument, "the response has values that are missing or infinite", remedy: Self.infinities)
        }
    }
}
