import CBLAS

/// Dense linear algebra by OpenBLAS (row-major matrices), with every size checked before a pointer leaves Swift.
///
/// A value stands for the loaded library and a number of threads; the C shim picks the kernels that fit the CPU.
/// Results have the same bits for the same thread count. The functions on buffers are for inner loops that reuse
/// memory; those on `Matrix` allocate their result.
public struct BLAS: Sendable {
    public let threads: Int

    /// - Throws: `ComputeError` of kind `.engine` when OpenBLAS is not installed, `.badArgument` for `threads` below 1.
    public init(threads: Int) throws {
        guard threads >= 1 else {
            throw ComputeError(
                .badArgument, "linear algebra needs at least one thread, got \(threads)", subject: "threads")
        }
        if let failure = blas_load() {
            throw ComputeError(.engine, String(cString: failure), remedy: "install the Debian package libopenblas0")
        }
        // More threads than the library was built for (128 on Debian) are clipped by the library itself.
        self.threads = min(threads, 1024)
    }

    /// The kernels that OpenBLAS runs, e.g. "SkylakeX".
    public var coreName: String { String(cString: blas_core_name()) }

    /// Whether an operand is read as it lies in memory or transposed.
    public enum Operation: Sendable { case plain, transposed }

    /// a · b after the given transpositions.
    public func multiply(
        _ a: Matrix, _ first: Operation = .plain, by b: Matrix, _ second: Operation = .plain
    ) throws -> Matrix {
        let (m, k) = first == .plain ? (a.rows, a.columns) : (a.columns, a.rows)
        let n = second == .plain ? b.columns : b.rows
        var c = Matrix(zeros: m, n)
        try a.values.withUnsafeBufferPointer { a in
            try b.values.withUnsafeBufferPointer { b in
                try c.values.withUnsafeMutableBufferPointer { c in
                    try gemm(a, first, b, second, into: c, m: m, n: n, k: k)
                }
            }
        }
        return c
    }

    /// c ← alpha · op(a) · op(b) + beta · c with op(a) m × k, op(b) k × n and c m × n, all dense.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` when a buffer has another size.
    public func gemm<Scalar: BLASScalar>(
        _ a: UnsafeBufferPointer<Scalar>, _ first: Operation, _ b: UnsafeBufferPointer<Scalar>, _ second: Operation,
        into c: UnsafeMutableBufferPointer<Scalar>, m: Int, n: Int, k: Int, alpha: Scalar = 1, beta: Scalar = 0
    ) throws {
        let sizes = try Sizes(m, n, k)
        guard a.count == m * k, b.count == k * n, c.count == m * n else {
            throw mismatch("a product of \(m) × \(k) and \(k) × \(n)", [a.count, b.count, c.count])
        }
        guard let cBase = c.baseAddress, let aBase = a.baseAddress, let bBase = b.baseAddress, k > 0 else {
            for index in c.indices { c[index] = beta == 0 ? 0 : beta * c[index] }
            return
        }
        useThreads(forMultiplyAdds: m * n * k)
        Scalar.gemm(first == .transposed, second == .transposed, sizes, alpha, aBase, bBase, beta, cBase)
    }

    /// Both triangles of c ← op(a) · op(a)ᵀ with op(a) n × k: half the work of a product.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` when a buffer has another size.
    public func syrk<Scalar: BLASScalar>(
        _ a: UnsafeBufferPointer<Scalar>, _ operation: Operation, into c: UnsafeMutableBufferPointer<Scalar>,
        n: Int, k: Int
    ) throws {
        let sizes = try Sizes(n, n, k)
        guard a.count == n * k, c.count == n * n else {
            throw mismatch("a symmetric product of \(n) × \(k)", [a.count, c.count])
        }
        guard let cBase = c.baseAddress, let aBase = a.baseAddress, k > 0 else {
            c.update(repeating: 0)
            return
        }
        useThreads(forMultiplyAdds: n * n * k / 2)
        Scalar.syrk(operation == .transposed, sizes, aBase, cBase)
        for row in 1..<max(n, 1) { for column in 0..<row { c[row * n + column] = c[column * n + row] } }
    }

    /// y ← op(a) · x with `a` m × n in memory.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` when a buffer has another size.
    public func gemv<Scalar: BLASScalar>(
        _ a: UnsafeBufferPointer<Scalar>, _ operation: Operation, _ x: UnsafeBufferPointer<Scalar>,
        into y: UnsafeMutableBufferPointer<Scalar>, m: Int, n: Int
    ) throws {
        let sizes = try Sizes(m, n, 1)
        let (output, input) = operation == .plain ? (m, n) : (n, m)
        guard a.count == m * n, x.count == input, y.count == output else {
            throw mismatch("a product of \(output) × \(input) with a vector", [a.count, x.count, y.count])
        }
        guard let aBase = a.baseAddress, let xBase = x.baseAddress, let yBase = y.baseAddress else {
            y.update(repeating: 0)
            return
        }
        useThreads(forMultiplyAdds: m * n)
        Scalar.gemv(operation == .transposed, sizes, aBase, xBase, yBase)
    }

    /// Waking a second thread costs as much as four million multiply-adds (some 40 µs); smaller products stay on one.
    private func useThreads(forMultiplyAdds work: Int) {
        blas_set_threads(work < 1 << 22 ? 1 : Int32(threads))
    }

    private func mismatch(_ what: String, _ counts: [Int]) -> ComputeError {
        ComputeError(.badArgument, "\(what) got buffers of \(counts.map(String.init).joined(separator: ", ")) values")
    }

    /// Sizes that fit the library's 32-bit integers.
    public struct Sizes: Sendable {
        let m, n, k: Int32

        init(_ m: Int, _ n: Int, _ k: Int) throws {
            guard let m = Int32(exactly: m), let n = Int32(exactly: n), let k = Int32(exactly: k), min(m, n, k) >= 0
            else { throw ComputeError(.badArgument, "matrix sizes \(m), \(n), \(k) are not between 0 and 2³¹ − 1") }
            (self.m, self.n, self.k) = (m, n, k)
        }
    }
}
