/// Linear CKA: how alike two representations of the same examples are, up to rotation and scale.
///
/// Kornblith, Norouzi, Lee and Hinton 2019, "Similarity of neural network representations revisited", ICML, with centred
/// columns: ‖YᵀX‖² / (‖XᵀX‖ ‖YᵀY‖), all norms Frobenius's.
public enum KernelAlignment {
    /// - Returns: 0…1.
    /// - Throws: `ComputeError` of kind `.badArgument` for different examples, or features that never vary.
    /// - Complexity: the cheaper of products of features (d × d) and of examples (n × n).
    public static func linear(_ x: FeatureMatrix, _ y: FeatureMatrix, blas: BLAS) throws -> Double {
        guard x.rows == y.rows else {
            throw ComputeError(
                .badArgument, "both matrices describe the same examples, got \(x.rows) and \(y.rows) rows")
        }
        let (x, y) = (x.centred(), y.centred())
        let (cross, own, other): (Double, Double, Double)
        // Multiply-adds: n (p + q)² / 2 by features, n² (p + q) / 2 by examples.
        if x.columns + y.columns <= x.rows {
            cross = try y.times(x, .transposed, .plain, blas: blas).sumOfSquares
            own = try x.gram(.transposed, blas: blas).sumOfSquares.squareRoot()
            other = try y.gram(.transposed, blas: blas).sumOfSquares.squareRoot()
        } else {
            let (k, l) = (try x.gram(.plain, blas: blas), try y.gram(.plain, blas: blas))
            cross = dot(k.values, l.values)
            (own, other) = (k.sumOfSquares.squareRoot(), l.sumOfSquares.squareRoot())
        }
        guard own > 0, other > 0 else {
            throw ComputeError(.badArgument, "the features do not vary, so that nothing can be compared")
        }
        return min(1, cross / own / other)
    }
}
