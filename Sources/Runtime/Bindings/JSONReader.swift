import Lang

/// JSON text (RFC 8259) to values: objects become records, which keep the order of their names, arrays become lists,
/// packed when all elements are numbers, null becomes none.
///
/// Beyond the standard, `NaN`, `Infinity` and `-Infinity` are read, as Python writes them. Stricter than the standard,
/// a name may stand only once in an object: which of two values would count depends on the program that reads it.
struct JSONReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0
    /// How many values have been begun.
    private var count = 0
    /// Of the object read last: most files hold long lists of records with the same names, which then share them.
    private var lastShape: Record.Shape?

    /// The language's own limit for nesting.
    private static let deepest = 500

    /// - Throws: `MalformedFile` that says what was expected at which place.
    /// - Complexity: linear in the number of bytes.
    static func value(_ bytes: [UInt8]) throws -> Value {
        try bytes.withUnsafeBufferPointer { buffer in
            var reader = JSONReader(buffer)
            let value = try reader.value()
            reader.skipSpace()
            guard reader.position == buffer.count else {
                throw reader.unexpected("the end of the file", help: "a JSON file holds one value: a list or an object")
            }
            return value
        }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    // MARK: Values

    private mutating func value() throws -> Value {
        count += 1
        if count & 0xFFF == 0 { try Interrupt.check() }
        skipSpace()
        guard let first = next else { throw unexpected("a value") }
        switch first {
        case UInt8(ascii: "{"): return try nested { try $0.object() }
        case UInt8(ascii: "["): return try nested { try $0.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case _ where isDigit(first) || first == UInt8(ascii: "-"): return .number(try number())
        case _ where isLetter(first): return try word()
        default: throw unexpected("a value")
        }
    }

    private mutating func nested(_ read: (inout JSONReader) throws -> Value) throws -> Value {
        guard depth < JSONReader.deepest else {
            throw malformed("lists and objects are nested deeper than \(JSONReader.deepest) levels")
        }
        depth += 1
        position += 1
        defer { depth -= 1 }
        return try read(&self)
    }

    /// Behind `[`.
    private mutating func array() throws -> Value {
        var list = List()
        skipSpace()
        if skip("]") { return .list(list) }
        while true {
            list.append(try value())
            skipSpace()
            if skip("]") { return .list(list) }
            guard skip(",") else { throw unexpected("',' or ']'") }
            try refuseTrailingComma(before: "]")
        }
    }

    /// Behind `{`.
    private mutating func object() throws -> Value {
        var names: [String] = []
        var starts: [Int] = []
        var values: [Value] = []
        skipSpace()
        if skip("}") { return .record(Record()) }
        while true {
            skipSpace()
            starts.append(position)
            guard next == UInt8(ascii: "\"") else { throw unexpected("a name in quotes") }
            names.append(try string())
            skipSpace()
            guard skip(":") else { throw unexpected("':'") }
            values.append(try value())
            skipSpace()
            if skip("}") { return .record(Record(try shape(names, starts), values)) }
            guard skip(",") else { throw unexpected("',' or '}'") }
            try refuseTrailingComma(before: "}")
        }
    }

    private mutating func shape(_ names: [String], _ starts: [Int]) throws -> Record.Shape {
        if let lastShape, lastShape.names == names { return lastShape }
        guard let shape = Record.Shape(names) else {
            var seen: Set<String> = []
            let (name, start) = zip(names, starts).first { !seen.insert($0.0).inserted } ?? ("", position)
            position = start
            throw malformed("the name '\(name)' stands twice in one object", help: "rename or remove one of the two")
        }
        lastShape = shape
        return shape
    }

    private mutating func word() throws -> Value {
        let start = position
        while let byte = next, isLetter(byte) { position += 1 }
        switch String(decoding: bytes[start..<position], as: UTF8.self) {
        case "null": return .nothing
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "NaN": return .number(.nan)
        case "Infinity": return .number(.infinity)
        case let word:
            position = start
            throw malformed(
                "expected a value, found '\(word.prefix(20))'",
                help: "words other than true, false and null stand in quotes")
        }
    }

    private mutating func number() throws -> Double {
        let start = position
        position += 1
        if bytes[start] == UInt8(ascii: "-"), next == UInt8(ascii: "I"), case .number(let number) = try word() {
            return -number
        }
        while let byte = next,
            isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "+")
        { position += 1 }
        let text = bytes[start..<position]
        guard let number = NumberText(text), !number.hasLeadingZero, isComplete(text) else {
            position = start
            let shown = String(decoding: text.prefix(30), as: UTF8.self)
            throw malformed("'\(shown)' is not a number", help: "JSON writes numbers like 0.5, -3 and 1e-6")
        }
        return number.value(text)
    }

    /// Digits on both sides of the point, as JSON demands.
    private func isComplete(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let point = text.firstIndex(of: UInt8(ascii: ".")) else { return true }
        let isAfter = point + 1 < text.endIndex && isDigit(text[point + 1])
        return isAfter && point > text.startIndex && isDigit(text[point - 1])
    }

    // MARK: Strings

    private mutating func string() throws -> String {
        let start = position
        position += 1
        let content = position
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        let text: String?
        if next == UInt8(ascii: "\"") {
            text = String(validating: UnsafeBufferPointer(rebasing: bytes[content..<position]), as: UTF8.self)
        } else {
            text = String(validating: try unescaped(Array(bytes[content..<position]), from: start), as: UTF8.self)
        }
        guard let text else {
            position = start
            throw malformed("this string is not UTF-8 text", help: "save the file as UTF-8")
        }
        position += 1
        return text
    }

    /// The rest of a string with its escapes resolved, up to the closing quote.
    private mutating func unescaped(_ beginning: [UInt8], from start: Int) throws -> [UInt8] {
        var text = beginning
        while let byte = next, byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") {
                try appendEscape(to: &text)
            } else if byte >= 0x20 {
                text.append(byte)
                position += 1
            } else {
                throw malformed(
                    "a string holds a line break or another control character", help: "write it as \\n, \\t or \\u00XX")
            }
        }
        guard next != nil else {
            position = start
            throw malformed("the string that opens here is never closed")
        }
        return text
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws {
        let start = position
        position += 1
        let letter = next
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter ?? 0)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try scalar(from: start)).utf8)
        default:
            position = start
            throw malformed(
                "unknown escape in a string",
                help: "JSON knows \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hex digits")
        }
    }

    /// Behind `\u`: a scalar, from one unit of UTF-16 or a pair of them.
    private mutating func scalar(from start: Int) throws -> Character {
        let high = try unit(from: start)
        if let scalar = Unicode.Scalar(high) { return Character(scalar) }
        if high < 0xDC00, skip("\\"), skip("u") {
            let low = try unit(from: start)
            if (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + UInt32(low) - 0xDC00)
            {
                return Character(scalar)
            }
        }
        position = start
        throw malformed("half of a surrogate pair", help: "characters beyond U+FFFF take two \\u escapes")
    }

    private mutating func unit(from start: Int) throws -> UInt16 {
        let digits = bytes[position..<min(position + 4, bytes.count)]
        guard digits.count == 4, digits.allSatisfy({ isDigit($0) || isLetter($0) }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else {
            position = start
            throw malformed("\\u takes four hex digits")
        }
        position += 4
        return unit
    }

    // MARK: Bytes

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    // MARK: Errors

    private mutating func refuseTrailingComma(before end: Unicode.Scalar) throws {
        skipSpace()
        guard next == UInt8(ascii: end) else { return }
        throw unexpected(end == "]" ? "a value" : "a name in quotes", help: "no comma stands before '\(end)'")
    }

    private func unexpected(_ expected: String, help: String? = nil) -> MalformedFile {
        guard let byte = next else { return malformed("expected \(expected), found the end of the file", help: help) }
        let isPlain = (0x21...0x7E).contains(byte)
        let found = isPlain ? "'\(Character(Unicode.Scalar(byte)))'" : "a byte 0x\(String(byte, radix: 16))"
        return malformed("expected \(expected), found \(found)", help: help)
    }

    /// At the present position.
    private func malformed(_ message: String, help: String? = nil) -> MalformedFile {
        let lineStart = bytes[..<position].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
        // Bytes that continue a character do not count.
        let column = 1 + bytes[lineStart..<position].count { $0 & 0xC0 != 0x80 }
        return MalformedFile(line: 1 + bytes.lineBreaks(before: position), column: column, message, help: help)
    }
}
