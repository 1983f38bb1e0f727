// Where something stands in a source text. Offsets count bytes, because the lexer works on bytes and malformed UTF-8
// must keep its place; lines and columns are made from them only when a diagnostic is shown.

/// A half-open range of byte offsets in one `SourceFile`.
public struct SourceRange: Hashable, Sendable {
    public let start: Int
    public let end: Int

    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = max(start, end)
    }

    /// The empty range at the beginning of a file: for what has no place, such as a file that cannot be read.
    public static let beginning = SourceRange(0, 0)

    /// The smallest range that covers both.
    public func joined(with other: SourceRange) -> SourceRange {
        SourceRange(min(start, other.start), max(end, other.end))
    }
}

/// A range with its file: what a message points at.
struct Place: Sendable {
    let source: SourceFile
    let range: SourceRange
}
