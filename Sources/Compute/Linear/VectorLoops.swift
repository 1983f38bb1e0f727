/// The loops over long vectors that optimisers are made of. Eight partial sums let the compiler use vector registers,
/// which a single running sum in IEEE order forbids; their order is fixed, so that results do not depend on anything
/// else.

/// Σ aᵢ bᵢ over the common length.
func dot(_ a: [Double], _ b: [Double]) -> Double {
    a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in dot(a, b) } }
}

func dot(_ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>) -> Double {
    let count = min(a.count, b.count)
    let (x, y) = (UnsafeRawPointer(a.baseAddress), UnsafeRawPointer(b.baseAddress))
    guard let x, let y else { return 0 }
    var (even, odd) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    var index = 0
    while index + 16 <= count {
        let offset = index * 8
        even +=
            x.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
            * y.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
        odd +=
            x.loadUnaligned(fromByteOffset: offset + 64, as: SIMD8<Double>.self)
            * y.loadUnaligned(fromByteOffset: offset + 64, as: SIMD8<Double>.self)
        index += 16
    }
    var sum = (even + odd).sum()
    while index < count {
        sum += a[index] * b[index]
        index += 1
    }
    return sum
}

/// Σ weightᵢ aᵢ².
func weightedSquare(_ a: [Double], _ weight: [Double]) -> Double {
    var parts = (0.0, 0.0, 0.0, 0.0)
    let count = min(a.count, weight.count)
    a.withUnsafeBufferPointer { a in
        weight.withUnsafeBufferPointer { weight in
            var index = 0
            while index + 4 <= count {
                parts.0 += weight[index] * a[index] * a[index]
                parts.1 += weight[index + 1] * a[index + 1] * a[index + 1]
                parts.2 += weight[index + 2] * a[index + 2] * a[index + 2]
                parts.3 += weight[index + 3] * a[index + 3] * a[index + 3]
                index += 4
            }
            while index < count {
                parts.0 += weight[index] * a[index] * a[index]
                index += 1
            }
        }
    }
    return parts.0 + parts.1 + (parts.2 + parts.3)
}

/// y += factor · x.
func add(_ factor: Double, _ x: [Double], to y: inout [Double]) {
    x.withUnsafeBufferPointer { x in
        y.withUnsafeMutableBufferPointer { y in
            for index in 0..<min(x.count, y.count) { y[index] += factor * x[index] }
        }
    }
}

/// x ← factor · x.
func scale(_ x: inout [Double], by factor: Double) {
    x.withUnsafeMutableBufferPointer { x in
        for index in x.indices { x[index] *= factor }
    }
}

/// xᵢ ← factorᵢ · xᵢ.
func scale(_ x: inout [Double], by factor: [Double]) {
    factor.withUnsafeBufferPointer { factor in
        x.withUnsafeMutableBufferPointer { x in
            for index in 0..<min(factor.count, x.count) { x[index] *= factor[index] }
        }
    }
}
