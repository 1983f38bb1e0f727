import Lang

/// What a typed text asks for.
enum TypedText: Equatable {
    case blank
    /// Prose and comments: nothing to run.
    case prose(String)
    /// `:name argument`; a `!` behind the name insists.
    case command(name: String, isForced: Bool, argument: String)
    /// `f?` or `?f`.
    case help(name: String)
    case code(String)

    init(_ text: String) {
        let trimmed = TypedText.trimmed(text)
        if trimmed.isEmpty {
            self = .blank
        } else if trimmed.hasPrefix(":") {
            self = TypedText.command(trimmed.dropFirst())
        } else if let name = TypedText.helpName(trimmed) {
            self = .help(name: name)
        } else if trimmed.hasPrefix("|>") {
            self = .code(TypedText.continued(trimmed))
        } else {
            let outline = Outline(SourceFile(name: "", text: text))
            self = outline?.parts.isEmpty == true ? .prose(text) : .code(text)
        }
    }

    /// The entries of a text: a line that begins with `#%%` between two statements begins another one.
    static func pieces(_ text: String) -> [String] {
        var pieces = [""]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("#%%"), !isOpen(pieces[pieces.count - 1]) {
                pieces.append("")
            } else {
                pieces[pieces.count - 1] += (pieces[pieces.count - 1].isEmpty ? "" : "\n") + line
            }
        }
        return pieces.filter { TypedText($0) != .blank }
    }

    /// The text, with the last value before a pipe that begins it.
    static func continued(_ text: String) -> String { text.hasPrefix("|>") ? "_ " + text : text }

    /// Whether more lines must follow.
    static func isOpen(_ text: String) -> Bool {
        guard case .code(let code) = TypedText(text) else { return false }
        return SourceFile(name: "", text: code).endsInsideStatement
    }

    private static func command(_ text: Substring) -> TypedText {
        let end = text.firstIndex(where: \.isWhitespace) ?? text.endIndex
        let isForced = text[..<end].hasSuffix("!")
        return .command(
            name: String(text[..<end].dropLast(isForced ? 1 : 0)), isForced: isForced,
            argument: trimmed(String(text[end...])))
    }

    /// The name, with fields, before or behind a question mark; nil when the text is anything else.
    private static func helpName(_ text: String) -> String? {
        guard text.hasPrefix("?") != text.hasSuffix("?") || text == "?" else { return nil }
        let name = text.hasPrefix("?") ? trimmed(String(text.dropFirst())) : trimmed(String(text.dropLast()))
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return name.isEmpty || parts.allSatisfy { !$0.contains(where: { " \t\n\"([{".contains($0) }) } ? name : nil
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
