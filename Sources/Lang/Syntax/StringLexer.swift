// The inside of strings: `"text {expression:format} text"` becomes stringStart, texts, interpolations and stringEnd.
// Interpolations hold ordinary tokens, so the lexer keeps a stack of the strings it is in, with the depth of brackets
// inside the innermost interpolation: at depth 0 a `:` opens the format and a `}` ends the interpolation.

/// A string that encloses the lexer's position.
struct StringContext {
    /// Whether the string spans lines (`"""`).
    let isMultiline: Bool
    /// Open brackets inside the current interpolation.
    var depth = 0
}

extension Lexer {
    func startsString() -> Bool {
        byte(at: position) == UInt8(ascii: "\"")
            || (byte(at: position) == UInt8(ascii: "r") && byte(at: position + 1) == UInt8(ascii: "\""))
    }

    /// From the opening quotes to the first interpolation or the end.
    mutating func lexString() {
        let start = position
        let isRaw = bytes[position] == UInt8(ascii: "r")
        if isRaw { position += 1 }
        let isMultiline = matches("\"\"\"")
        position += isMultiline ? 3 : 1
        emit(.stringStart, from: start)
        lexStringText(isMultiline: isMultiline, isRaw: isRaw)
    }

    /// Text up to an interpolation, the closing quotes, or (in a string of one line) the end of the line.
    private mutating func lexStringText(isMultiline: Bool, isRaw: Bool = false) {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") && (!isMultiline || matches("\"\"\"")) {
                emitText(from: start)
                let quotes = position
                position += isMultiline ? 3 : 1
                return emit(.stringEnd, from: quotes)
            }
            if byte == UInt8(ascii: "\n") && !isMultiline { break }
            if byte == UInt8(ascii: "{") && !isRaw {
                if self.byte(at: position + 1) != byte {
                    emitText(from: start)
                    position += 1
                    contexts.append(StringContext(isMultiline: isMultiline))
                    return emit(.interpolationStart, from: position - 1)
                }
                position += 1  // `{{` is a literal brace; the parser takes it apart.
            }
            if byte == UInt8(ascii: "\\") && !isRaw { skipEscape() }
            position += 1
        }
        emitText(from: start)
    }

    /// Moves to the last byte of an escape, so that `\"` ends no string and `\{` and `\u{…}` open no interpolation.
    private mutating func skipEscape() {
        let next = byte(at: position + 1)
        if next == 0 || next == UInt8(ascii: "\n") { return }
        position += 1
        guard next == UInt8(ascii: "u"), byte(at: position + 1) == UInt8(ascii: "{") else { return }
        var end = position + 2
        while byte(at: end).continuesName { end += 1 }
        if byte(at: end) == UInt8(ascii: "}") { position = end }
    }

    private mutating func emitText(from start: Int) {
        if position > start { emit(.stringText, from: start) }
    }

    /// Handles brackets, `:` and `}` inside an interpolation; false where the sign is an ordinary token.
    mutating func lexInterpolationSign() -> Bool {
        guard let context = contexts.last else { return false }
        switch bytes[position] {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
            contexts[contexts.count - 1].depth += 1
            return false
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            if context.depth > 0 {
                contexts[contexts.count - 1].depth -= 1
                return false
            }
            guard bytes[position] == UInt8(ascii: "}") else { return false }
            endInterpolation()
            return true
        case UInt8(ascii: ":") where context.depth == 0:
            lexFormat()
            return true
        default: return false
        }
    }

    private mutating func endInterpolation() {
        position += 1
        emit(.interpolationEnd, from: position - 1)
        let context = contexts.removeLast()
        lexStringText(isMultiline: context.isMultiline)
    }

    /// `:.2` up to the closing brace, which `endInterpolation` then takes.
    private mutating func lexFormat() {
        let start = position
        skip { $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\n") }
        emit(.formatSpec, from: start)
    }

    /// A string of one line does not outlive it, so that one missing quote does not swallow the file.
    mutating func closeStringsAtLineEnd() {
        while let context = contexts.last, !context.isMultiline { contexts.removeLast() }
    }
}
