/// CSV text to a table, after RFC 4180: fields between commas, quotes around what holds commas, quotes or line breaks,
/// a doubled quote for a quote; records end with CRLF, LF or CR. A byte-order mark is skipped, so are empty lines of a
/// file with several columns. The first record names the columns.
///
/// A column is of numbers or of bools when all its entries read as such, otherwise of strings. An empty field is
/// missing, but `""` is the empty string; in columns of numbers and bools `NA`, `NaN` and `none` are missing too. A
/// number with a leading zero ("007") makes its column one of strings, since it is an identifier that must keep its
/// zeros.
///
/// Fields stay ranges of the bytes until the kind of their column is known, so a file is walked once and copied once.
public struct CSVReader {
    private let bytes: [UInt8]
    private let separator: UInt8

    /// - Parameter separator: the byte between fields; ";" or tab for other dialects.
    public init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) {
        self.bytes = bytes
        self.separator = separator
    }

    /// - Throws: `TableError` with the line, for a record of the wrong length, an open quote or text that is not UTF-8.
    /// - Complexity: linear in the number of bytes.
    public func table() throws -> Table {
        let fields = try bytes.withUnsafeBufferPointer { buffer in
            var scanner = Scanner(bytes: buffer, separator: separator)
            return try scanner.columns()
        }
        var columns: [(name: String, column: Column)] = []
        for (index, column) in fields.enumerated() {
            guard let head = column.first else { continue }
            let name = try text(of: head)
            columns.append((name.isEmpty ? "column_\(index + 1)" : name, try self.column(of: column.dropFirst())))
        }
        return try Table(columns)
    }

    private func column(of fields: ArraySlice<Field>) throws -> Column {
        guard fields.contains(where: { !$0.isMissing }) else { return .missing(.number, count: fields.count) }
        if let numbers = parsed(fields, number) { return .numbers(numbers.map { $0 ?? .nan }) }
        if let bools = parsed(fields, bool) { return .bools(bools) }
        return .strings(try fields.map { $0.isMissing ? nil : try text(of: $0) })
    }

    /// All fields through `parse`; nil when one of them is neither parsed nor missing, or when nothing is parsed.
    private func parsed<Entry>(_ fields: ArraySlice<Field>, _ parse: (Field) -> Entry?) -> [Entry?]? {
        var entries: [Entry?] = []
        entries.reserveCapacity(fields.count)
        var isAnyParsed = false
        for field in fields {
            let entry = field.isMissing ? nil : parse(field)
            if entry == nil && !field.isMissing && !isWordForMissing(field) { return nil }
            isAnyParsed = isAnyParsed || entry != nil
            entries.append(entry)
        }
        return isAnyParsed ? entries : nil
    }

    private func isWordForMissing(_ field: Field) -> Bool {
        guard field.count <= 4 else { return false }
        return ["na", "nan", "none"].contains(String(decoding: bytes[field.range], as: UTF8.self).lowercased())
    }

    private func bool(_ field: Field) -> Bool? {
        guard field.count == 4 || field.count == 5 else { return nil }
        return switch String(decoding: bytes[field.range], as: UTF8.self) {
        case "true", "TRUE", "True": true
        case "false", "FALSE", "False": false
        default: nil
        }
    }

    private func number(_ field: Field) -> Double? {
        let digits = bytes[field.range].drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        guard let first = digits.first, field.count <= 64 else { return nil }
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        if isDigit(first) || first == UInt8(ascii: ".") {
            let second = digits.dropFirst().first
            if first == UInt8(ascii: "0"), let second, isDigit(second) || second == UInt8(ascii: "x") { return nil }
        } else if first != UInt8(ascii: "i") && first != UInt8(ascii: "I") {  // inf, Infinity
            return nil
        }
        return Double(String(decoding: bytes[field.range], as: UTF8.self))
    }

    private func text(of field: Field) throws -> String {
        var content = bytes[field.range]
        if field.hasDoubledQuotes {
            var isSecond = false
            content.removeAll { byte in
                isSecond = byte == UInt8(ascii: "\"") && !isSecond
                return isSecond
            }
        }
        guard let text = String(validating: content, as: UTF8.self) else {
            let line = 1 + bytes[..<field.range.lowerBound].count { $0 == UInt8(ascii: "\n") }
            throw TableError("line \(line) is not UTF-8 text", help: "save the file as UTF-8")
        }
        return text
    }
}

/// Where the content of a field lies in the bytes, without its surrounding quotes.
private struct Field {
    var range: Range<Int>
    var isQuoted: Bool
    var hasDoubledQuotes: Bool

    var count: Int { range.count }
    var isMissing: Bool { range.isEmpty && !isQuoted }
}

/// Cuts bytes into records and fields.
private struct Scanner {
    let bytes: UnsafeBufferPointer<UInt8>
    let separator: UInt8
    var position = 0
    var line = 1

    private let quote = UInt8(ascii: "\"")
    private let lineFeed = UInt8(ascii: "\n")
    private let carriageReturn = UInt8(ascii: "\r")

    init(bytes: UnsafeBufferPointer<UInt8>, separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    }

    /// The fields of each column, its name first.
    mutating func columns() throws -> [[Field]] {
        var columns: [[Field]] = []
        var record: [Field] = []
        while position < bytes.count {
            let firstLine = line
            record.removeAll(keepingCapacity: true)
            try readRecord(into: &record)
            if columns.isEmpty {
                columns = record.map { [$0] }
            } else if record.count == columns.count {
                for index in record.indices { columns[index].append(record[index]) }
            } else if !(record.count == 1 && record[0].isMissing) {
                throw TableError(
                    "line \(firstLine) has \(record.count) \(record.count == 1 ? "field" : "fields"), "
                        + "the first line names \(columns.count) columns",
                    help: "put quotes around fields that hold a comma")
            }
        }
        return columns
    }

    /// One record, and the line break that ends it.
    private mutating func readRecord(into record: inout [Field]) throws {
        while true {
            record.append(try readField())
            guard position < bytes.count else { return }
            let end = bytes[position]
            position += 1
            if end == separator {
                continue
            }
            if end == carriageReturn, position < bytes.count, bytes[position] == lineFeed { position += 1 }
            line += 1
            return
        }
    }

    /// One field; stops at the separator or line break after it.
    private mutating func readField() throws -> Field {
        guard position < bytes.count, bytes[position] == quote else {
            let start = position
            while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
            return Field(range: start..<position, isQuoted: false, hasDoubledQuotes: false)
        }
        let firstLine = line
        let start = position + 1
        var hasDoubledQuotes = false
        position = start
        while position < bytes.count {
            if bytes[position] == quote {
                guard position + 1 < bytes.count, bytes[position + 1] == quote else { break }
                hasDoubledQuotes = true
                position += 1
            }
            if bytes[position] == lineFeed { line += 1 }
            position += 1
        }
        guard position < bytes.count else {
            throw TableError("the quote that opens on line \(firstLine) is never closed")
        }
        let field = Field(range: start..<position, isQuoted: true, hasDoubledQuotes: hasDoubledQuotes)
        position += 1
        if position < bytes.count, !isEnd(bytes[position]) {
            throw TableError("line \(line) has text after a closing quote", help: "write a quote inside a field twice")
        }
        return field
    }

    private func isEnd(_ byte: UInt8) -> Bool { byte == separator || byte == lineFeed || byte == carriageReturn }
}
