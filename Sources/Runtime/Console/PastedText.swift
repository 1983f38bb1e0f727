/// Makes pasted text what it would be in a script: no control characters, no prompts of a session, no output of one.
enum PastedText {
    /// Line ends become newlines, other control characters but the tab go, and so do empty lines around the text.
    ///
    /// Terminals send line ends as carriage returns, and the driver of a terminal may swap the two: in either order a
    /// pair is one line end.
    static func clean(_ text: String) -> String {
        var lines: [String] = [""]
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\r", "\n":
                if previous != scalar, previous == "\r" || previous == "\n" {
                    previous = " "
                    continue
                }
                lines.append("")
            case "\t": lines[lines.count - 1].unicodeScalars.append(scalar)
            default:
                if scalar.properties.generalCategory != .control {
                    lines[lines.count - 1].unicodeScalars.append(scalar)
                }
            }
            previous = scalar
        }
        if lines.count == 1 { return lines[0] }
        return trimmed(lines).joined(separator: "\n")
    }

    /// Takes prompts off a copied session; each becomes an entry of its own, which `#%%` marks. Its lines without a prompt are what statements wrote, and go too; but those
    /// that continue a statement, because it is open or because they begin with `|>`, belong to it.
    static func withoutPrompts(_ text: String, isOpen: (String) -> Bool) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let first = lines.firstIndex(where: { !isBlank($0) }), afterPrompt(lines[first]) != nil else {
            return text
        }
        var kept: [String] = []
        var statement = ""
        for line in lines[first...] {
            if let start = afterPrompt(line) {
                if isBlank(start) { continue }
                if !kept.isEmpty { kept.append("#%%") }
                statement = start
                kept.append(start)
            } else if let rest = afterContinuation(line) ?? (continues(statement, line, isOpen) ? line : nil) {
                statement += "\n" + rest
                kept.append(rest)
            }
        }
        return trimmed(kept).joined(separator: "\n")
    }

    /// What follows `tx[3]> ` at the start of a line; nil where there is no prompt.
    static func afterPrompt(_ line: String) -> String? {
        let text = line.drop { $0 == " " }
        guard text.hasPrefix("tx[") else { return nil }
        let rest = text.dropFirst(3).drop { $0.isASCII && $0.isNumber }
        guard rest.startIndex != text.dropFirst(3).startIndex else { return nil }
        if rest.hasPrefix("]> ") { return String(rest.dropFirst(3)) }
        return rest == "]>" ? "" : nil
    }

    /// What follows the `.. ` of a continuation line, which stands under the prompt's end.
    static func afterContinuation(_ line: String) -> String? {
        let text = line.drop { $0 == " " }
        guard text.startIndex != line.startIndex, text == ".." || text.hasPrefix(".. ") else { return nil }
        return String(text.dropFirst(3))
    }

    private static func continues(_ statement: String, _ line: String, _ isOpen: (String) -> Bool) -> Bool {
        line.drop { $0 == " " || $0 == "\t" }.hasPrefix("|>") || isOpen(statement)
    }

    private static func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }

    private static func trimmed(_ lines: [String]) -> ArraySlice<String> {
        guard let first = lines.firstIndex(where: { !isBlank($0) }),
            let last = lines.lastIndex(where: { !isBlank($0) })
        else { return [] }
        return lines[first...last]
    }
}
