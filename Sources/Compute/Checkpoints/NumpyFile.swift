import Foundation

/// Arrays as NumPy saves them: `.npy` (format versions 1 to 3, numpy.lib.format), several in a zip file as `.npz`.
enum NumpyFile {
    static func read(zip contents: [String: Data], names: [String], name: String) throws -> Checkpoint {
        var result = Checkpoint(format: .numpy)
        for entry in names where entry.hasSuffix(".npy") {
            guard let bytes = contents[entry] else { continue }
            let key = String(entry.dropLast(".npy".count))
            guard let tensor = try array(bytes, called: key, name: name) else { continue }
            result.names.append(key)
            result.tensors[key] = tensor
        }
        guard !result.names.isEmpty else {
            throw ComputeError(
                .badFile, "this zip file holds no arrays", subject: name,
                remedy: "known are PyTorch's files and NumPy's .npz")
        }
        return result.withoutPrefix()
    }

    /// - Parameters:
    ///   - key: the array's name in the file.
    ///   - name: what errors call the file.
    /// - Returns: nil for whole numbers.
    static func array(_ bytes: Data, called key: String, name: String) throws -> Tensor? {
        func bad(_ reason: String) -> ComputeError {
            ComputeError(.badFile, "its array '\(key)' is not sound: \(reason)", subject: name)
        }
        let start = bytes.startIndex
        guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 12 else {
            throw bad("it begins otherwise")
        }
        let wide = bytes[start + 6] > 1
        let width = wide ? 4 : 2
        let length = bytes[(start + 8)..<(start + 8 + width)].reversed().reduce(0) { $0 << 8 | Int($1) }
        let data = start + 8 + width + length
        guard data <= bytes.endIndex else { throw bad("its header ends behind the file") }
        let header = String(decoding: bytes[(start + 8 + width)..<data], as: UTF8.self)
        guard let kind = field("descr", header), let shape = shape(header) else {
            throw bad("its header lacks type or shape")
        }
        let types: [String: NumberType] = ["<f4": .float32, "<f8": .float64, "<f2": .float16]
        let isWhole = kind.dropFirst().first.map { "iub".contains($0) } ?? false
        guard let type = types[kind] else {
            if isWhole { return nil }
            throw bad("its numbers are '\(kind)', known are \(types.keys.sorted().joined(separator: ", "))")
        }
        var count = 1
        for extent in shape {
            let (product, overflows) = count.multipliedReportingOverflow(by: extent)
            guard !overflows, product <= bytes.count else { throw bad("its shape is \(shape)") }
            count = product
        }
        guard bytes.endIndex - data == count * type.size else {
            throw bad("\(bytes.endIndex - data) bytes do not fit its shape \(shape)")
        }
        let values = type.floats(bytes[data...], count: count)
        guard header.contains("'fortran_order': True"), shape.count > 1 else { return Tensor(shape, values) }
        return Tensor(shape, rowMajor(values, shape))
    }

    /// From columns first to rows first.
    private static func rowMajor(_ values: [Float], _ shape: [Int]) -> [Float] {
        var (places, step) = ([0], 1)
        var steps: [Int] = []
        for extent in shape {
            steps.append(step)
            step *= extent
        }
        for (extent, step) in zip(shape, steps) {
            places = places.flatMap { place in (0..<extent).map { place + $0 * step } }
        }
        return places.map { values[$0] }
    }

    /// The text of a field of the header, a Python dictionary.
    private static func field(_ name: String, _ header: String) -> String? {
        let parts = header.components(separatedBy: "'\(name)':")
        guard parts.count == 2 else { return nil }
        let quoted = parts[1].drop { $0 == " " }
        guard quoted.first == "'" else { return nil }
        return String(quoted.dropFirst().prefix { $0 != "'" })
    }

    private static func shape(_ header: String) -> [Int]? {
        let parts = header.components(separatedBy: "'shape':")
        guard parts.count == 2, let open = parts[1].firstIndex(of: "("), let close = parts[1].firstIndex(of: ")"),
            open < close
        else { return nil }
        let words = parts[1][parts[1].index(after: open)..<close].split(separator: ",")
        let extents = words.map { Int($0.filter { $0 != " " && $0 != "L" }) }
        return extents.contains { $0 == nil || ($0 ?? 0) < 0 } ? nil : extents.compactMap { $0 }
    }
}
