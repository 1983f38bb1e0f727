/// The squares about the mean, divided among the terms of a linear model in their order (type I, sequential), each term
/// tested against the residual (Fisher 1925, "Statistical methods for research workers", chapter 7).
public struct AnalysisOfVariance: Hashable, Sendable {
    /// One term, or the residual.
    public struct Row: Hashable, Sendable {
        public let name: String
        public let degreesOfFreedom: Double
        /// Sum of squares.
        public let squares: Double
        /// squares / degreesOfFreedom; NaN without any.
        public var meanSquare: Double { degreesOfFreedom > 0 ? squares / degreesOfFreedom : .nan }
        /// NaN for the residual, or without residual degrees of freedom.
        public let f: Double
        public let pValue: Double
        /// η², the term's share of the total squares.
        public let share: Double
    }

    public let terms: [Row]
    public let residual: Row
    /// About the mean, or about zero for a model without an intercept.
    public let totalSquares: Double

    /// - Parameter terms: names, and how many of the model's predictors belong to each, in their order.
    /// - Throws: `ComputeError` of kind `.badArgument` when the terms are not all of the predictors.
    public init(_ model: LinearModel, terms: [(name: String, columns: Int)]) throws {
        var next = model.hasIntercept ? 1 : 0
        guard terms.reduce(next, { $0 + $1.columns }) == model.coefficients.count else {
            throw ComputeError(
                .badArgument, "the terms are not the model's \(model.coefficients.count - next) predictors")
        }
        let parts = terms.map { term in
            defer { next += term.columns }
            return (term.name, Double(term.columns), model.squaresExplained(by: next..<next + term.columns))
        }
        self.init(
            parts, residual: model.residualSquares, freedom: model.residualDegreesOfFreedom, total: model.totalSquares)
    }

    /// One way: the groups' means against the spread within the groups.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` for fewer than two groups, an empty group, or values that are
    ///   missing or infinite.
    public init(groups: [[Double]], name: String = "groups") throws {
        guard groups.count >= 2 else {
            throw ComputeError(.badArgument, "an analysis of variance takes two or more groups, got \(groups.count)")
        }
        if let empty = groups.firstIndex(where: \.isEmpty) {
            throw ComputeError(.badArgument, "group \(empty) of the analysis of variance has no values")
        }
        if let odd = groups.firstIndex(where: { !$0.allSatisfy(\.isFinite) }) {
            throw ComputeError(.badArgument, "group \(odd) of the analysis of variance has missing or infinite values")
        }
        let all = groups.flatMap { $0 }
        let mean = DoubleDouble.mean(all)
        let between = DoubleDouble.sum(
            groups.lazy.map { (DoubleDouble.mean($0) - mean).squared * DoubleDouble(Double($0.count)) })
        self.init(
            [(name, Double(groups.count - 1), DoubleDouble.withoutNoise(between, of: all))],
            residual: .sum(groups.lazy.map { DoubleDouble.squaredDeviations($0) }),
            freedom: Double(all.count - groups.count), total: .squaredDeviations(all))
    }

    private init(
        _ parts: [(name: String, freedom: Double, squares: DoubleDouble)], residual: DoubleDouble, freedom: Double,
        total: DoubleDouble
    ) {
        let variance = residual.value / freedom
        terms = parts.map { part in
            let f = freedom > 0 ? part.squares.value / part.freedom / variance : .nan
            return Row(
                name: part.name, degreesOfFreedom: part.freedom, squares: part.squares.value, f: f,
                pValue: FisherF(part.freedom, freedom).pValue(f), share: (part.squares / total).value)
        }
        self.residual = Row(
            name: "residual", degreesOfFreedom: freedom, squares: residual.value, f: .nan, pValue: .nan,
            share: (residual / total).value)
        totalSquares = total.value
    }
}

extension FisherF {
    /// The probability of a statistic at least as large; NaN for NaN.
    func pValue(_ f: Double) -> Double {
        if f.isNaN { return .nan }
        return f == .infinity ? 0 : upperTail(f)
    }
}
