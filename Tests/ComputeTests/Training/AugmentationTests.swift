import Testing

@testable import Compute

/// Draws as a pure function, and what they do to an image of 3×3.
@Suite struct AugmentationTests {
    @Test func aDrawDependsOnSeedEpochAndIndexOnly() {
        let augmentation = Augmentation(flip: true, shift: 4)
        let draws = (0..<200).map { augmentation.draw(seed: 1, epoch: 2, index: $0) }
        #expect((0..<200).reversed().map { augmentation.draw(seed: 1, epoch: 2, index: $0) } == draws.reversed())
        #expect((0..<200).map { augmentation.draw(seed: 1, epoch: 3, index: $0) } != draws)
        #expect((0..<200).map { augmentation.draw(seed: 2, epoch: 2, index: $0) } != draws)
    }

    @Test func drawsCoverTheirRangeAndNothingElse() {
        let draws = (0..<2000).map { Augmentation(flip: true, shift: 2).draw(seed: 7, epoch: 0, index: $0) }
        #expect(Set(draws.map(\.down)) == Set(-2...2))
        #expect(Set(draws.map(\.right)) == Set(-2...2))
        // 1000 expected, deviation 22.
        #expect(abs(draws.filter(\.isMirrored).count - 1000) < 110)
    }

    @Test func optionsActAlone() {
        let flips = (0..<100).map { Augmentation(flip: true).draw(seed: 1, epoch: 0, index: $0) }
        #expect(Set(flips.map { [$0.down, $0.right] }) == [[0, 0]])
        let shifts = (0..<100).map { Augmentation(shift: 1).draw(seed: 1, epoch: 0, index: $0) }
        #expect(Set(shifts.map(\.isMirrored)) == [false])
        #expect(Set((0..<9).map { Augmentation.none.draw(seed: 1, epoch: 0, index: $0) }) == [Augmentation.Draw()])
    }

    /// By hand: rows 1 2 3 / 4 5 6 / 7 8 9. A shift repeats the edge; the mirror image is what is shifted.
    @Test func flipAndShiftAreThoseDoneByHand() throws {
        let byHand: [Augmentation.Draw: [Float]] = [
            Augmentation.Draw(): [1, 2, 3, 4, 5, 6, 7, 8, 9],
            Augmentation.Draw(isMirrored: true): [3, 2, 1, 6, 5, 4, 9, 8, 7],
            Augmentation.Draw(down: 1): [1, 2, 3, 1, 2, 3, 4, 5, 6],
            Augmentation.Draw(down: -1): [4, 5, 6, 7, 8, 9, 7, 8, 9],
            Augmentation.Draw(right: 1): [1, 1, 2, 4, 4, 5, 7, 7, 8],
            Augmentation.Draw(right: -1): [2, 3, 3, 5, 6, 6, 8, 9, 9],
            Augmentation.Draw(isMirrored: true, right: 1): [3, 3, 2, 6, 6, 5, 9, 9, 8],
            Augmentation.Draw(isMirrored: true, down: -1, right: -1): [5, 4, 4, 8, 7, 7, 8, 7, 7],
        ]
        let examples = Examples(imageSize: 9, pixels: (1...9).map { UInt8($0) }, labels: [0])
        let augmentation = Augmentation(flip: true, shift: 1)
        var loader = BatchLoader(
            examples, shape: [1, 3, 3], batch: 1, seed: 3, augmentation: augmentation,
            normalization: Normalization(mean: 0, deviation: 1 / 255))
        var met: Set<Augmentation.Draw> = []
        // One example: every batch is an epoch. Eighteen draws are possible.
        for epoch in 0..<300 {
            loader.next()
            let draw = augmentation.draw(seed: 3, epoch: epoch, index: 0)
            met.insert(draw)
            if let expected = byHand[draw] { #expect(loader.images.map { $0.rounded() } == expected) }
        }
        #expect(met.count == 18)
    }
}
