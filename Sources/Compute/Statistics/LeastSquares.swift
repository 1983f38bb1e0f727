/// The coefficients that minimise ‖X·b − y‖, by Householder reflections of the columns scaled to unit length (Golub &
/// Van Loan 2013, "Matrix computations", algorithms 5.2.1 and 5.3.2).
///
/// Invariant: X·diag(1 / scale) = Q·R with R upper triangular, from which the covariance of the coefficients follows.
struct LeastSquares: Hashable, Sendable {
    let coefficients: [Double]
    /// y − X·b.
    let residuals: [Double]
    /// R column by column: entry [j][i] is in row i ≤ j.
    private let triangle: [[Double]]
    private let scales: [Double]

    /// A column whose part outside the span of those before it is below this share of its length is taken for
    /// dependent.
    private static let smallestShare = 1e-13

    /// - Parameter dependent: the error for the column at the given index when it is a combination of those before it.
    /// - Precondition: columns of the response's length, no more of them than rows, all finite.
    init(columns: [[Double]], response: [Double], dependent: (Int) -> ComputeError) throws {
        precondition(columns.allSatisfy { $0.count == response.count } && columns.count <= response.count)
        scales = columns.map { column in
            let largest = column.reduce(0) { max($0, abs($1)) }
            return largest == 0 ? 1 : largest * Self.length(column.map { $0 / largest })
        }
        var work = zip(columns, scales).map { column, scale in column.map { $0 / scale } }
        var projected = response
        for index in work.indices {
            let length = Self.length(work[index][index...])
            guard length > Self.smallestShare else { throw dependent(index) }
            let diagonal = work[index][index] > 0 ? -length : length
            var mirror = Array(work[index][index...])
            mirror[0] -= diagonal
            let square = Summaries.sum(mirror.lazy.map { $0 * $0 })
            for later in work.indices where later > index { Self.reflect(&work[later], from: index, mirror, square) }
            Self.reflect(&projected, from: index, mirror, square)
            work[index][index] = diagonal
        }
        triangle = work.indices.map { Array(work[$0][...$0]) }
        let scaled = Self.backSubstitute(triangle, projected)
        coefficients = zip(scaled, scales).map { $0 / $1 }
        let (estimates, rows) = (coefficients, response.indices)
        residuals = rows.map { row in
            response[row] - Summaries.sum(columns.indices.lazy.map { columns[$0][row] * estimates[$0] })
        }
    }

    /// Entry [index][index] of (XᵀX)⁻¹.
    func inverseDiagonal(_ index: Int) -> Double {
        var unit = [Double](repeating: 0, count: scales.count)
        unit[index] = 1
        return leverage(unit)
    }

    /// rowᵀ (XᵀX)⁻¹ row: the variance of the fit there, in units of the residual variance.
    func leverage(_ row: [Double]) -> Double {
        // Solves Rᵀ z = row / scale from the top; the answer is ‖z‖².
        var z: [Double] = []
        for index in scales.indices {
            let known = Summaries.sum(z.indices.lazy.map { triangle[index][$0] * z[$0] })
            z.append((row[index] / scales[index] - known) / triangle[index][index])
        }
        return Summaries.sum(z.lazy.map { $0 * $0 })
    }

    private static func length(_ values: some Sequence<Double>) -> Double {
        Summaries.sum(values.lazy.map { $0 * $0 }).squareRoot()
    }

    /// x ← x − 2 v (vᵀx) / (vᵀv) over the entries from `first` on.
    private static func reflect(_ x: inout [Double], from first: Int, _ mirror: [Double], _ square: Double) {
        let factor = 2 * Summaries.sum(mirror.indices.lazy.map { [x] in mirror[$0] * x[first + $0] }) / square
        for index in mirror.indices { x[first + index] -= factor * mirror[index] }
    }

    private static func backSubstitute(_ triangle: [[Double]], _ right: [Double]) -> [Double] {
        var solution = [Double](repeating: 0, count: triangle.count)
        for index in triangle.indices.reversed() {
            let known = (index + 1..<triangle.count).map { triangle[$0][index] * solution[$0] }
            solution[index] = (right[index] - Summaries.sum(known)) / triangle[index][index]
        }
        return solution
    }
}
