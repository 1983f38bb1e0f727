import Testing

@testable import Compute

@Suite struct PhiloxTests {
    private struct Answer {
        let counter: SIMD4<UInt32>
        let key: (UInt32, UInt32)
        let words: SIMD4<UInt32>
    }

    /// The three vectors of philox4x32, ten rounds, in the file `kat_vectors` of the Random123 distribution.
    private let published = [
        Answer(counter: .zero, key: (0, 0), words: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        Answer(
            counter: SIMD4(repeating: 0xffff_ffff), key: (0xffff_ffff, 0xffff_ffff),
            words: [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
        Answer(
            counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: (0xa409_3822, 0x299f_31d0),
            words: [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]),
    ]

    @Test func roundsGiveThePublishedAnswers() {
        for answer in published { #expect(Philox.rounds(answer.counter, key: answer.key) == answer.words) }
    }

    @Test func everyPartOfTheKeyChangesTheStream() {
        func words(_ seed: UInt64, _ purpose: String, _ index: UInt64) -> [UInt64] {
            var random = Philox(seed: seed, purpose: purpose, index: index)
            return (0..<5).map { _ in random.next() }
        }
        #expect(words(1, "a", 0) == words(1, "a", 0))
        #expect(Set([words(1, "a", 0), words(2, "a", 0), words(1, "b", 0), words(1, "a", 1)]).count == 4)
    }

    @Test func aStreamDoesNotRepeatItself() {
        var random = Philox(seed: 0, purpose: "repeats")
        #expect(Set((0..<10_000).map { _ in random.next() }).count == 10_000)
    }
}

@Suite struct SamplingTests {
    private let count = 40_000

    /// Five standard errors of a mean over `count` draws with this variance.
    private func bound(_ variance: Double) -> Double { 5 * (variance / Double(count)).squareRoot() }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    @Test func uniformDrawsHaveTheMomentsOfTheUnitInterval() {
        var random = Philox(seed: 3, purpose: "uniform")
        let draws = (0..<count).map { _ in random.uniform() }
        #expect(draws.allSatisfy { (0..<1).contains($0) })
        #expect(abs(mean(draws) - 0.5) < bound(1.0 / 12))
        // E x² = 1/3, its variance 1/5 − 1/9.
        #expect(abs(mean(draws.map { $0 * $0 }) - 1.0 / 3) < bound(4.0 / 45))
    }

    @Test func normalDrawsHaveTheMomentsOfTheStandardNormal() {
        var random = Philox(seed: 3, purpose: "normal")
        let draws = (0..<count).map { _ in random.normal() }
        // The variances of x, x², x³ and x⁴ are 1, 2, 15 and 96.
        #expect(abs(mean(draws)) < bound(1))
        #expect(abs(mean(draws.map { $0 * $0 }) - 1) < bound(2))
        #expect(abs(mean(draws.map { $0 * $0 * $0 })) < bound(15))
        #expect(abs(mean(draws.map { $0 * $0 * $0 * $0 }) - 3) < bound(96))
    }

    @Test func integersBelowABoundAreEquallyLikely() {
        var random = Philox(seed: 3, purpose: "below")
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<count { counts[random.below(7)] += 1 }
        let share = 1.0 / 7
        for found in counts { #expect(abs(Double(found) / Double(count) - share) < bound(share * (1 - share))) }
    }

    @Test func aPermutationHoldsEveryIndexOnce() {
        var random = Philox(seed: 3, purpose: "order")
        let order = random.permutation(100)
        #expect(order.sorted() == Array(0..<100))
        #expect(order != Array(0..<100))
        #expect(random.permutation(0).isEmpty)
        #expect(random.permutation(1) == [0])
    }

    @Test func everyOrderOfThreeIsEquallyLikely() {
        var random = Philox(seed: 3, purpose: "orders")
        var counts: [[Int]: Int] = [:]
        for _ in 0..<12_000 { counts[random.permutation(3), default: 0] += 1 }
        #expect(counts.count == 6)
        // Five standard deviations of a binomial count, √(n p (1 − p)) = 41.
        for found in counts.values { #expect(abs(found - 2000) < 205) }
    }
}
