/// The candidates of a completion as lines for the screen: in columns, or one a line with what they are where few.
enum CompletionList {
    /// - Returns: at most `height` lines of at most `width` columns; the last one says how many are left out.
    static func lines(_ candidates: [Completion.Candidate], width: Int, height: Int) -> [String] {
        let width = max(1, width - 1)
        let candidates = candidates.map {
            Completion.Candidate(printable($0.text), detail: printable($0.detail))
        }
        let height = max(2, height)
        if candidates.count <= min(height, 10), candidates.contains(where: { !$0.detail.isEmpty }) {
            return detailed(candidates, width: width)
        }
        let names = candidates.map { cut($0.text, to: width) }
        let cell = (names.map(ScreenPlace.columns).max() ?? 0) + 2
        let columns = max(1, (width + 2) / cell)
        if names.count <= columns * height { return table(names, cell: cell, columns: columns) }
        let shown = columns * (height - 1)
        return table(Array(names[..<shown]), cell: cell, columns: columns)
            + [cut("… and \(names.count - shown) more", to: width)]
    }

    private static func detailed(_ candidates: [Completion.Candidate], width: Int) -> [String] {
        let cell = (candidates.map { ScreenPlace.columns($0.text) }.max() ?? 0) + 2
        return candidates.map {
            cut($0.detail.isEmpty ? $0.text : padded($0.text, to: cell) + $0.detail, to: width)
        }
    }

    /// Sorted downwards, column by column, as `ls` does.
    private static func table(_ names: [String], cell: Int, columns: Int) -> [String] {
        let rows = (names.count + columns - 1) / columns
        return (0..<rows).map { row in
            let line = stride(from: row, to: names.count, by: rows).map { names[$0] }
            return line.dropLast().map { padded($0, to: cell) }.joined() + (line.last ?? "")
        }
    }

    /// The names of columns and files may hold anything.
    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { ScreenPlace.isControl($0) ? "\u{FFFD}" : $0 }))
    }

    private static func padded(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - ScreenPlace.columns(text)))
    }

    private static func cut(_ text: String, to columns: Int) -> String {
        if ScreenPlace.columns(text) <= columns { return text }
        var kept = ""
        for character in text {
            if ScreenPlace.columns(kept + String(character)) > columns - 1 { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
