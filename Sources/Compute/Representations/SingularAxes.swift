/// The thin singular value decomposition X = U · diag(s) · Vᵀ, from the eigenvectors of the smaller of XᵀX and XXᵀ.
///
/// Squaring costs half of the digits of singular values far below the largest; those below `cutoff` are taken as zero. All
/// scores here depend on the values through s² and lose none that they had.
struct SingularAxes: Sendable {
    /// s², descending, those above the cutoff.
    let squares: [Double]
    /// Uᵀ, axes × examples: row k is the k-th left vector. Empty when nothing varies.
    let left: [Double]
    /// Vᵀ, axes × features.
    let right: [Double]
    let rows: Int
    let columns: Int

    var count: Int { squares.count }

    /// Above this order, the workspace of the eigendecomposition does not fit the library's 32-bit sizes.
    static let largestOrder = 16384

    /// - Throws: `ComputeError` of kind `.badArgument` when both sides are longer than 16,384.
    init(_ matrix: FeatureMatrix, blas: BLAS) throws {
        (rows, columns) = (matrix.rows, matrix.columns)
        let order = min(rows, columns)
        guard order <= SingularAxes.largestOrder else {
            throw ComputeError(
                .badArgument, "\(rows) × \(columns) features are too many for an exact decomposition",
                remedy: "take fewer columns first: pca(features, components: 256, method: \"randomised\").scores")
        }
        let isTall = columns <= rows
        let gram = try matrix.gram(isTall ? .transposed : .plain, blas: blas)
        let eigen = try SymmetricEigen(gram.values, order: order, blas: blas)
        let largest = eigen.values.last ?? 0
        let cutoff = largest * Double(max(rows, columns)) * Double.ulpOfOne
        let kept = eigen.values.indices.reversed().filter { eigen.values[$0] > cutoff && eigen.values[$0] > 0 }
        squares = kept.map { eigen.values[$0] }
        guard !kept.isEmpty else {
            (left, right) = ([], [])
            return
        }
        let near = FeatureMatrix(
            unchecked: kept.count, order, kept.flatMap { eigen.vectors[$0 * order..<($0 + 1) * order] })
        let scale = squares.map { 1 / $0.squareRoot() }
        // V = Xᵀ U / s, or U = X V / s.
        let far = try near.times(matrix, .plain, isTall ? .transposed : .plain, blas: blas).scalingRows(by: scale)
        (left, right) = isTall ? (far.values, near.values) : (near.values, far.values)
    }

    /// Uᵀ · B, axes × columns of B.
    func leftProduct(_ other: FeatureMatrix, blas: BLAS) throws -> FeatureMatrix {
        try FeatureMatrix(unchecked: count, rows, left).times(other, blas: blas)
    }
}
