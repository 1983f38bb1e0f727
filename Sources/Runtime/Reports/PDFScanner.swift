/// The objects of PDF files that document information needs (ISO 32000-1, section 7.3).
enum PDFObject: Hashable {
    case integer(Int)
    case name(String)
    case string([UInt8])
    /// The number of an object elsewhere in the file.
    case reference(Int)
    indirect case dictionary([Pair])
    indirect case array([PDFObject])
    /// Anything else, e.g. `true` or a number with a fraction.
    case other

    struct Pair: Hashable {
        var name: String
        var value: PDFObject
    }
}

/// Reads objects from a file that may be damaged: what cannot be read is nil, never a trap.
struct PDFScanner {
    private let bytes: [UInt8]
    private var position: Int
    private var depth = 0

    /// Deeper objects are refused.
    private static let deepest = 50
    /// A line of a cross-reference table.
    private static let entryLength = 20

    init(_ bytes: [UInt8], at position: Int) {
        self.bytes = bytes
        self.position = min(max(0, position), bytes.count)
    }

    // MARK: Cross-reference tables

    /// Whether the keyword stands here, behind space.
    mutating func skip(_ keyword: String) -> Bool {
        skipSpace()
        guard bytes[position...].starts(with: Array(keyword.utf8)) else { return false }
        position += keyword.utf8.count
        return true
    }

    /// "12 0 obj".
    mutating func skipObjectHeader() -> Bool {
        guard case .integer? = object(), case .integer? = object() else { return false }
        return skip("obj")
    }

    /// The first number and the count of a section; nil, and nothing is skipped, at anything else.
    mutating func section() -> (first: Int, count: Int)? {
        let start = position
        guard case .integer(let first)? = object(), case .integer(let count)? = object(), count >= 0 else {
            position = start
            return nil
        }
        skipSpace()
        return (first, count)
    }

    mutating func skipEntries(_ count: Int) {
        let (length, overflow) = count.multipliedReportingOverflow(by: Self.entryLength)
        position = overflow || length > bytes.count - position ? bytes.count : position + length
    }

    // MARK: Objects

    mutating func object() -> PDFObject? {
        guard depth < Self.deepest else { return nil }
        depth += 1
        defer { depth -= 1 }
        skipSpace()
        guard let byte = next else { return nil }
        switch byte {
        case UInt8(ascii: "/"): return .name(name())
        case UInt8(ascii: "("): return literalString().map(PDFObject.string)
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "<"):
            return bytes[position...].starts(with: Array("<<".utf8)) ? dictionary() : hexString().map(PDFObject.string)
        default: return numberOrWord()
        }
    }

    private mutating func dictionary() -> PDFObject? {
        position += 2
        var pairs: [PDFObject.Pair] = []
        while !skip(">>") {
            guard case .name(let name)? = object(), let value = object() else { return nil }
            pairs.append(.init(name: name, value: value))
        }
        return .dictionary(pairs)
    }

    private mutating func array() -> PDFObject? {
        position += 1
        var elements: [PDFObject] = []
        while !skip("]") {
            guard let element = object() else { return nil }
            elements.append(element)
        }
        return .array(elements)
    }

    private mutating func name() -> String {
        position += 1
        return String(decoding: regularCharacters(), as: UTF8.self)
    }

    /// A number, "12 0 R", or a word such as `true`.
    private mutating func numberOrWord() -> PDFObject? {
        let word = regularCharacters()
        guard !word.isEmpty else { return nil }
        guard let number = Int(String(decoding: word, as: UTF8.self)) else { return .other }
        let end = position
        skipSpace()
        let generation = regularCharacters()
        if !generation.isEmpty, generation.allSatisfy(isDigit), skip("R") { return .reference(number) }
        position = end
        return .integer(number)
    }

    // MARK: Strings

    private mutating func literalString() -> [UInt8]? {
        position += 1
        var text: [UInt8] = []
        var open = 0
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "("): open += 1
            case UInt8(ascii: ")"):
                if open == 0 { return text }
                open -= 1
            case UInt8(ascii: "\\"):
                if let escaped = escapedCharacter() { text.append(escaped) }
                continue
            default: break
            }
            text.append(byte)
        }
        return nil
    }

    /// Behind a backslash; nil for one that ends a line, which stands for nothing.
    private mutating func escapedCharacter() -> UInt8? {
        guard let byte = next else { return nil }
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case 0x0A: return nil
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var code = Int(byte - UInt8(ascii: "0"))
            for _ in 0..<2 {
                guard let digit = next, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) else { break }
                code = code * 8 + Int(digit - UInt8(ascii: "0"))
                position += 1
            }
            return UInt8(truncatingIfNeeded: code)
        default: return byte
        }
    }

    private mutating func hexString() -> [UInt8]? {
        position += 1
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
        var digits = bytes[position..<end].compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        position = end + 1
        if digits.count % 2 == 1 { digits.append(0) }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }

    // MARK: Characters

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private func isSpace(_ byte: UInt8) -> Bool { [0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x20].contains(byte) }

    private mutating func skipSpace() {
        while let byte = next {
            if byte == UInt8(ascii: "%") {
                while let comment = next, comment != 0x0A, comment != 0x0D { position += 1 }
            } else if isSpace(byte) {
                position += 1
            } else {
                return
            }
        }
    }

    private mutating func regularCharacters() -> ArraySlice<UInt8> {
        let start = position
        while let byte = next, !isSpace(byte), !"()<>[]{}/%".utf8.contains(byte) { position += 1 }
        return bytes[start..<position]
    }
}

/// Text strings of PDF files (ISO 32000-1, section 7.9.2.2).
enum PDFText {
    /// As a literal where it is ASCII, else as UTF-16 in hexadecimal digits: the file stays readable by any program.
    static func written(_ text: String) -> String {
        guard text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A }) else {
            let units = [0xFEFF] + text.utf16
            return "<" + units.map { hexadecimal($0) }.joined() + ">"
        }
        let escaped = text.map { character in
            switch character {
            case "\\", "(", ")": "\\\(character)"
            case "\n": "\\n"
            default: String(character)
            }
        }
        return "(" + escaped.joined() + ")"
    }

    static func read(_ bytes: [UInt8]) -> String {
        guard bytes.starts(with: [0xFE, 0xFF]) else {
            return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return String(decoding: units, as: UTF16.self)
    }

    private static func hexadecimal(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
