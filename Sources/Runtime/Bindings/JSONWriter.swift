import Lang

/// Values to JSON text (RFC 8259): records become objects, lists arrays, none null, a table a list of its rows. Numbers
/// are written so that they read back as the same double; lists and rows of plain values stand on one line.
struct JSONWriter {
    /// Spaces a level; 0 writes everything on one line.
    private let indent: Int
    private var bytes: [UInt8] = []
    /// The way to the present value, for messages: "results[2].score".
    private var path: [String] = []

    private static let deepest = 500
    /// Parts between two questions whether to stop.
    private static let often = 4096
    private let check: () throws -> Void

    /// - Parameter check: throws when the writing is to stop.
    /// - Throws: `NativeError` naming the part that JSON cannot hold, and what `check` throws.
    static func bytes(of value: Value, indent: Int, check: @escaping () throws -> Void = {}) throws -> [UInt8] {
        var writer = JSONWriter(indent: indent, check: check)
        try writer.append(value)
        writer.bytes.append(UInt8(ascii: "\n"))
        return writer.bytes
    }

    private init(indent: Int, check: @escaping () throws -> Void) {
        (self.indent, self.check) = (indent, check)
    }

    private mutating func append(_ value: Value) throws {
        guard path.count < JSONWriter.deepest else {
            throw NativeError("lists and records nested deeper than \(JSONWriter.deepest) levels are not written")
        }
        switch value {
        case .nothing: append("null")
        case .bool(let truth): append(truth ? "true" : "false")
        case .number(let number): try append(number)
        case .string(let box): append(quoted: box.text)
        case .list(let list): try append(list)
        case .record(let record): try append(record)
        case .foreign(let object):
            guard let table = object as? TableValue else { throw unwritable(value.phrase) }
            try append(List((0..<table.table.rowCount).map { table.element(at: $0) }))
        case .closure, .native, .formula: throw unwritable(value.phrase)
        }
    }

    private mutating func append(_ number: Double) throws {
        guard number.isFinite else {
            throw NativeError(
                "JSON has no \(NumberFormat.text(number))\(place)",
                help: "write none in its place, or a string, before the value is written")
        }
        append(plainNumber(number))
    }

    private mutating func append(_ list: List) throws {
        try append(list.values, between: "[", "]") { writer, index, value in
            writer.path.append("[\(index)]")
        }
    }

    private mutating func append(_ record: Record) throws {
        let names = record.names
        try append(record.values, between: "{", "}") { writer, index, value in
            writer.path.append(writer.path.isEmpty ? names[index] : ".\(names[index])")
            writer.append(quoted: names[index])
            writer.append(writer.indent > 0 ? ": " : ":")
        }
    }

    /// The parts of a list or record.
    /// - Parameter begin: steps into a part: adds to the path, writes the name.
    private mutating func append(
        _ values: [Value], between open: String, _ close: String,
        begin: (inout JSONWriter, _ index: Int, _ value: Value) -> Void
    ) throws {
        let isOnOneLine = indent == 0 || values.allSatisfy(JSONWriter.isPlain)
        append(open)
        let level = path.count
        for (index, value) in values.enumerated() {
            if index % JSONWriter.often == 0 { try check() }
            if index > 0 { append(isOnOneLine && indent > 0 ? ", " : ",") }
            if !isOnOneLine { startLine(level + 1) }
            begin(&self, index, value)
            try append(value)
            path.removeLast()
        }
        if !isOnOneLine { startLine(level) }
        append(close)
    }

    private static func isPlain(_ value: Value) -> Bool {
        switch value {
        case .nothing, .bool, .number, .string: true
        default: false
        }
    }

    private mutating func startLine(_ level: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * indent))
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func append(quoted text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case ..<0x20: append("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func unwritable(_ phrase: String) -> NativeError {
        NativeError(
            "JSON cannot hold \(phrase)\(place)",
            help: "JSON holds numbers, strings, true, false, none, lists, records and tables")
    }

    /// " at results[2].score"; empty for the value itself.
    private var place: String { path.isEmpty ? "" : " at \(path.joined())" }
}
