#if canImport(Glibc)
    import Glibc
#endif

/// A row-major matrix of 64-bit numbers: one representation an example, a row each.
///
/// 64 bits, not the engine's 32: what is computed here (evidence, covariances, eigenvectors) loses half of its digits to
/// squaring, and a matrix of 3,680 × 2,048 is only 60 MB. Invariant: at least one row and one column, all numbers finite.
public struct FeatureMatrix: Hashable, Sendable {
    public let rows: Int
    public let columns: Int
    public let values: [Double]

    /// - Throws: `ComputeError` of kind `.badArgument` for an empty matrix, a wrong number of values, or one not finite.
    public init(rows: Int, columns: Int, values: [Double]) throws {
        guard rows > 0, columns > 0 else {
            throw ComputeError(.badArgument, "a matrix has at least one row and one column, got \(rows) × \(columns)")
        }
        guard rows.multipliedReportingOverflow(by: columns) == (values.count, false) else {
            throw ComputeError(
                .badArgument, "a matrix of \(rows) × \(columns) got \(values.count) numbers")
        }
        if let place = values.firstIndex(where: { !$0.isFinite }) {
            throw ComputeError(
                .badArgument,
                "a matrix holds finite numbers; row \(place / columns), column \(place % columns) is \(values[place])")
        }
        self.init(unchecked: rows, columns, values)
    }

    /// - Parameter rows: all of one length.
    /// - Throws: `ComputeError` of kind `.badArgument` naming the first row of another length.
    public init(rows: [[Double]]) throws {
        let columns = rows.first?.count ?? 0
        if let odd = rows.firstIndex(where: { $0.count != columns }) {
            throw ComputeError(
                .badArgument,
                "the rows of a matrix have one length; row 0 has \(columns) numbers, row \(odd) has \(rows[odd].count)")
        }
        try self.init(rows: rows.count, columns: columns, values: rows.flatMap { $0 })
    }

    /// Features as networks compute them.
    public init(_ features: Matrix) throws {
        try self.init(rows: features.rows, columns: features.columns, values: features.values.map(Double.init))
    }

    /// For results that keep the invariant by construction.
    init(unchecked rows: Int, _ columns: Int, _ values: [Double]) {
        (self.rows, self.columns, self.values) = (rows, columns, values)
    }

    /// - Precondition: `index` lies in `0..<rows`.
    public func row(_ index: Int) -> [Double] { Array(values[index * columns..<(index + 1) * columns]) }

    /// - Precondition: `index` lies in `0..<columns`.
    public func column(_ index: Int) -> [Double] { (0..<rows).map { values[$0 * columns + index] } }

    /// Its rows of a range within `0..<rows` that is not empty.
    public func rows(_ range: Range<Int>) -> FeatureMatrix {
        FeatureMatrix(
            unchecked: range.count, columns, Array(values[range.lowerBound * columns..<range.upperBound * columns]))
    }

    // MARK: Arithmetic

    /// The mean of every column.
    var means: [Double] {
        var sums = [Double](repeating: 0, count: columns)
        values.withUnsafeBufferPointer { values in
            for row in 0..<rows { for column in sums.indices { sums[column] += values[row * columns + column] } }
        }
        return sums.map { $0 / Double(rows) }
    }

    /// The columns less `shifts`, the means of all rows unless given.
    func centred(by shifts: [Double]? = nil) -> FeatureMatrix {
        let shifts = shifts ?? constantSafeMeans
        var shifted = values
        shifted.withUnsafeMutableBufferPointer { shifted in
            for row in 0..<rows { for column in shifts.indices { shifted[row * columns + column] -= shifts[column] } }
        }
        return FeatureMatrix(unchecked: rows, columns, shifted)
    }

    /// The means, where a column of equal numbers has exactly that number: rounding must not make it vary.
    var constantSafeMeans: [Double] {
        var means = means
        for column in means.indices where isConstant(column) { means[column] = values[column] }
        return means
    }

    private func isConstant(_ column: Int) -> Bool {
        let first = values[column]
        return values.withUnsafeBufferPointer { values in
            for row in 1..<max(rows, 1) where values[row * columns + column] != first { return false }
            return true
        }
    }

    /// The product of both after the given transpositions; its sizes must match.
    func times(
        _ other: FeatureMatrix, _ first: BLAS.Operation = .plain, _ second: BLAS.Operation = .plain, blas: BLAS
    ) throws -> FeatureMatrix {
        let (m, k) = first == .plain ? (rows, columns) : (columns, rows)
        let n = second == .plain ? other.columns : other.rows
        var product = [Double](repeating: 0, count: m * n)
        try product.withUnsafeMutableBufferPointer { product in
            try values.withUnsafeBufferPointer { a in
                try other.values.withUnsafeBufferPointer {
                    try blas.gemm(a, first, $0, second, into: product, m: m, n: n, k: k)
                }
            }
        }
        return FeatureMatrix(unchecked: m, n, product)
    }

    /// XᵀX for `.transposed`, XXᵀ for `.plain`.
    func gram(_ operation: BLAS.Operation, blas: BLAS) throws -> FeatureMatrix {
        let (n, k) = operation == .plain ? (rows, columns) : (columns, rows)
        var product = [Double](repeating: 0, count: n * n)
        try product.withUnsafeMutableBufferPointer { product in
            try values.withUnsafeBufferPointer { try blas.syrk($0, operation, into: product, n: n, k: k) }
        }
        return FeatureMatrix(unchecked: n, n, product)
    }

    /// Σ of the squares of all numbers.
    var sumOfSquares: Double { dot(values, values) }

    /// Rows scaled each by a factor of its own.
    func scalingRows(by factors: [Double]) -> FeatureMatrix {
        var scaled = values
        for (row, factor) in zip(0..<rows, factors) {
            for index in row * columns..<(row + 1) * columns { scaled[index] *= factor }
        }
        return FeatureMatrix(unchecked: rows, columns, scaled)
    }

    /// Columns scaled each by a factor of its own.
    func scalingColumns(by factors: [Double]) -> FeatureMatrix {
        var scaled = values
        for row in 0..<rows {
            for (column, factor) in factors.enumerated() { scaled[row * columns + column] *= factor }
        }
        return FeatureMatrix(unchecked: rows, columns, scaled)
    }
}

extension FeatureMatrix {
    /// Every row as probabilities: exp(x) over the row's sum.
    public func softmax() -> FeatureMatrix {
        var shares = values
        for row in 0..<rows {
            let range = row * columns..<(row + 1) * columns
            let largest = shares[range].max() ?? 0
            for index in range { shares[index] = exp(shares[index] - largest) }
            let sum = shares[range].reduce(0, +)
            for index in range { shares[index] /= sum }
        }
        return FeatureMatrix(unchecked: rows, columns, shares)
    }
}
