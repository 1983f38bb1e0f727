// Bytes to tokens. The lexer cannot fail: what begins no token becomes an `invalid` token, an unterminated string
// lacks its end, and the parser says so. Comments and spaces lie between tokens; whether a line ended there is all the
// parser needs of them. Strings are cut by `StringLexer.swift`.

/// Cuts a source into tokens; the last is `endOfFile`.
struct Lexer {
    let bytes: [UInt8]
    var position = 0
    var tokens: [Token] = []
    /// Set by a line ending, taken by the next token.
    var lineEnded = true
    /// The strings and their interpolations that enclose `position`.
    var contexts: [StringContext] = []

    static func tokens(of source: SourceFile) -> [Token] {
        var lexer = Lexer(bytes: source.bytes)
        lexer.run()
        return lexer.tokens
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        tokens.reserveCapacity(bytes.count / 4 + 1)
    }

    private mutating func run() {
        skipByteOrderMark()
        while true {
            skipTrivia()
            if position >= bytes.count { break }
            lexToken()
        }
        emit(.endOfFile, from: bytes.count)
    }

    private mutating func skipByteOrderMark() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Spaces, line endings and comments.
    private mutating func skipTrivia() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
            case UInt8(ascii: "\n"):
                lineEnded = true
                position += 1
                closeStringsAtLineEnd()
            case UInt8(ascii: "#"):
                while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
            default: return
            }
        }
    }

    private mutating func lexToken() {
        let byte = bytes[position]
        if byte.isDigit { return lexNumber() }
        if startsString() { return lexString() }
        if byte.startsName { return lexName() }
        if lexInterpolationSign() { return }
        let start = position
        let signs = byte < 0x80 ? TokenKind.signsByFirstByte[Int(byte)] : []
        for sign in signs where bytes[position...].starts(with: sign.spelling) {
            position += sign.spelling.count
            return emit(sign.kind, from: start)
        }
        lexInvalid()
    }

    // MARK: Names and numbers

    private mutating func lexName() {
        let start = position
        while position < bytes.count, bytes[position].continuesName {
            let length = scalarLength(at: position)
            if length == 0 { break }
            position += length
        }
        if position == start { return lexInvalid() }
        let isWord = bytes[start..<position].allSatisfy { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }
        let keyword = isWord ? TokenKind.keywordsBySpelling[text(from: start)] : nil
        emit(keyword ?? .name, from: start)
    }

    /// `42`, `3.5`, `1e-6`, `1_000`, `0xff`, `95%`. What is malformed (`0x`, `1e`) still is one token; the
    /// parser, which converts it, complains.
    private mutating func lexNumber() {
        let start = position
        if bytes[position] == UInt8(ascii: "0"), byte(at: position + 1) | 0x20 == UInt8(ascii: "x") {
            position += 2
            skip { $0.continuesName }
            return emit(.number, from: start)
        }
        skip { $0.isDigit || $0 == UInt8(ascii: "_") }
        if byte(at: position) == UInt8(ascii: "."), byte(at: position + 1).isDigit {
            position += 1
            skip { $0.isDigit || $0 == UInt8(ascii: "_") }
        }
        if byte(at: position) | 0x20 == UInt8(ascii: "e") { lexExponent() }
        skip { $0.continuesName && $0 < 0x80 }  // `12abc` is one malformed number, not a number and a name.
        if byte(at: position) == UInt8(ascii: "%"), !startsOperand(at: position + 1) { position += 1 }
        emit(.number, from: start)
    }

    private mutating func lexExponent() {
        let sign = byte(at: position + 1)
        let isSigned = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
        guard byte(at: position + (isSigned ? 2 : 1)).isDigit else { return }
        position += isSigned ? 2 : 1
        skip { $0.isDigit || $0 == UInt8(ascii: "_") }
    }

    /// `10%3` is a remainder, although no space precedes the sign: a percentage cannot be followed by an operand.
    private func startsOperand(at position: Int) -> Bool {
        let byte = byte(at: position)
        return byte.continuesName || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "\"")
    }

    // MARK: What is no token

    /// One scalar, one sign of another language that deserves a hint (`&&`), or one malformed byte.
    private mutating func lexInvalid() {
        let start = position
        if let foreign = ["&&", "||"].first(where: { matches($0) }) {
            position += foreign.utf8.count
        } else {
            position += max(1, scalarLength(at: position))
        }
        emit(.invalid, from: start)
    }

    /// The length of the well-formed UTF-8 scalar at a position; 0 when malformed.
    func scalarLength(at position: Int) -> Int {
        let lead = bytes[position]
        if lead < 0x80 { return 1 }
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0
        guard length > 0, position + length <= bytes.count else { return 0 }
        return String(validating: bytes[position..<position + length], as: UTF8.self) == nil ? 0 : length
    }

    // MARK: Cursor

    mutating func emit(_ kind: TokenKind, from start: Int) {
        tokens.append(Token(kind: kind, start: start, end: position, startsLine: lineEnded))
        lineEnded = false
    }

    /// The byte at a position; 0 beyond the end.
    func byte(at position: Int) -> UInt8 { position < bytes.count ? bytes[position] : 0 }

    func matches(_ spelling: String) -> Bool {
        bytes[position...].starts(with: spelling.utf8)
    }

    mutating func skip(while condition: (UInt8) -> Bool) {
        while position < bytes.count, condition(bytes[position]) { position += 1 }
    }

    private func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    /// Letters, `_`, and every byte of a scalar outside ASCII.
    var startsName: Bool {
        (self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z")) || self == UInt8(ascii: "_")
            || self >= 0x80
    }

    var continuesName: Bool { startsName || isDigit }
}
