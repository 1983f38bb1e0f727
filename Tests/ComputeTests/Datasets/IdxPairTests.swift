import Foundation
import Testing

@testable import Compute

/// Where Debian packages put data sets.
let systemDatasets = "/usr/share/datasets"

/// A folder laid out as Fashion-MNIST, with two pictures of 2 × 3 pixels to train on and one to test.
private struct TinyFashion {
    var files: [String: [UInt8]] = [
        "train-images-idx3-ubyte": [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + Array(10..<22),
        "train-labels-idx1-ubyte": [0, 0, 8, 1, 0, 0, 0, 2, 9, 0],
        "t10k-images-idx3-ubyte": [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3] + Array(50..<56),
        "t10k-labels-idx1-ubyte": [0, 0, 8, 1, 0, 0, 0, 1, 4],
    ]

    /// Loads what `change` has made of the compressed files, by name; errors have the file's name as their subject.
    func load(_ options: DatasetOptions = DatasetOptions(), change: (inout [String: Data]) -> Void = { _ in }) throws
        -> Dataset
    {
        try withFolder { root in
            let folder = root + "/fashion-mnist"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            var packed = files.mapValues { Gzip.stored($0) }
            change(&packed)
            for (name, bytes) in packed { try bytes.write(to: URL(fileURLWithPath: "\(folder)/\(name).gz")) }
            do {
                return try DatasetLayout.fashionMNIST.load(searching: ["/absent", root], options: options)
            } catch var error as ComputeError {
                error.subject = error.subject.map { ($0 as NSString).lastPathComponent }
                throw error
            }
        }
    }
}

@Suite struct IdxPairTests {
    @Test func splitsHaveThePicturesAndLabelsOfTheirFiles() throws {
        let set = try TinyFashion().load(size(nil))
        // The native 28 × 28 stretch the tiny pictures; labels stay.
        #expect(set.shape == [1, 28, 28])
        #expect(set[.train].labels == [9, 0])
        #expect(set[.test].labels == [4])
        #expect(set[.validation].count == 0)
        #expect(set[.train].pixels.min() == 10 && set[.train].pixels.max() == 21)
    }

    @Test func picturesOfTheAskedSizeKeepTheirBytes() throws {
        let picture = (0..<64).map { UInt8($0) }
        var tiny = TinyFashion()
        tiny.files["t10k-images-idx3-ubyte"] = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 8] + picture
        #expect(try tiny.load(size(8))[.test].pixels == picture)
        #expect(try tiny.load(size(8, channels: 3))[.test].pixels == picture + picture + picture)
    }

    @Test func filesThatDoNotBelongTogetherAreErrors() throws {
        let cases: [(String, [UInt8], String)] = [
            ("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 3], "2 images need as many labels"),
            ("t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 10], "label 10 is not below the 10 classes"),
            ("train-images-idx3-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 3], "three dimensions"),
            ("t10k-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3], "0 × 3 pixels"),
        ]
        for (name, bytes, part) in cases {
            var tiny = TinyFashion()
            tiny.files[name] = bytes
            expectBadFile(name + ".gz", part) { _ = try tiny.load() }
        }
    }

    @Test func cutAndGarbledFilesAreErrorsThatNameThem() throws {
        for name in TinyFashion().files.keys {
            expectBadFile(name + ".gz", "") { _ = try TinyFashion().load { $0[name]?.removeLast(5) } }
            expectBadFile(name + ".gz", "") { _ = try TinyFashion().load { $0[name]?.removeLast(12) } }
            for garbage in ["garbage", ""] {
                expectBadFile(name + ".gz", "two zero bytes") {
                    _ = try TinyFashion().load { $0[name] = Data(garbage.utf8) }
                }
            }
        }
    }

    @Test func oneMissingFileIsMissingData() {
        let error = #expect(throws: ComputeError.self) {
            try TinyFashion().load { $0["t10k-labels-idx1-ubyte"] = nil }
        }
        #expect(error?.kind == .missingData)
    }

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: systemDatasets + "/fashion-mnist/train-images-idx3-ubyte.gz"),
            "Debian's dataset-fashion-mnist is not installed"))
    func theRealFashionMNISTHasItsDeclaredSizes() throws {
        let layout = DatasetLayout.fashionMNIST
        let set = try layout.load(searching: [systemDatasets], options: DatasetOptions())
        #expect(layout.sizes == [.train: 60_000, .test: 10_000])
        for (split, size) in layout.sizes ?? [:] {
            let counts = Dictionary(grouping: set[split].labels) { $0 }.mapValues(\.count)
            #expect(counts == Dictionary(uniqueKeysWithValues: (0..<10).map { (Int32($0), size / 10) }))
            #expect(set[split].pixels.count == size * 784)
        }
        // Its first training picture is an ankle boot; 72.94 is the mean level that its authors' page and others state.
        #expect(set.classes[Int(set[.train].labels[0])] == "Ankle boot")
        let sum = set[.train].pixels.reduce(0) { $0 + Int($1) }
        #expect(abs(Double(sum) / Double(set[.train].pixels.count) - 72.94) < 0.01)
    }

    private func size(_ size: Int?, channels: Int? = nil) -> DatasetOptions {
        var options = DatasetOptions()
        (options.size, options.channels) = (size, channels)
        return options
    }
}
