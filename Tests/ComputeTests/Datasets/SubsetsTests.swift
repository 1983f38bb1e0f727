import Testing

@testable import Compute

@Suite struct SubsetsTests {
    /// Classes of 10, 20, 1 and 2 examples, each example with a byte of its own.
    private let set: Dataset = {
        let labels = [(0, 10), (1, 20), (2, 1), (3, 2)].flatMap { [Int32](repeating: Int32($0.0), count: $0.1) }
        let train = Examples(imageSize: 1, pixels: labels.indices.map { UInt8($0) }, labels: labels)
        return Dataset(
            name: "tiny", title: "Tiny", classes: ["a", "b", "c", "d"], shape: [1, 1, 1], metric: .top1,
            splits: [.train: train, .test: Examples(imageSize: 1, pixels: [99], labels: [0])])
    }()

    private func counts(_ examples: Examples) -> [Int32: Int] {
        Dictionary(grouping: examples.labels) { $0 }.mapValues(\.count)
    }

    @Test func validationHoldsAShareOfEachClassAndTrainingTheRest() {
        let divided = set.withValidation(fraction: 0.2, seed: 1)
        #expect(counts(divided[.validation]) == [0: 2, 1: 4, 3: 1])
        #expect(counts(divided[.train]) == [0: 8, 1: 16, 2: 1, 3: 1])
        #expect((divided[.train].pixels + divided[.validation].pixels).sorted() == set[.train].pixels)
        #expect(divided[.test] == set[.test])
        for split in [Dataset.Split.train, .validation] {
            #expect(divided[split].pixels == divided[split].pixels.sorted())
            #expect(zip(divided[split].pixels, divided[split].labels).allSatisfy { set[.train].labels[Int($0)] == $1 })
        }
    }

    @Test func validationDependsOnTheSeedAlone() {
        let one = set.withValidation(fraction: 0.3, seed: 1)
        #expect(one.splits == set.withValidation(fraction: 0.3, seed: 1).splits)
        #expect(one.splits != set.withValidation(fraction: 0.3, seed: 2).splits)
    }

    @Test func aSetWithValidationKeepsIt() {
        let one = set.withValidation(fraction: 0.3, seed: 1)
        #expect(one.withValidation(fraction: 0.5, seed: 2).splits == one.splits)
    }

    @Test func aSubsetHasAtMostSoManyOfEachClass() {
        let few = set.subset(perClass: 5, seed: 1)
        #expect(counts(few[.train]) == [0: 5, 1: 5, 2: 1, 3: 1])
        #expect(counts(few[.validation]) == [0: 2, 1: 4, 3: 1])
        #expect(Set(few[.train].pixels + few[.validation].pixels).count == 19)
        #expect(few[.test] == set[.test])
        #expect(few.splits == set.subset(perClass: 5, seed: 1).splits)
        #expect(few.splits != set.subset(perClass: 5, seed: 2).splits)
    }

    @Test func theLastFitOfASubsetIsOnItAlone() {
        let divided = set.withValidation(fraction: 0.2, seed: 1)
        #expect(divided.finalTraining == divided[.train].joined(with: divided[.validation]))
        let few = divided.subset(perClass: 3, seed: 1)
        #expect(few.finalTraining == few[.train])
        #expect(few[.validation] == divided[.validation])
    }

    @Test func smallerSubsetsLieWithinLargerOnes() {
        let (few, many) = (set.subset(perClass: 3, seed: 1), set.subset(perClass: 6, seed: 1))
        #expect(Set(few[.train].pixels).isSubset(of: many[.train].pixels))
    }

    @Test func joinedExamplesFollowEachOther() {
        let one = set[.train].selecting([3, 0])
        #expect(one.pixels == [3, 0])
        #expect(one.joined(with: set[.test]) == Examples(imageSize: 1, pixels: [3, 0, 99], labels: [0, 0, 0]))
    }
}

@Suite struct PreviewTests {
    private func set(count: Int) -> Dataset {
        let pixels = (0..<count).flatMap { index in (0..<12).map { UInt8(index * 12 + $0) } }
        let examples = Examples(imageSize: 12, pixels: pixels, labels: [Int32](repeating: 0, count: count))
        return Dataset(
            name: "tiny", title: "Tiny", classes: ["a"], shape: [3, 1, 4], metric: .top1, splits: [.train: examples])
    }

    @Test func theSheetHasRoomForEveryPictureAndItsBorder() {
        let sheet = set(count: 5).preview(.train, count: 5, columns: 3)
        // Three columns of 4 and two rows of 1, borders of 2.
        #expect((sheet.width, sheet.height, sheet.channels) == (3 * 6 + 2, 2 * 3 + 2, 3))
        // The fifth picture, second in the second row, begins at column 8 of row 5; its channels are interleaved.
        let start = (5 * sheet.width + 8) * 3
        #expect(Array(sheet.pixels[start..<start + 6]) == [48, 52, 56, 49, 53, 57])
        #expect(sheet.pixels.prefix(2 * sheet.width * 3).allSatisfy { $0 == 128 })
    }

    @Test func fewerPicturesThanAskedForMakeASmallerSheet() {
        #expect(set(count: 2).preview(.train, count: 9, columns: 4).width == 2 * 6 + 2)
        let empty = set(count: 2).preview(.test, count: 9, columns: 4)
        #expect((empty.width, empty.height) == (8, 5))
        #expect(set(count: 2).preview(.train, count: -1, columns: 0) == empty)
    }
}
