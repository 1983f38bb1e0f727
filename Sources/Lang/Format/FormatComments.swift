// Comments, found again between the tokens: the lexer skips them, and the tree does not hold them. Nothing but spaces
// and comments lies between two tokens, so that a gap is read by its line endings and its `#` alone.

/// A comment with what its place means.
struct Comment: Sendable {
    /// From `#` to the last character that is no space.
    let range: SourceRange
    /// Whether code stands before it on its line.
    let isTrailing: Bool
    let followsBlankLine: Bool
    /// `#%%` in the first column begins a cell of the notebook, elsewhere it does not: it must not come or go.
    let mark: Mark

    enum Mark: Sendable { case none, atMargin, indented }
}

/// What lies before a token: comments, then the token's own place.
struct Gap {
    var comments: [Comment] = []
    private(set) var endsWithBlankLine = false

    /// The gap before `tokens[index]`.
    init(before index: Int, of tokens: [Token], in bytes: [UInt8]) {
        let hasMark = index == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
        var position = index > 0 ? tokens[index - 1].end : hasMark ? 3 : 0
        let end = tokens[index].start
        var lineEnds = index == 0 ? 1 : 0
        while position < end {
            let byte = bytes[position]
            if byte == UInt8(ascii: "#") {
                let range = Gap.comment(at: position, before: end, in: bytes)
                comments.append(
                    Comment(
                        range: range, isTrailing: lineEnds == 0, followsBlankLine: lineEnds > 1,
                        mark: Gap.mark(of: range, in: bytes)))
                while position < end, bytes[position] != UInt8(ascii: "\n") { position += 1 }
                lineEnds = 0
            } else {
                if byte == UInt8(ascii: "\n") { lineEnds += 1 }
                position += 1
            }
        }
        endsWithBlankLine = lineEnds > 1
    }

    /// Whether an empty line stands before the first thing in the gap that has a line of its own.
    var beginsWithBlankLine: Bool { comments.first?.followsBlankLine ?? endsWithBlankLine }

    private static func comment(at start: Int, before limit: Int, in bytes: [UInt8]) -> SourceRange {
        var end = start
        var position = start
        while position < limit, bytes[position] != UInt8(ascii: "\n") {
            position += 1
            if ![UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains(bytes[position - 1]) {
                end = position
            }
        }
        return SourceRange(start, end)
    }

    private static func mark(of range: SourceRange, in bytes: [UInt8]) -> Comment.Mark {
        guard bytes[range.start..<range.end].starts(with: "#%%".utf8) else { return .none }
        return range.start == 0 || bytes[range.start - 1] == UInt8(ascii: "\n") ? .atMargin : .indented
    }
}
