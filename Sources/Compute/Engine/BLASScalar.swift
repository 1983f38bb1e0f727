import CBLAS

/// The element types that OpenBLAS computes with: 32-bit floats for features and weights, 64-bit ones where digits count.
///
/// Leading dimensions follow from dense row-major storage; `BLAS` has checked the sizes before it calls these.
public protocol BLASScalar: BinaryFloatingPoint & Sendable {
    static func gemm(
        _ transposeA: Bool, _ transposeB: Bool, _ sizes: BLAS.Sizes, _ alpha: Self, _ a: UnsafePointer<Self>,
        _ b: UnsafePointer<Self>, _ beta: Self, _ c: UnsafeMutablePointer<Self>)
    static func syrk(
        _ transpose: Bool, _ sizes: BLAS.Sizes, _ a: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>)
    static func gemv(
        _ transpose: Bool, _ sizes: BLAS.Sizes, _ a: UnsafePointer<Self>, _ x: UnsafePointer<Self>,
        _ y: UnsafeMutablePointer<Self>)
}

extension Float: BLASScalar {
    public static func gemm(
        _ transposeA: Bool, _ transposeB: Bool, _ sizes: BLAS.Sizes, _ alpha: Float, _ a: UnsafePointer<Float>,
        _ b: UnsafePointer<Float>, _ beta: Float, _ c: UnsafeMutablePointer<Float>
    ) {
        let (m, n, k) = (sizes.m, sizes.n, sizes.k)
        let (lda, ldb) = (transposeA ? m : k, transposeB ? k : n)
        blas_sgemm(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, n)
    }

    public static func syrk(
        _ transpose: Bool, _ sizes: BLAS.Sizes, _ a: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
    ) {
        blas_ssyrk(transpose, sizes.n, sizes.k, 1, a, transpose ? sizes.n : sizes.k, 0, c, sizes.n)
    }

    public static func gemv(
        _ transpose: Bool, _ sizes: BLAS.Sizes, _ a: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
        _ y: UnsafeMutablePointer<Float>
    ) {
        blas_sgemv(transpose, sizes.m, sizes.n, 1, a, sizes.n, x, 0, y)
    }
}

extension Double: BLASScalar {
    public static func gemm(
        _ transposeA: Bool, _ transposeB: Bool, _ sizes: BLAS.Sizes, _ alpha: Double, _ a: UnsafePointer<Double>,
        _ b: UnsafePointer<Double>, _ beta: Double, _ c: UnsafeMutablePointer<Double>
    ) {
        let (m, n, k) = (sizes.m, sizes.n, sizes.k)
        let (lda, ldb) = (transposeA ? m : k, transposeB ? k : n)
        blas_dgemm(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, n)
    }

    public static func syrk(
        _ transpose: Bool, _ sizes: BLAS.Sizes, _ a: UnsafePointer<Double>, _ c: UnsafeMutablePointer<Double>
    ) {
        blas_dsyrk(transpose, sizes.n, sizes.k, 1, a, transpose ? sizes.n : sizes.k, 0, c, sizes.n)
    }

    public static func gemv(
        _ transpose: Bool, _ sizes: BLAS.Sizes, _ a: UnsafePointer<Double>, _ x: UnsafePointer<Double>,
        _ y: UnsafeMutablePointer<Double>
    ) {
        blas_dgemv(transpose, sizes.m, sizes.n, 1, a, sizes.n, x, 0, y)
    }
}
