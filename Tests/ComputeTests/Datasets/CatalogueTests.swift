import Foundation
import Testing

@testable import Compute

/// What holds for every data set that is declared, the ones to come included.
@Suite struct CatalogueTests {
    private static let synthetic = DatasetLayout.all.filter(\.isSynthetic)
    private static let onDisk = DatasetLayout.all.filter { !$0.isSynthetic }

    private func small(seed: UInt64 = 0) -> DatasetOptions {
        var options = DatasetOptions()
        (options.trainPerClass, options.validationPerClass, options.testPerClass) = (6, 2, 3)
        options.seed = seed
        return options
    }

    @Test func namesAreUniqueAndFindTheirLayout() {
        let names = DatasetLayout.all.map(\.name)
        #expect(Set(names).count == names.count)
        for layout in DatasetLayout.all { #expect(DatasetLayout.named(layout.name)?.title == layout.title) }
        #expect(DatasetLayout.named("no such set") == nil)
    }

    @Test(arguments: DatasetLayout.all) func declarationsAreComplete(layout: DatasetLayout) {
        #expect(layout.classes.count >= 2)
        #expect(Set(layout.classes).count == layout.classes.count)
        #expect(layout.nativeShape.count == 3 && layout.nativeShape.allSatisfy { $0 > 0 })
        #expect(!layout.title.isEmpty && !layout.page.isEmpty)
        #expect(layout.isSynthetic == layout.folders.isEmpty)
    }

    @Test(arguments: synthetic) func generatedSetsHaveTheDeclaredCountsAndClasses(layout: DatasetLayout) throws {
        let set = try layout.load(searching: [], options: small())
        #expect(set.name == layout.name && set.classes == layout.classes && set.shape == layout.nativeShape)
        for (split, perClass) in [(Dataset.Split.train, 6), (.validation, 2), (.test, 3)] {
            let counts = Dictionary(grouping: set[split].labels) { $0 }.mapValues(\.count)
            #expect(counts == Dictionary(uniqueKeysWithValues: layout.classes.indices.map { (Int32($0), perClass) }))
            #expect(set[split].pixels.count == set[split].count * layout.nativeShape.reduce(1, *))
        }
    }

    @Test(arguments: synthetic) func generatedSetsDependOnTheSeedAlone(layout: DatasetLayout) throws {
        let sets = try [4, 4, 5].map { try layout.load(searching: [], options: small(seed: $0)) }
        let (one, again, other) = (sets[0], sets[1], sets[2])
        #expect(one.splits == again.splits)
        for split in Dataset.Split.allCases {
            #expect(Set(pictures(one[split])).isDisjoint(with: pictures(other[split])))
        }
    }

    @Test(arguments: synthetic) func moreExamplesBeginWithTheSameOnes(layout: DatasetLayout) throws {
        var options = small()
        let few = try layout.load(searching: [], options: options)[.train]
        options.trainPerClass = 8
        #expect(try layout.load(searching: [], options: options)[.train].pixels.starts(with: few.pixels))
    }

    @Test(arguments: synthetic) func noGeneratedPictureOccursTwice(layout: DatasetLayout) throws {
        let set = try layout.load(searching: [], options: small())
        let all = Dataset.Split.allCases.flatMap { pictures(set[$0]) }
        #expect(Set(all).count == all.count)
        for picture in all { #expect(Set(picture).count > 8) }
    }

    @Test(arguments: synthetic) func sizeAndChannelsAreAsAskedFor(layout: DatasetLayout) throws {
        var options = small()
        (options.size, options.channels) = (16, 3)
        let set = try layout.load(searching: [], options: options)
        #expect(set.shape == [3, 16, 16])
        #expect(set[.test].imageSize == 768)
        let first = try #require(pictures(set[.test]).first)
        #expect(first[0..<256] != first[256..<512])
    }

    @Test(arguments: onDisk) func absentDataIsOneMessageThatSaysHowToGetIt(layout: DatasetLayout) throws {
        try withFolder { folder in
            let error = #expect(throws: ComputeError.self) {
                try layout.load(searching: [folder, "/absent"], options: DatasetOptions())
            }
            #expect(error?.kind == .missingData)
            let text = error?.description ?? ""
            for part in layout.expects + layout.folders + [folder, "/absent", layout.page, "'\(layout.name)'"] {
                #expect(text.contains(part), "\(part)")
            }
            if let package = layout.package { #expect(text.contains("apt-get install \(package)")) }
        }
    }

    @Test func optionsOutOfRangeAreErrorsInTheScriptsSpelling() throws {
        let changes: [(String, (inout DatasetOptions) -> Void)] = [
            ("size", { $0.size = 7 }), ("size", { $0.size = 1025 }), ("channels", { $0.channels = 2 }),
            ("train", { $0.trainPerClass = 0 }), ("validation", { $0.validationPerClass = -1 }),
            ("test", { $0.testPerClass = 100_001 }), ("difficulty", { $0.difficulty = 1.5 }),
            ("difficulty", { $0.difficulty = .nan }),
        ]
        for (name, change) in changes {
            var options = DatasetOptions()
            change(&options)
            let error = #expect(throws: ComputeError.self) {
                try DatasetLayout.shapes.load(searching: [], options: options)
            }
            #expect(error?.kind == .badArgument)
            #expect(error?.message.hasPrefix("'\(name)' takes") == true)
        }
    }
}

/// Every image of a split by itself.
func pictures(_ examples: Examples) -> [[UInt8]] {
    (0..<examples.count).map {
        Array(examples.pixels[$0 * examples.imageSize..<($0 + 1) * examples.imageSize])
    }
}
