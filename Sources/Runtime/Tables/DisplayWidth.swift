import Lang

/// Text cut, filled and wrapped to cells of a terminal, as `TextWidth` counts them: two for East Asian wide characters
/// and emoji, none for combining marks.
extension String {
    var displayWidth: Int { TextWidth.columns(of: self) }

    /// The longest beginning that fits into `width` cells, ended by "…" when something is left out.
    func truncated(toDisplayWidth width: Int) -> String {
        guard displayWidth > width else { return self }
        var kept = ""
        var used = 0
        for character in self {
            used += TextWidth.columns(of: String(character))
            if used > width - 1 { break }
            kept.append(character)
        }
        return width > 0 ? kept + "…" : ""
    }

    /// Filled with spaces up to `width` cells.
    func padded(toDisplayWidth width: Int, onTheLeft: Bool = false) -> String {
        let spaces = String(repeating: " ", count: max(0, width - displayWidth))
        return onTheLeft ? spaces + self : self + spaces
    }

    /// Lines of at most `width` cells, broken at spaces; after `count` lines the rest is left out, which "…" says.
    func wrapped(toDisplayWidth width: Int, lines count: Int) -> [String] {
        var lines: [String] = []
        for word in split(separator: " ").map(String.init) {
            if let last = lines.last, last.displayWidth + 1 + word.displayWidth <= width {
                lines[lines.count - 1] = last + " " + word
            } else if lines.count < count {
                lines.append(word.truncated(toDisplayWidth: width))
            } else {
                lines[lines.count - 1] = (lines[lines.count - 1] + " …").truncated(toDisplayWidth: width)
                break
            }
        }
        return lines
    }
}
