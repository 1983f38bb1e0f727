import Testing

@testable import Compute

/// Order and content of batches. Images of one byte, their number, tell which example came.
@Suite struct BatchLoaderTests {
    private static func loader(_ count: Int, batch: Int, seed: UInt64) -> BatchLoader {
        let numbers = 0..<count
        let examples = Examples(
            imageSize: 1, pixels: numbers.map { UInt8($0) }, labels: numbers.map { Int32($0) })
        return BatchLoader(
            examples, shape: [1, 1, 1], batch: batch, seed: seed, augmentation: .none,
            normalization: Normalization(mean: 0, deviation: 1))
    }

    private static func labels(_ loader: BatchLoader, batches: Int) -> [Int32] {
        var loader = loader
        return (0..<batches).flatMap { _ in
            loader.next()
            return loader.labels
        }
    }

    @Test func everyExampleComesOnceAnEpochAcrossBatches() {
        let seen = Self.labels(Self.loader(10, batch: 4, seed: 1), batches: 5)
        #expect(seen.prefix(10).sorted() == Array(0..<10))
        #expect(seen.suffix(10).sorted() == Array(0..<10))
        #expect(Array(seen.prefix(10)) != Array(seen.suffix(10)))
    }

    @Test func theSeedAloneDecidesTheOrder() {
        let first = Self.labels(Self.loader(50, batch: 10, seed: 1), batches: 5)
        #expect(Self.labels(Self.loader(50, batch: 10, seed: 1), batches: 5) == first)
        #expect(Self.labels(Self.loader(50, batch: 10, seed: 2), batches: 5) != first)
        // The batch size cuts the same stream elsewhere.
        #expect(Self.labels(Self.loader(50, batch: 25, seed: 1), batches: 2) == first)
    }

    @Test func fewerExamplesThanABatchComeSeveralTimes() {
        let seen = Self.labels(Self.loader(3, batch: 8, seed: 1), batches: 3)
        for epoch in 0..<8 { #expect(seen[3 * epoch..<3 * epoch + 3].sorted() == [0, 1, 2]) }
    }

    @Test func imagesAreTheNormalisedBytesOfTheirLabels() {
        let examples = Examples(imageSize: 2, pixels: [0, 255, 51, 102], labels: [0, 1])
        var loader = BatchLoader(
            examples, shape: [2, 1, 1], batch: 2, seed: 9, augmentation: .none, normalization: Normalization())
        loader.next()
        let expected: [[Float]] = [[-1, 1], [-0.6, -0.2]]
        for slot in 0..<2 {
            for (value, right) in zip(loader.images[2 * slot..<2 * slot + 2], expected[Int(loader.labels[slot])]) {
                #expect(abs(value - right) < 1e-6)
            }
        }
    }
}
