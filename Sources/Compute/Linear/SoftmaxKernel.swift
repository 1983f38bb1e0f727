#if canImport(Glibc)
    import Glibc
#endif

/// Softmax and cross-entropy of many examples in one pass over a classes × examples block of 32-bit logits.
///
/// Sixteen examples go through the classes side by side, one a lane. The label's own exponential is left out of every
/// sum that would cancel: an example that is almost surely right keeps the full relative precision of its loss and
/// residual, which is what decides weakly regularised fits of separable classes.
enum SoftmaxKernel {
    private typealias Lanes = SIMD16<Float>

    /// Turns logits (classes × `stride`, one column an example) into residuals p − [label], adding the residuals' sums
    /// per class to `biasGradient` and the probabilities' variances p(1 − p) to `spread`.
    ///
    /// - Parameters:
    ///   - labels: one a column, within 0..<bias.count; columns past `labels.count` up to `stride` become 0.
    ///   - bias: added to the logits, one a class.
    /// - Returns: the sum of the cross-entropies in nats.
    /// - Precondition: `stride` is a multiple of 16 and `logits` holds bias.count × stride values.
    static func residuals(
        _ logits: UnsafeMutableBufferPointer<Float>, stride: Int, labels: UnsafeBufferPointer<Int32>,
        bias: [Float], biasGradient: UnsafeMutableBufferPointer<Double>, spread: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        precondition(stride % 16 == 0 && logits.count == bias.count * stride && labels.count <= stride)
        guard let base = logits.baseAddress else { return 0 }
        var total = 0.0
        for first in Swift.stride(from: 0, to: labels.count, by: 16) {
            let column = UnsafeMutableRawPointer(base + first)
            let filled = min(16, labels.count - first)
            var label = SIMD16<Int32>(repeating: -1)
            for lane in 0..<filled { label[lane] = labels[first + lane] }
            total += block(column, stride * 4, filled, label, bias, biasGradient, spread)
        }
        return total
    }

    private static func block(
        _ column: UnsafeMutableRawPointer, _ bytes: Int, _ filled: Int, _ label: SIMD16<Int32>, _ bias: [Float],
        _ biasGradient: UnsafeMutableBufferPointer<Double>, _ spread: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        var largest = Lanes(repeating: -.infinity)
        var own = Lanes.zero
        for index in bias.indices {
            let logit = column.load(fromByteOffset: index * bytes, as: Lanes.self) + bias[index]
            column.storeBytes(of: logit, toByteOffset: index * bytes, as: Lanes.self)
            largest.replace(with: logit, where: logit .> largest)
            own.replace(with: logit, where: label .== Int32(truncatingIfNeeded: index))
        }
        var others = Lanes.zero
        for index in bias.indices {
            let power = exponential(column.load(fromByteOffset: index * bytes, as: Lanes.self) - largest)
            column.storeBytes(of: power, toByteOffset: index * bytes, as: Lanes.self)
            others += power.replacing(with: 0, where: label .== Int32(truncatingIfNeeded: index))
        }
        let ownPower = exponential(own - largest)
        let scale = Lanes(repeating: 1) / (others + ownPower)
        let ownResidual = -others * scale
        let active = label .>= 0
        for index in bias.indices {
            let isOwn = label .== Int32(truncatingIfNeeded: index)
            var residual = column.load(fromByteOffset: index * bytes, as: Lanes.self) * scale
            residual.replace(with: ownResidual, where: isOwn)
            residual.replace(with: 0, where: .!active)
            column.storeBytes(of: residual, toByteOffset: index * bytes, as: Lanes.self)
            biasGradient[index] += Double(residual.sum())
            let size = residual.replacing(with: -residual, where: isOwn)
            spread[index] += Double((size - size * size).sum())
        }
        var loss = 0.0
        for lane in 0..<filled {
            // log Σ exp: 1 belongs to the largest logit, and is exact when that is the label's.
            loss += log1p(Double(others[lane]) + Double(ownPower[lane] - 1)) + Double(largest[lane] - own[lane])
        }
        return loss
    }

    /// e^x for x ≤ 0 to two units in the last place; below −87, where 32-bit results would be denormal, e^−87.
    ///
    /// x = n·ln 2 + r with |r| ≤ ln 2 / 2; the polynomial in r is the minimax one of degree 6 in Cephes' expf (Moshier
    /// 1989), and 2ⁿ is put together from bits.
    @inline(__always)
    private static func exponential(_ argument: Lanes) -> Lanes {
        let x = argument.replacing(with: -87, where: argument .< -87)
        // Adding 1.5 · 2²³ rounds to the nearest integer and leaves it in the low bits.
        let shifted = x * 1.442_695_04 + 12_582_912
        let n = shifted - 12_582_912
        // ln 2 in two parts, the first exact in few bits.
        let r = (x - n * 0.693_359_375) + n * 2.121_944_4e-4
        var p = r * 1.987_569_15e-4 + 1.398_199_95e-3
        p = p * r + 8.333_451_9e-3
        p = p * r + 4.166_579_6e-2
        p = p * r + 1.666_666_55e-1
        p = p * r + 5.000_000_1e-1
        p = p * r * r + r + 1
        let exponent = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &- (0x4B40_0000 - 127)
        return p * unsafeBitCast(exponent &<< 23, to: Lanes.self)
    }
}
