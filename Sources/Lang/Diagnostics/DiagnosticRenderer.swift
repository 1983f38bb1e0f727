// The one printer of diagnostics: message, place, excerpt with carets, help and notes, in the form that the language
// specification fixes (section 4).

/// Prints diagnostics, in colour when the terminal shows it.
public struct DiagnosticRenderer {
    public let usesColor: Bool

    public init(usesColor: Bool = false) { self.usesColor = usesColor }

    public func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { render($0) }.joined(separator: "\n")
    }

    /// The text of one diagnostic, with a line ending.
    public func render(_ diagnostic: Diagnostic) -> String {
        let severity = diagnostic.severity.rawValue
        var text =
            paint(severity, diagnostic.severity == .error ? .red : .yellow) + paint(": \(diagnostic.message)", .bold)
        text += "\n"
        var margin = ""
        if let source = diagnostic.source {
            let line = source.line(at: diagnostic.range.start)
            margin = String(repeating: " ", count: String(line).count)
            text += "\(margin)\(paint("-->", .blue)) \(place(diagnostic.range, in: source))\n"
            text += excerpt(of: diagnostic.range, in: source, line: line, margin: margin)
        }
        for help in diagnostic.help { text += addendum("help", help, margin) }
        for note in diagnostic.notes {
            let place = note.source.map { " at \(self.place(note.range, in: $0))" } ?? ""
            text += addendum("note", note.message + place, margin)
        }
        return text
    }

    /// `file:line:column`
    private func place(_ range: SourceRange, in source: SourceFile) -> String {
        "\(source.name):\(source.line(at: range.start)):\(source.column(at: range.start))"
    }

    /// The line of the range's start, with carets under the part of the range that lies on it.
    private func excerpt(of range: SourceRange, in source: SourceFile, line: Int, margin: String) -> String {
        let lineRange = source.lineRange(line)
        let start = min(max(range.start, lineRange.start), lineRange.end)
        let end = min(max(range.end, start), lineRange.end)
        let before = Self.end(of: SourceRange(lineRange.start, start), in: source)
        let inside = Self.beginning(of: SourceRange(start, end), in: source)
        let after = Self.beginning(of: SourceRange(end, lineRange.end), in: source)
        let indent = String(repeating: " ", count: TextWidth.columns(of: before))
        let carets = String(repeating: "^", count: max(1, TextWidth.columns(of: inside)))
        let bar = paint("|", .blue)
        return """
            \(margin) \(bar)
            \(paint(String(line), .blue)) \(bar) \(before)\(inside)\(after)
            \(margin) \(bar) \(indent)\(paint(carets, .red))

            """
    }

    private func addendum(_ kind: String, _ text: String, _ margin: String) -> String {
        "\(margin) \(paint("=", .blue)) \(paint(kind, .bold)): \(text)\n"
    }

    /// More of a line than this many bytes on a side would bury the message: a file may be one line.
    private static let longestPart = 400

    private static func beginning(of range: SourceRange, in source: SourceFile) -> String {
        guard range.end - range.start > longestPart else { return printable(source.text(range)) }
        var end = range.start + longestPart
        while end > range.start, source.bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return printable(source.text(SourceRange(range.start, end))) + "…"
    }

    private static func end(of range: SourceRange, in source: SourceFile) -> String {
        guard range.end - range.start > longestPart else { return printable(source.text(range)) }
        var start = range.end - longestPart
        while start < range.end, source.bytes[start] & 0xC0 == 0x80 { start += 1 }
        return "…" + printable(source.text(SourceRange(start, range.end)))
    }

    /// Tabs become four spaces and control characters U+FFFD, so that carets stand under what they mean.
    private static func printable(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                result += "    "
            } else {
                result.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
            }
        }
        return result
    }

    private enum Style: String { case red = "31;1", yellow = "33;1", blue = "34", bold = "1" }

    private func paint(_ text: String, _ style: Style) -> String {
        usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
