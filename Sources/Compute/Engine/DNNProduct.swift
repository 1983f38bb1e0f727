/// Matrix products by oneDNN: what `BLAS` is measured against.
public enum DNNProduct {
    /// - Throws: `.badArgument` when the sizes do not fit.
    public static func multiply(_ a: Matrix, by b: Matrix, threads: Int) throws -> Matrix {
        guard a.columns == b.rows else {
            throw ComputeError(
                .badArgument, "a \(a.rows) × \(a.columns) matrix cannot multiply \(b.rows) × \(b.columns)")
        }
        let context = try DNN.Context(threads: threads)
        var product = Matrix(zeros: a.rows, b.columns)
        try a.values.withUnsafeBufferPointer { left in
            try b.values.withUnsafeBufferPointer { right in
                try product.values.withUnsafeMutableBufferPointer { result in
                    try DNN.multiply(
                        left, .normal, right, .normal, into: result, rows: a.rows, inner: a.columns, columns: b.columns,
                        in: context)
                }
            }
        }
        return product
    }
}
