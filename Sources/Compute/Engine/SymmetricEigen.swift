import CBLAS

/// Eigenvalues and eigenvectors of a symmetric matrix by divide and conquer (LAPACK's dsyevd, which OpenBLAS carries).
public struct SymmetricEigen: Sendable {
    /// Ascending.
    public let values: [Double]
    /// n × n, row-major: row i is the unit eigenvector of `values[i]`.
    public let vectors: [Double]

    /// - Parameter matrix: n × n, row-major; only the upper triangle is read.
    /// - Throws: `ComputeError` of kind `.numerical` when an entry is not finite or the iteration fails.
    /// - Complexity: O(n³); 0.1 s for n = 1024 and 0.9 s for n = 2048 on two cores.
    public init(_ matrix: [Double], order n: Int, blas: BLAS) throws {
        // 16384: the workspace of 2n² doubles must count in 32 bits.
        guard n >= 0, n <= 16384, matrix.count == n * n else {
            throw ComputeError(.badArgument, "an eigenproblem of order \(n) got \(matrix.count) values")
        }
        // LAPACK loops without end on some inputs that are not numbers.
        guard matrix.allSatisfy(\.isFinite) else {
            throw ComputeError(.numerical, "an eigenproblem needs finite numbers")
        }
        guard n > 0 else {
            (values, vectors) = ([], [])
            return
        }
        var (a, w) = (matrix, [Double](repeating: 0, count: n))
        var work = [Double](repeating: 0, count: 1 + 6 * n + 2 * n * n)
        var integers = [Int32](repeating: 0, count: 3 + 5 * n)
        let (workSize, integerSize) = (Int32(work.count), Int32(integers.count))
        blas_set_threads(Int32(blas.threads))
        let info = blas_eigen(Int32(n), &a, &w, &work, workSize, &integers, integerSize)
        guard info == 0 else {
            throw ComputeError(.numerical, "the eigenvalue iteration did not converge (LAPACK info \(info))")
        }
        (values, vectors) = (w, a)
    }
}
