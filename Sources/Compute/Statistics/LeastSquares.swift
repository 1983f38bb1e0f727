/// The coefficients that minimise ‖X·b − y‖, by Householder reflections (Golub & Van Loan 2013, "Matrix computations",
/// algorithms 5.2.1 and 5.3.2), in double-double arithmetic: the error of b grows with the condition of X, which for
/// powers of one column easily exceeds what doubles can lose.
///
/// Invariant: X·diag(1 / scale) = Q·R with R upper triangular, from which the covariance of the coefficients follows.
struct LeastSquares: Hashable, Sendable {
    /// A column of X.
    struct Column: Hashable, Sendable {
        let values: [DoubleDouble]
        /// Whether its entries are good to more than a double's digits.
        let isExtended: Bool

        /// A column whose part outside the span of those before it is below this share of its length is taken for
        /// dependent: doubles that were computed as a combination differ from it by their rounding.
        fileprivate var smallestShare: Double { isExtended ? 1e-24 : 1e-13 }
    }

    let coefficients: [DoubleDouble]
    /// y − X·b.
    let residuals: [DoubleDouble]
    /// The first entries of Qᵀy: the square of entry j is what column j explains beyond the ones before it.
    let effects: [DoubleDouble]
    /// R column by column: entry [j][i] is in row i ≤ j.
    private let triangle: [[DoubleDouble]]
    /// Powers of two, so that scaling is exact.
    private let scales: [Double]

    /// - Parameter dependent: the error for the column at the given index when it is a combination of those before it.
    /// - Precondition: columns of the response's length, no more of them than rows, all finite.
    init(columns: [Column], response: [Double], dependent: (Int) -> ComputeError) throws {
        precondition(columns.allSatisfy { $0.values.count == response.count } && columns.count <= response.count)
        scales = columns.map { Self.scale(of: $0.values.lazy.map(\.high)) }
        var work = zip(columns, scales).map { column, scale in
            column.values.map { $0.scaled(by: 1 / scale) }
        }
        var projected = response.map { DoubleDouble($0) }
        for index in work.indices {
            let whole = Self.squares(work[index][...]).value.squareRoot()
            let length = Self.squares(work[index][index...]).squareRoot()
            guard length.value > columns[index].smallestShare * whole else { throw dependent(index) }
            // Reflections keep lengths, so `whole` is that of the column as given.
            let diagonal = work[index][index].high > 0 ? -length : length
            var mirror = Array(work[index][index...])
            mirror[0] = mirror[0] - diagonal
            let square = Self.squares(mirror[...])
            for later in work.indices where later > index { Self.reflect(&work[later], from: index, mirror, square) }
            Self.reflect(&projected, from: index, mirror, square)
            work[index][index] = diagonal
        }
        triangle = work.indices.map { Array(work[$0][...$0]) }
        effects = Array(projected[..<columns.count])
        let scaled = Self.backSubstitute(triangle, projected)
        let estimates = zip(scaled, scales).map { $0.scaled(by: 1 / $1) }
        coefficients = estimates
        residuals = response.indices.map { row in
            zip(columns, estimates).reduce(DoubleDouble(response[row])) { $0 - $1.0.values[row] * $1.1 }
        }
    }

    /// A power of two near the largest magnitude.
    static func scale(of values: some Sequence<Double>) -> Double {
        let largest = values.reduce(0) { max($0, abs($1)) }
        // The reciprocals of the smallest doubles overflow.
        return largest < 0x1p-1000 ? 1 : Double(sign: .plus, exponent: largest.exponent, significand: 1)
    }

    /// Entry [index][index] of (XᵀX)⁻¹.
    func inverseDiagonal(_ index: Int) -> DoubleDouble {
        leverage(scales.indices.map { $0 == index ? .one : .zero })
    }

    /// rowᵀ (XᵀX)⁻¹ row: the variance of the fit there, in units of the residual variance.
    func leverage(_ row: [DoubleDouble]) -> DoubleDouble {
        // Solves Rᵀ z = row / scale from the top; the answer is ‖z‖².
        var z: [DoubleDouble] = []
        for index in scales.indices {
            let known = DoubleDouble.sum(z.indices.lazy.map { triangle[index][$0] * z[$0] })
            z.append((row[index].scaled(by: 1 / scales[index]) - known) / triangle[index][index])
        }
        return Self.squares(z[...])
    }

    private static func squares(_ values: ArraySlice<DoubleDouble>) -> DoubleDouble {
        DoubleDouble.sum(values.lazy.map(\.squared))
    }

    /// x ← x − 2 v (vᵀx) / (vᵀv) over the entries from `first` on.
    private static func reflect(
        _ x: inout [DoubleDouble], from first: Int, _ mirror: [DoubleDouble], _ square: DoubleDouble
    ) {
        var product = DoubleDouble.zero
        for index in mirror.indices { product = product + mirror[index] * x[first + index] }
        let factor = product.scaled(by: 2) / square
        for index in mirror.indices { x[first + index] = x[first + index] - factor * mirror[index] }
    }

    private static func backSubstitute(_ triangle: [[DoubleDouble]], _ right: [DoubleDouble]) -> [DoubleDouble] {
        var solution = [DoubleDouble](repeating: .zero, count: triangle.count)
        for index in triangle.indices.reversed() {
            let known = (index + 1..<triangle.count).map { triangle[$0][index] * solution[$0] }
            solution[index] = (right[index] - DoubleDouble.sum(known)) / triangle[index][index]
        }
        return solution
    }
}
