/// Cuts the bytes of a CSV file into fields (RFC 4180), one after the other, so that nothing of the file is kept twice.
///
/// Records end with LF, CRLF or CR. A field that begins with a quote goes to the closing one, over separators and line
/// breaks, with doubled quotes inside; a quote elsewhere is a character like any other.
struct CSVScanner {
    /// Where the content of a field lies in the bytes, without its surrounding quotes.
    struct Field {
        var range: Range<Int>
        /// Where it begins, from 1.
        var line: Int
        var isQuoted = false
        var hasDoubledQuotes = false
        /// Whether a line break, or the end of the file, follows.
        var endsRecord = false
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private var line = 1
    private let delimiter: UInt8
    private var position: Int

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// A byte-order mark at the beginning is skipped.
    init(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Whether no further record begins.
    var isAtEnd: Bool { position >= bytes.count }

    /// The next field of the record.
    /// - Throws: `MalformedFile` for a quote that is never closed, or text behind one.
    mutating func next() throws -> Field {
        let isQuoted = position < bytes.count && bytes[position] == CSVScanner.quote
        var field = isQuoted ? try quotedField() : plainField()
        guard position < bytes.count else {
            field.endsRecord = true
            return field
        }
        let end = bytes[position]
        position += 1
        guard end != delimiter else { return field }
        if end == CSVScanner.carriageReturn, position < bytes.count, bytes[position] == CSVScanner.lineFeed {
            position += 1
        }
        line += 1
        field.endsRecord = true
        return field
    }

    private mutating func plainField() -> Field {
        let start = position
        while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
        return Field(range: start..<position, line: line)
    }

    private mutating func quotedField() throws -> Field {
        let firstLine = line
        let start = position + 1
        var hasDoubledQuotes = false
        position = start
        while position < bytes.count {
            let byte = bytes[position]
            if byte == CSVScanner.quote {
                guard position + 1 < bytes.count, bytes[position + 1] == CSVScanner.quote else { break }
                hasDoubledQuotes = true
                position += 1
            }
            let isReturn = byte == CSVScanner.carriageReturn
            if byte == CSVScanner.lineFeed || isReturn && !isLineFeed(at: position + 1) { line += 1 }
            position += 1
        }
        guard position < bytes.count else {
            throw MalformedFile(
                line: firstLine, "the quote that opens here is never closed",
                help: "a quote inside a quoted field is written twice")
        }
        let field = Field(
            range: start..<position, line: firstLine, isQuoted: true, hasDoubledQuotes: hasDoubledQuotes)
        position += 1
        if position < bytes.count, !isEnd(bytes[position]) {
            throw MalformedFile(
                line: line, "text follows a closing quote", help: "a quote inside a quoted field is written twice")
        }
        return field
    }

    private func isLineFeed(at index: Int) -> Bool { index < bytes.count && bytes[index] == CSVScanner.lineFeed }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == CSVScanner.lineFeed || byte == CSVScanner.carriageReturn
    }

    /// The text of a field.
    /// - Throws: `MalformedFile` when it is not UTF-8.
    func text(of field: Field) throws -> String {
        let content = UnsafeBufferPointer(rebasing: bytes[field.range])
        let text =
            field.hasDoubledQuotes
            ? String(validating: withoutDoubledQuotes(content), as: UTF8.self)
            : String(validating: content, as: UTF8.self)
        guard let text else {
            throw MalformedFile(line: field.line, "this is not UTF-8 text", help: "save the file as UTF-8")
        }
        return text
    }

    private func withoutDoubledQuotes(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var isFirst = false
        return content.filter { byte in
            isFirst = byte == CSVScanner.quote && !isFirst
            return !isFirst
        }
    }
}
