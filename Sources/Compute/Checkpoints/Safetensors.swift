import Foundation

/// The safetensors format (Hugging Face, format description of version 0.4): eight bytes of header length, a JSON header, the
/// arrays one after the other in little-endian order.
///
/// Reading trusts nothing: lengths, names, types, shapes and offsets are checked before any byte is used, and the arrays
/// must fill the rest of the file without gap or overlap.
public enum Safetensors {
    /// As in the reference implementation.
    static let largestHeader = 100_000_000

    /// The bytes of a file; equal tensors and metadata give equal bytes.
    public static func encode(_ tensors: Weights, metadata: [String: String] = [:]) throws -> Data {
        var header: [String: Any] = metadata.isEmpty ? [:] : ["__metadata__": metadata]
        var offset = 0
        let names = tensors.keys.sorted()
        for name in names {
            guard let tensor = tensors[name] else { continue }
            let size = tensor.count * MemoryLayout<Float>.size
            header[name] =
                ["dtype": "F32", "shape": tensor.shape, "data_offsets": [offset, offset + size]] as [String: Any]
            offset += size
        }
        var json = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
        json.append(Data(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
        var bytes = Data(capacity: 8 + json.count + offset)
        withUnsafeBytes(of: UInt64(json.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(json)
        for name in names { tensors[name]?.values.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// Arrays of floats, as 32-bit ones; arrays of whole numbers are checked and left out.
    /// - Parameter name: what errors call the file.
    /// - Throws: `.badFile` that says what was expected and found.
    public static func decode(_ bytes: Data, name: String) throws -> (tensors: Weights, metadata: [String: String]) {
        let bytes = Data(bytes)
        let (header, start) = try header(bytes, name)
        var (tensors, metadata): (Weights, [String: String]) = ([:], [:])
        var ranges: [Range<Int>] = []
        for (key, value) in header {
            if key == "__metadata__" {
                guard let texts = value as? [String: String] else { throw bad(name, "its metadata are not texts") }
                metadata = texts
                continue
            }
            let entry = try Entry(value, key, name, space: bytes.count - start)
            if !entry.isWhole { tensors[key] = entry.tensor(bytes, from: start) }
            ranges.append(entry.range)
        }
        var end = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            guard range.lowerBound == end else { throw bad(name, "its arrays overlap or leave a gap at byte \(end)") }
            end = range.upperBound
        }
        guard end == bytes.count - start else {
            throw bad(name, "\(bytes.count - start - end) bytes follow its last array")
        }
        return (tensors, metadata)
    }

    private static func header(_ bytes: Data, _ name: String) throws -> (fields: [String: Any], end: Int) {
        guard bytes.count >= 8 else {
            throw bad(name, "it has \(bytes.count) bytes, the header's length alone takes 8")
        }
        let length = bytes.prefix(8).enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
        guard length <= UInt64(largestHeader), Int(length) <= bytes.count - 8 else {
            throw bad(name, "its header is said to have \(length) bytes, the file has \(bytes.count)")
        }
        let json = bytes.subdata(in: 8..<8 + Int(length))
        guard let fields = (try? JSONSerialization.jsonObject(with: json)) as? [String: Any] else {
            throw bad(name, "its header is no JSON object")
        }
        return (fields, 8 + Int(length))
    }

    private static func bad(_ name: String, _ reason: String) -> ComputeError {
        ComputeError(.badFile, "this is no sound safetensors file: \(reason)", subject: name)
    }

    /// One array as the header describes it.
    private struct Entry {
        let type: NumberType
        let shape: [Int]
        let range: Range<Int>
        let count: Int

        private static let types: [String: NumberType] = [
            "F64": .float64, "F32": .float32, "F16": .float16, "BF16": .bfloat16, "I64": .whole(8), "I32": .whole(4),
            "I16": .whole(2), "I8": .whole(1), "U8": .whole(1), "BOOL": .whole(1),
        ]

        init(_ value: Any, _ key: String, _ name: String, space: Int) throws {
            guard let fields = value as? [String: Any], let typeName = fields["dtype"] as? String,
                let shape = fields["shape"] as? [Int], let offsets = fields["data_offsets"] as? [Int],
                offsets.count == 2
            else { throw bad(name, "the entry of '\(key)' lacks dtype, shape or data_offsets") }
            guard let type = Entry.types[typeName] else {
                let known = Entry.types.keys.sorted().joined(separator: ", ")
                throw bad(name, "'\(key)' has type \(typeName), known are \(known)")
            }
            var count = 1
            for extent in shape {
                let (product, overflows) = count.multipliedReportingOverflow(by: extent)
                guard extent >= 0, !overflows, product <= space else {
                    throw bad(name, "the shape of '\(key)' is \(shape)")
                }
                count = product
            }
            guard 0 <= offsets[0], offsets[0] <= offsets[1], offsets[1] <= space,
                offsets[1] - offsets[0] == count * type.size
            else { throw bad(name, "the bytes \(offsets) of '\(key)' do not fit its shape \(shape) of \(typeName)") }
            (self.type, self.shape, self.range, self.count) = (type, shape, offsets[0]..<offsets[1], count)
        }

        /// Counters and the like, which are no weights.
        var isWhole: Bool {
            if case .whole = type { true } else { false }
        }

        /// - Parameter bytes: the whole file.
        func tensor(_ bytes: Data, from start: Int) -> Tensor {
            let slice = bytes[
                (bytes.startIndex + start + range.lowerBound)..<(bytes.startIndex + start + range.upperBound)]
            return Tensor(shape, type.floats(slice, count: count))
        }
    }
}
