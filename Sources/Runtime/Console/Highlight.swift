import Lang

/// A source as HTML: every part in a `<span>` of its class, escaped. Without its tags it is the source, character for
/// character.
struct Highlight {
    private let source: SourceFile
    private let spans: [Highlighting.Span]

    init(_ source: SourceFile) {
        self.source = source
        spans = Highlighting.spans(of: source)
    }

    /// The classes, named in the report's style sheet; nil for what looks like the text around it.
    static func htmlClass(_ kind: Highlighting.Kind) -> String? {
        switch kind {
        case .plain, .sign: nil
        case .keyword: "k"
        case .constant, .number: "n"
        case .string: "s"
        case .interpolation: "i"
        case .comment, .prose: "c"
        case .function: "f"
        case .argument: "a"
        case .invalid: "e"
        }
    }

    /// A part of the source.
    func html(_ range: SourceRange) -> String {
        let inside = spans.lazy.filter { $0.range.start < range.end && $0.range.end > range.start }
        return inside.map { span in
            let part = SourceRange(max(span.range.start, range.start), min(span.range.end, range.end))
            let text = HTMLText.escaped(source.text(part))
            return Highlight.htmlClass(span.kind).map { "<span class=\"\($0)\">\(text)</span>" } ?? text
        }.joined()
    }
}

/// Text that stands in HTML.
enum HTMLText {
    /// Fit for elements and for attributes in double quotes. Control characters, which HTML does not allow, show as
    /// U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value): result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
