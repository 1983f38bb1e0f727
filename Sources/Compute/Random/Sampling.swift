import Glibc

/// Draws from the usual distributions, each a fixed number of generator words, so that positions stay predictable.
extension Philox {
    /// Uniform in [0, 1) with 53 random bits.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Standard normal by Box and Muller (1958), the cosine branch: two words a draw.
    public mutating func normal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * .pi * uniform())
    }

    /// An integer in 0..<bound by Lemire's multiplication; the bias is below 2⁻³² for bounds below 2³².
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "an empty range has no random member")
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A uniformly random order of 0..<count (Fisher and Yates).
    public mutating func permutation(_ count: Int) -> [Int] { permutation(count, check: {}) }

    /// - Parameter check: called every few milliseconds; what it throws ends the drawing.
    public mutating func permutation(_ count: Int, check: () throws -> Void) rethrows -> [Int] {
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) {
            if last & 0xFFFF == 0 { try check() }
            order.swapAt(last, below(last + 1))
        }
        return order
    }
}
