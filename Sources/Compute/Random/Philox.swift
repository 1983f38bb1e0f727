/// Counter-based random numbers: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", SC'11).
///
/// A draw is a pure function of (seed, purpose, index, position), so that neither threads nor the order of work can change
/// it, and two purposes never share a stream.
public struct Philox: RandomNumberGenerator, Sendable {
    private let key: (UInt32, UInt32)
    private let index: UInt64
    private var block: UInt64 = 0
    private var spare: UInt64?

    /// - Parameters:
    ///   - seed: the study's seed.
    ///   - purpose: what the numbers are for, e.g. "shuffle", "initial resnet50/conv1.weight".
    ///   - index: which one of many, e.g. the epoch or the image.
    public init(seed: UInt64, purpose: String, index: UInt64 = 0) {
        let mixed = Philox.mix(seed ^ Philox.fnv1a(purpose))
        key = (UInt32(truncatingIfNeeded: mixed), UInt32(truncatingIfNeeded: mixed >> 32))
        self.index = index
    }

    public mutating func next() -> UInt64 {
        if let value = spare {
            spare = nil
            return value
        }
        let counter = SIMD4<UInt32>(
            UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32),
            UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32))
        block &+= 1
        let word = Philox.rounds(counter, key: key)
        spare = UInt64(word[3]) << 32 | UInt64(word[2])
        return UInt64(word[1]) << 32 | UInt64(word[0])
    }

    /// The bijection itself, ten rounds; exposed for the known-answer test of the Random123 distribution.
    static func rounds(_ counter: SIMD4<UInt32>, key: (UInt32, UInt32)) -> SIMD4<UInt32> {
        var (c, k0, k1) = (counter, key.0, key.1)
        for _ in 0..<10 {
            let first = UInt64(0xD251_1F53) * UInt64(c[0])
            let second = UInt64(0xCD9E_8D57) * UInt64(c[2])
            c = SIMD4(
                UInt32(truncatingIfNeeded: second >> 32) ^ c[1] ^ k0, UInt32(truncatingIfNeeded: second),
                UInt32(truncatingIfNeeded: first >> 32) ^ c[3] ^ k1, UInt32(truncatingIfNeeded: first))
            k0 &+= 0x9E37_79B9
            k1 &+= 0xBB67_AE85
        }
        return c
    }

    /// FNV-1a, to turn a purpose into bits.
    private static func fnv1a(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    /// The finaliser of SplitMix64: nearby seeds give unrelated keys.
    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
