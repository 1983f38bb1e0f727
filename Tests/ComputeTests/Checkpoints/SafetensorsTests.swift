import Foundation
import Testing

@testable import Compute

@Suite struct SafetensorsTests {
    private let weights: Weights = [
        "a.weight": Tensor([2, 3], [1, -2, 3.5, .infinity, -0.0, .leastNonzeroMagnitude]),
        "b/ü \"quoted\"": Tensor([], [7]), "empty": Tensor([0, 4], []),
    ]

    /// A file of this header and so many bytes after it.
    private func file(_ header: String, space: Int) -> Data {
        let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
        return length + Data(header.utf8) + Data(count: space)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let metadata = ["network": "resnet", "note": "line\nbreak"]
        let (tensors, texts) = try Safetensors.decode(Safetensors.encode(weights, metadata: metadata), name: "w")
        #expect(tensors == weights)
        #expect(tensors["a.weight"]?.values.map(\.bitPattern) == weights["a.weight"]?.values.map(\.bitPattern))
        #expect(texts == metadata)
    }

    @Test func equalTensorsGiveEqualBytesAndArraysBeginAligned() throws {
        let bytes = try Safetensors.encode(weights)
        #expect(try bytes == Safetensors.encode(weights))
        let header = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(header % 8 == 0)
        #expect(bytes.count == 8 + header + 7 * 4)
    }

    @Test func aSliceOfLargerDataIsRead() throws {
        let bytes = Data([1, 2, 3]) + (try Safetensors.encode(weights))
        #expect(try Safetensors.decode(bytes.dropFirst(3), name: "w").tensors == weights)
    }

    @Test func halfPrecisionBecomesSinglePrecision() throws {
        let header = """
            {"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[4,6]}}
            """
        // 1.5 and −2 of binary16; 1.5 of bfloat16.
        let bytes = file(header, space: 0) + Data([0x00, 0x3e, 0x00, 0xc0, 0xc0, 0x3f])
        let tensors = try Safetensors.decode(bytes, name: "w").tensors
        #expect(tensors == ["h": Tensor([2], [1.5, -2]), "b": Tensor([1], [1.5])])
    }

    @Test(arguments: [
        ("[1]", 0, "no JSON object"),
        ("{", 0, "no JSON object"),
        (#"{"__metadata__":{"a":1}}"#, 0, "metadata"),
        (#"{"a":3}"#, 0, "lacks dtype"),
        (#"{"a":{"shape":[1],"data_offsets":[0,4]}}"#, 4, "lacks dtype"),
        (#"{"a":{"dtype":"F32","data_offsets":[0,4]}}"#, 4, "lacks dtype"),
        (#"{"a":{"dtype":"F32","shape":[1]}}"#, 4, "lacks dtype"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 4, "lacks dtype"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4.5]}}"#, 4, "lacks dtype"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,1e30]}}"#, 4, "lacks dtype"),
        (#"{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,8]}}"#, 8, "type F8_E4M3"),
        (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "shape"),
        (#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#, 4, "shape"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 8, "do not fit"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "do not fit"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#, 4, "do not fit"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 4, "do not fit"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "gap at byte 0"),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
                + #""b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "overlap"
        ),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 7, "3 bytes follow"),
        ("{}", 5, "5 bytes follow"),
    ])
    func aDamagedHeaderIsAnErrorThatNamesTheFile(header: String, space: Int, part: String) {
        expectBadFile("w.safetensors", part) {
            _ = try Safetensors.decode(file(header, space: space), name: "w.safetensors")
        }
    }

    @Test func aFileThatEndsInItsHeaderIsAnError() throws {
        let bytes = try Safetensors.encode(weights)
        for length in 0..<8 {
            expectBadFile("w", "\(length) bytes") { _ = try Safetensors.decode(bytes.prefix(length), name: "w") }
        }
        expectBadFile("w", "header") { _ = try Safetensors.decode(bytes.prefix(40), name: "w") }
        expectBadFile("w", "header") { _ = try Safetensors.decode(Data(repeating: 0xff, count: 64), name: "w") }
        expectBadFile("w", "") { _ = try Safetensors.decode(bytes.dropLast(), name: "w") }
    }

    @Test func noCorruptionCrashesTheReader() throws {
        let tensors = ["a": Tensor([3], [1, 2, 3]), "b": Tensor([1, 2], [4, 5])]
        let bytes = try Safetensors.encode(tensors, metadata: ["k": "v"])
        var refused = 0
        Damage.each(3000, of: bytes, seed: 1, within: bytes.count - 20) { damaged in
            let handled = Damage.isHandled("w") {
                refused += 1
                _ = try Safetensors.decode(damaged, name: "w")
                refused -= 1
            }
            #expect(handled)
        }
        #expect(refused > 1500)
    }
}
