import Foundation
import Testing

@testable import Compute

@Suite struct BLASTests {
    /// Small whole numbers, so that every product is exact in both types.
    private func ramp<Scalar: BLASScalar>(_ count: Int, _ step: Int, _ modulus: Int) -> [Scalar] {
        (0..<count).map { Scalar($0 * step % modulus - modulus / 2) }
    }

    private func checkProducts<Scalar: BLASScalar>(_: Scalar.Type) throws {
        let blas = try BLAS(threads: 2)
        // The last one is large enough to be shared by both threads.
        for (m, n, k) in [(1, 1, 1), (3, 5, 7), (64, 33, 17), (130, 2, 300), (170, 150, 170)] {
            let (a, b): ([Scalar], [Scalar]) = (ramp(m * k, 7, 11), ramp(k * n, 5, 13))
            for first in [BLAS.Operation.plain, .transposed] {
                for second in [BLAS.Operation.plain, .transposed] {
                    var c = [Scalar](repeating: 2, count: m * n)
                    try c.withUnsafeMutableBufferPointer { c in
                        try a.withUnsafeBufferPointer { a in
                            try b.withUnsafeBufferPointer { b in
                                try blas.gemm(a, first, b, second, into: c, m: m, n: n, k: k, alpha: 3, beta: -1)
                            }
                        }
                    }
                    for row in 0..<m {
                        for column in 0..<n {
                            var sum: Scalar = 0
                            for inner in 0..<k {
                                let left = first == .plain ? a[row * k + inner] : a[inner * m + row]
                                let right = second == .plain ? b[inner * n + column] : b[column * k + inner]
                                sum += left * right
                            }
                            #expect(c[row * n + column] == 3 * sum - 2)
                        }
                    }
                }
            }
        }
    }

    @Test func floatProductsEqualTheDefinition() throws { try checkProducts(Float.self) }
    @Test func doubleProductsEqualTheDefinition() throws { try checkProducts(Double.self) }

    @Test func symmetricProductFillsBothTriangles() throws {
        let blas = try BLAS(threads: 1)
        let a: [Double] = ramp(12, 5, 9)
        for operation in [BLAS.Operation.plain, .transposed] {
            let (n, k) = operation == .plain ? (3, 4) : (4, 3)
            var c = [Double](repeating: .nan, count: n * n)
            try c.withUnsafeMutableBufferPointer { c in
                try a.withUnsafeBufferPointer { try blas.syrk($0, operation, into: c, n: n, k: k) }
            }
            for row in 0..<n {
                for column in 0..<n {
                    let sum = (0..<k).map { inner in
                        operation == .plain
                            ? a[row * k + inner] * a[column * k + inner] : a[inner * n + row] * a[inner * n + column]
                    }.reduce(0, +)
                    #expect(c[row * n + column] == sum)
                }
            }
        }
    }

    @Test func vectorProductsEqualTheDefinition() throws {
        let blas = try BLAS(threads: 1)
        let a: [Float] = [1, 2, 3, 4, 5, 6]
        var (y, z): ([Float], [Float]) = ([0, 0], [0, 0, 0])
        try a.withUnsafeBufferPointer { a in
            try [Float]([1, 0, -1]).withUnsafeBufferPointer { x in
                try y.withUnsafeMutableBufferPointer { try blas.gemv(a, .plain, x, into: $0, m: 2, n: 3) }
            }
            try [Float]([1, 10]).withUnsafeBufferPointer { x in
                try z.withUnsafeMutableBufferPointer { try blas.gemv(a, .transposed, x, into: $0, m: 2, n: 3) }
            }
        }
        #expect(y == [-2, -2])
        #expect(z == [41, 52, 63])
    }

    @Test func emptyInnerDimensionGivesZeros() throws {
        let product = try BLAS(threads: 1).multiply(Matrix(zeros: 2, 0), by: Matrix(zeros: 0, 3))
        #expect(product == Matrix(zeros: 2, 3))
    }

    @Test func wrongSizesAreErrors() throws {
        let blas = try BLAS(threads: 1)
        #expect(throws: ComputeError.self) { try blas.multiply(Matrix(zeros: 2, 3), by: Matrix(zeros: 2, 3)) }
        #expect(throws: ComputeError.self) { try BLAS(threads: 0) }
        #expect(throws: ComputeError.self) { try SymmetricEigen([1, 2, 3], order: 2, blas: blas) }
        #expect(throws: ComputeError.self) { try SymmetricEigen([1, 2, 2, .nan], order: 2, blas: blas) }
    }

    @Test func eigenvectorsRebuildTheMatrix() throws {
        let n = 20
        let matrix = (0..<n * n).map { 1 / Double($0 / n + $0 % n + 1) + ($0 / n == $0 % n ? 0.5 : 0) }
        let eigen = try SymmetricEigen(matrix, order: n, blas: BLAS(threads: 1))
        #expect(eigen.values == eigen.values.sorted())
        for row in 0..<n {
            for column in 0..<n {
                let rebuilt = (0..<n).map {
                    eigen.values[$0] * eigen.vectors[$0 * n + row] * eigen.vectors[$0 * n + column]
                }.reduce(0, +)
                #expect(abs(rebuilt - matrix[row * n + column]) < 1e-13)
            }
        }
    }

    /// A library that does not know the CPU would take kernels of half the speed.
    @Test func kernelsUseTheWidestRegisters() throws {
        let flags = Set((try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: " ") ?? [])
        let chosen = ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"]
        let wide = flags.isSuperset(of: ["avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512cd"])
        let name = try BLAS(threads: 1).coreName
        #expect(!name.isEmpty)
        if wide, chosen == nil { #expect(name == "SkylakeX") }
    }
}
