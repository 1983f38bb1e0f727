// Sorting in runs that are merged: the same as the standard library's, and it can be stopped.

import Testing

@testable import Lang

struct StableSortTests {
    private struct Stop: Error {}

    /// Many equal keys, told apart by their second part.
    private func pairs(_ count: Int) -> [(key: Int, index: Int)] {
        var state: UInt64 = 7
        return (0..<count).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (key: Int(state >> 54), index: index)
        }
    }

    @Test(arguments: [0, 1, 2, 100, 16_384, 16_385, 50_000, 100_001]) func equalElementsKeepTheirOrder(count: Int)
        throws
    {
        let pairs = pairs(count)
        let sorted = try StableSort.sorted(pairs, check: {}) { $0.key < $1.key }
        let expected = pairs.sorted { ($0.key, $0.index) < ($1.key, $1.index) }
        #expect(sorted.map(\.index) == expected.map(\.index))
    }

    @Test func whatTheCheckThrowsEndsTheSorting() {
        var looks = 0
        #expect(throws: Stop.self) {
            try StableSort.sorted(
                pairs(200_000),
                check: {
                    looks += 1
                    if looks == 20 { throw Stop() }
                }, by: { $0.key < $1.key })
        }
        #expect(looks == 20)
    }
}
