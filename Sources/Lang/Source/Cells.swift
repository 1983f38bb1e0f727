// The notebook's cut of a source. A line that begins with `##` is prose; `#%%` begins a new code cell; otherwise a
// code cell runs from one prose block to the next. Only whole lines matter, so this needs no tokens; who knows where
// the statements stand says so, and none is cut in two.

/// The cells of a source, in order.
public enum Cells {
    public enum Kind: Sendable { case prose, code }

    public struct Part: Sendable {
        public let kind: Kind
        /// Whole lines.
        public let range: SourceRange
        /// Of prose: its Markdown, without the `##`.
        public let text: String
    }

    /// - Parameter statements: what must stay whole; marks and prose inside one (the help of an inner `fn`, a text of
    ///   several lines) begin no cell.
    public static func cut(_ source: SourceFile, keeping statements: [SourceRange] = []) -> [Part] {
        let inside = Set(statements.flatMap { source.line(at: $0.start) + 1..<source.line(at: $0.end) + 1 })
        var parts: [Part] = []
        var first = 1
        for line in 1...source.lineCount + 1 where !inside.contains(line) {
            let isEnd = line > source.lineCount
            guard isEnd || line > first && (startsCell(line, source) || isProse(line, source) != isProse(first, source))
            else { continue }
            if let part = part(first..<line, source) { parts.append(part) }
            first = line
        }
        return parts
    }

    private static func part(_ lines: Range<Int>, _ source: SourceFile) -> Part? {
        let range = source.lineRange(lines.lowerBound).joined(with: source.lineRange(lines.upperBound - 1))
        if isProse(lines.lowerBound, source) {
            return Part(kind: .prose, range: range, text: markdown(lines, source))
        }
        let text = source.text(range)
        return text.allSatisfy(\.isWhitespace) ? nil : Part(kind: .code, range: range, text: text)
    }

    /// The prose whose last line stands directly above the line of `offset`: the help of the `fn` there.
    static func prose(above offset: Int, in source: SourceFile) -> String {
        let end = source.line(at: offset)
        var first = end
        while first > 1, isProse(first - 1, source) { first -= 1 }
        return markdown(first..<end, source)
    }

    private static func markdown(_ lines: Range<Int>, _ source: SourceFile) -> String {
        lines.map { line in
            let text = source.text(source.lineRange(line)).drop { $0 != "#" }.dropFirst(2)
            return String(text.first == " " ? text.dropFirst() : text)
        }.joined(separator: "\n")
    }

    /// Indented prose serves as help of an indented `fn`; only unindented prose makes cells, but the cut is the same.
    private static func isProse(_ line: Int, _ source: SourceFile) -> Bool {
        let bytes = source.bytes[source.lineRange(line).start..<source.lineRange(line).end]
        return bytes.drop(while: isBlank).starts(with: "##".utf8)
    }

    /// What the lexer skips within a line; a carriage return without a newline too.
    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }

    private static func startsCell(_ line: Int, _ source: SourceFile) -> Bool {
        source.bytes[source.lineRange(line).start..<source.lineRange(line).end].starts(with: "#%%".utf8)
    }
}
