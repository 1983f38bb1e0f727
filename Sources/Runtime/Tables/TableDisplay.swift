/// A table as text for a terminal or a report: names, kinds, rows; numbers right-aligned with comparable digits.
///
/// Never wider than `width` cells (but for a first column that alone is wider): long strings are shortened, columns
/// that do not fit are named below. Never more than `rows` rows: the others are counted below.
public struct TableDisplay: Hashable, Sendable {
    /// Cells of the terminal.
    public var width: Int
    /// The most rows shown.
    public var rows: Int
    /// Whether names, kinds and remarks are set off by terminal colours.
    public var isStyled: Bool

    private static let gap = "  "
    private static let widestEntry = 40

    public init(width: Int = 80, rows: Int = 20, isStyled: Bool = false) {
        self.width = width
        self.rows = rows
        self.isStyled = isStyled
    }

    /// The lines, without a line break at the end.
    public func text(of table: Table) -> String {
        guard !table.names.isEmpty else { return dimmed("empty table") }
        let shownRows = Array(0..<min(table.rowCount, max(0, rows)))
        let blocks = fitting(table.named.map { block($0.name, $0.column.taking(shownRows)) })
        var lines = (0..<shownRows.count + 2).map { line in
            blocks.map { $0.cells[line] }.joined(separator: Self.gap)
        }
        lines[0] = bold(lines[0])
        lines[1] = dimmed(lines[1])
        if table.isEmpty { lines.append(dimmed("no rows")) }
        let hiddenRows = table.rowCount - shownRows.count
        if hiddenRows > 0 { lines.append(dimmed("… \(hiddenRows) more \(hiddenRows == 1 ? "row" : "rows")")) }
        let hidden = table.names.dropFirst(blocks.count)
        if !hidden.isEmpty {
            let remark = "… \(hidden.count) more \(hidden.count == 1 ? "column" : "columns"): "
            lines.append(dimmed((remark + hidden.joined(separator: ", ")).truncated(toDisplayWidth: max(width, 20))))
        }
        return lines.map(withoutTrailingSpaces).joined(separator: "\n")
    }

    /// The columns, from the left, that fit side by side; always the first.
    private func fitting(_ blocks: [Block]) -> [Block] {
        var used = 0
        let count = blocks.prefix { block in
            used += block.width + (used == 0 ? 0 : Self.gap.count)
            return used <= width
        }.count
        return Array(blocks.prefix(max(1, count)))
    }

    /// Name, kind and entries of a column, all padded to one width.
    private func block(_ name: String, _ column: Column) -> Block {
        var cells = [escaped(name), "\(column.kind)"]
        if case .numbers(let values) = column {
            let format = NumberColumnFormat(values)
            cells += values.map { $0.isNaN ? "–" : format.text($0) }
        } else {
            cells += column.entries.map { $0.isMissing ? "–" : escaped($0.text) }
        }
        cells = cells.map { $0.truncated(toDisplayWidth: min(Self.widestEntry, max(4, width))) }
        let widest = cells.map(\.displayWidth).max() ?? 0
        return Block(
            width: widest,
            cells: cells.map { $0.padded(toDisplayWidth: widest, onTheLeft: column.kind == .number) })
    }

    /// Line breaks and other control characters would break the alignment.
    private func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        return text.unicodeScalars.map { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            case let other where other.properties.generalCategory == .control: "\u{FFFD}"
            case let other: String(other)
            }
        }.joined()
    }

    private func withoutTrailingSpaces(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }

    private func bold(_ text: String) -> String { isStyled ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    private func dimmed(_ text: String) -> String { isStyled ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}

/// A column ready to be put beside others.
private struct Block {
    var width: Int
    var cells: [String]
}
