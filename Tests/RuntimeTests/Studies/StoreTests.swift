import Compute
import Foundation
import Testing

@testable import Runtime

/// A folder of its own for each test, removed with it.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("tx-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

@Suite struct StoreTests {
    private let key = Key("test", [("a", "1")])
    private let tensors: Weights = ["w": Tensor([2, 2], [1, -2, 3.5, .pi])]

    @Test func keysDifferWhereAnIngredientOrItsBordersDo() {
        let keys = [
            Key("k", [("a", "1"), ("b", "2")]), Key("k", [("a", "1b"), ("", "2")]), Key("k", [("a", "12")]),
            Key("k", [("b", "2"), ("a", "1")]), Key("kind", [("a", "1"), ("b", "2")]),
        ]
        #expect(Set(keys).count == keys.count)
        #expect(Key("k", [("a", "1")]) == Key("k", [("a", "1")]))
        #expect(keys[0].description.count == 64)
    }

    @Test func digestIsSHA256() {
        // FIPS 180-4, the example of three letters.
        #expect(
            Key.digest(of: Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func whatIsSavedComesBackInAnotherProcessesStore() throws {
        let folder = try TemporaryFolder()
        try Store(folder: folder.url).save(["n": 3], tensors: tensors, title: "t", kind: "k", for: key)
        let found = try Store(folder: folder.url).result(for: key, as: [String: Int].self)
        #expect(found?.facts == ["n": 3])
        #expect(found?.tensors == tensors)
        #expect(try Store(folder: folder.url).result(for: Key("other", []), as: [String: Int].self) == nil)
    }

    @Test func aDamagedFileCountsAsMissing() throws {
        let folder = try TemporaryFolder()
        let store = try Store(folder: folder.url)
        try store.save(["n": 3], tensors: tensors, title: "t", kind: "k", for: key)
        let files = FileManager.default.enumerator(at: folder.url, includingPropertiesForKeys: nil)?.compactMap {
            $0 as? URL
        }
        let object = try #require(files?.first { $0.pathExtension == "safetensors" })
        var bytes = try Data(contentsOf: object)
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: object)
        #expect(try store.result(for: key, as: [String: Int].self) == nil)
        try store.save(["n": 3], tensors: tensors, title: "t", kind: "k", for: key)
        #expect(try store.result(for: key, as: [String: Int].self)?.tensors == tensors)
    }

    @Test func aStoreThatCannotBeOpenedNamesItsFolder() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("file")
        try Data("x".utf8).write(to: file)
        #expect { try Store(folder: file) } throws: { error in
            guard let error = error as? ComputeError else { return false }
            return error.subject == file.path && error.remedy?.contains("--store") == true
        }
    }
}
