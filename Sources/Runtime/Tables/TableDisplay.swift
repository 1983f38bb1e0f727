/// A table as text for a terminal or a report: names, kinds, rows; numbers right-aligned with comparable digits.
///
/// Never wider than `width` cells: long strings are shortened, columns that do not fit are named below. Never more than
/// `rows` rows: the others are counted below.
public struct TableDisplay: Hashable, Sendable {
    /// Cells of the terminal.
    public var width: Int
    /// The most rows shown.
    public var rows: Int
    /// Whether names, kinds and remarks are set off by terminal colours.
    public var isStyled: Bool

    private static let gap = "  "
    private static let widestEntry = 40
    /// For the names of columns that do not fit.
    private static let mostRemarkLines = 4

    public init(width: Int = 80, rows: Int = 20, isStyled: Bool = false) {
        self.width = width
        self.rows = rows
        self.isStyled = isStyled
    }

    /// The lines, without a line break at the end.
    public func text(of table: Table) -> String {
        guard !table.names.isEmpty else { return remark("empty table").joined(separator: "\n") }
        let shownRows = Array(0..<min(table.rowCount, max(0, rows)))
        let blocks = fitting(table.named.map { block($0.name, $0.column.taking(shownRows)) })
        var lines = (0..<shownRows.count + 2).map { line in
            blocks.map { $0.cells[line] }.joined(separator: Self.gap)
        }
        lines[0] = bold(lines[0])
        lines[1] = dimmed(lines[1])
        if table.isEmpty { lines += remark("no rows") }
        let hiddenRows = table.rowCount - shownRows.count
        if hiddenRows > 0 { lines += remark("… \(hiddenRows) more \(hiddenRows == 1 ? "row" : "rows")") }
        let hidden = table.names.dropFirst(blocks.count)
        if !hidden.isEmpty {
            let names = hidden.map(Self.escaped).joined(separator: ", ")
            lines += remark("… \(hidden.count) more \(hidden.count == 1 ? "column" : "columns"): " + names)
        }
        return lines.map(withoutTrailingSpaces).joined(separator: "\n")
    }

    private func remark(_ text: String) -> [String] {
        text.wrapped(toDisplayWidth: max(width, 1), lines: Self.mostRemarkLines).map(dimmed)
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
        var cells = [Self.escaped(name), "\(column.kind)"]
        if case .numbers(let values) = column {
            let format = NumberColumnFormat(values)
            cells += values.map { $0.isNaN ? "–" : format.text($0) }
        } else {
            cells += column.entries.map { $0.isMissing ? "–" : Self.escaped($0.text) }
        }
        cells = cells.map { $0.truncated(toDisplayWidth: min(Self.widestEntry, max(1, width))) }
        let widest = cells.map(\.displayWidth).max() ?? 0
        return Block(
            width: widest,
            cells: cells.map { $0.padded(toDisplayWidth: widest, onTheLeft: column.kind == .number) })
    }

    /// Line breaks, other control characters and marks that change the direction of writing would break the alignment.
    static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: breaksLines) else { return text }
        return text.unicodeScalars.map { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            default: breaksLines(scalar) ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
            }
        }.joined()
    }

    private static func breaksLines(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || (0x2028...0x202E).contains(scalar.value)
            || (0x2066...0x2069).contains(scalar.value)
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
