import Foundation
import Testing

@testable import Compute

/// Files of weights as PyTorch, NumPy and safetensors write them (Tests/Reference/checkpoints/checkpoints.py).
struct CheckpointTests {
    private static let shapes = [
        ("conv.weight", [4, 2, 3, 3]), ("bn.weight", [4]), ("bn.bias", [4]), ("bn.running_mean", [4]),
        ("bn.running_var", [4]), ("fc.weight", [3, 4]), ("fc.bias", [3]),
    ]

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Reference/checkpoints").path

    private func path(_ name: String) -> String { Self.folder + "/" + name }

    /// Value i of the k-th tensor.
    private func expected(_ k: Int, _ i: Int, shift: Int) -> Double {
        sin(0.7 * Double(i) + 1.3 * Double(k + shift)) + (Self.shapes[k].0.hasSuffix("var") ? 2 : 0)
    }

    private func expectFormula(_ file: Checkpoint, _ tolerance: Double, shift: Int = 0) {
        for (k, (name, shape)) in Self.shapes.enumerated() {
            #expect(file.tensors[name]?.shape == shape, "\(name)")
            for (i, value) in (file.tensors[name]?.values ?? []).enumerated() {
                #expect(abs(Double(value) - expected(k, i, shift: shift)) <= tolerance, "\(name)[\(i)]")
            }
        }
    }

    static let files: [(String, Checkpoint.Format, Double)] = [
        ("zip.pth", .torch, 1e-6), ("legacy.pth", .torch, 1e-6), ("half.pth", .torch, 2e-3),
        ("bfloat16.pth", .torch, 1e-2),
        ("double.pth", .torch, 1e-6), ("views.pth", .torch, 1e-6), ("views_legacy.pth", .torch, 1e-6),
        ("parameters.pth", .torch, 1e-6), ("training.pth", .torch, 1e-6), ("plain.npz", .numpy, 1e-6),
        ("packed.npz", .numpy, 1e-6), ("float.safetensors", .safetensors, 1e-6),
        ("half.safetensors", .safetensors, 2e-3),
        ("bfloat16.safetensors", .safetensors, 1e-2),
    ]

    @Test(arguments: files) func everyFormIsRead(name: String, format: Checkpoint.Format, tolerance: Double) throws {
        let file = try Checkpoint.read(path(name))
        #expect(file.format == format && Set(file.names) == Set(Self.shapes.map(\.0)))
        if format != .safetensors { #expect(file.names == Self.shapes.map(\.0), "in the file's order") }
        expectFormula(file, tolerance)
    }

    @Test func theMovingAverageIsTakenWhenAskedFor() throws {
        expectFormula(try Checkpoint.read(path("training.pth"), prefersAverage: true), 1e-6, shift: 10)
        expectFormula(try Checkpoint.read(path("zip.pth"), prefersAverage: true), 1e-6)
    }

    @Test func whatIsNotBuiltIsNamed() throws {
        #expect(try Checkpoint.read(path("training.pth")).refused == ["argparse.Namespace"])
        let harmful = try Checkpoint.read(path("harmful.pth"))
        #expect(harmful.names.isEmpty && harmful.refused == ["posix.system"])
        #expect(!FileManager.default.fileExists(atPath: "/tmp/it-ran"))
    }

    @Test func otherFilesAreNamedForWhatTheyAre() throws {
        try withFolder { folder in
            let file = folder + "/a"
            func expect(_ bytes: [UInt8], _ part: String) throws {
                try Data(bytes).write(to: URL(fileURLWithPath: file))
                expectBadFile(file, part) { _ = try Checkpoint.read(file) }
            }
            try expect([], "no file of weights")
            try expect(Array("hello, world".utf8), "no file of weights")
            try expect([0x80, 2, 0x4E, 0x2E], "none that PyTorch saved")
            try expect([0x80, 2], "ends early")
            var archive = [UInt8](repeating: 0, count: 600)
            archive.replaceSubrange(257..<262, with: "ustar".utf8)
            try expect(archive, "before version 0.1.10")
            expectBadFile(folder, "no file") { _ = try Checkpoint.read(folder) }
        }
        let missing = #expect(throws: ComputeError.self) { try Checkpoint.read("/nowhere/at/all.pth") }
        #expect(missing?.kind == .inputOutput)
    }

    @Test(arguments: files.map(\.0) + ["harmful.pth"]) func damageIsAnError(name: String) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path(name)))
        try withFolder { folder in
            let file = folder + "/damaged"
            try Damage.each(120, of: bytes, seed: 11) { damaged in
                try damaged.write(to: URL(fileURLWithPath: file))
                #expect(Damage.isHandled(file) { _ = try Checkpoint.read(file) }, "\(name)")
            }
        }
    }

    @Test func aChainOfAMillionListsIsLetGo() throws {
        var bytes: [UInt8] = [0x80, 2]
        bytes += [UInt8](repeating: UInt8(ascii: "]"), count: 1_000_000)
        bytes += [UInt8](repeating: UInt8(ascii: "a"), count: 999_999) + [UInt8(ascii: ".")]
        let pickle = try Pickle(Data(bytes), name: "deep")
        #expect(pickle.root.items?.count == 1 && pickle.end == bytes.count)
    }

    /// The length of a header may begin as a pickle does (0x80) or as a zip file ("PK").
    @Test func theLengthOfAHeaderIsNotTakenForAnotherFormat() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".safetensors")
        defer { try? FileManager.default.removeItem(at: file) }
        for length in [0x80, 0x180, 0x2280] {
            let header = #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
            let padded = header + String(repeating: " ", count: length - header.utf8.count)
            var bytes = withUnsafeBytes(of: UInt64(length).littleEndian) { Data($0) }
            bytes += Data(padded.utf8) + Data([0, 0, 128, 63, 0, 0, 0, 64])
            try bytes.write(to: file)
            #expect(try Checkpoint.read(file.path).tensors["a"]?.values == [1, 2], "\(length)")
        }
    }
}
