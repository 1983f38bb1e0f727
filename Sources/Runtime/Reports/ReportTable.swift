import Lang

/// The part of a table that a report shows: the first rows and columns, as texts.
///
/// Numbers have the digits that the terminal gives them. Rows are cut where the terminal cuts them; columns stay, as far
/// as anybody reads them, because pages scroll.
struct ReportTable: Sendable {
    struct Column: Sendable {
        let name: String
        let isNumber: Bool
        let entries: [String]
    }

    let columns: [Column]
    let shownRows: Int
    let rowCount: Int
    let columnCount: Int
    /// The same table for readers of plain text.
    let text: String

    private static let mostColumns = 30
    private static let longestEntry = 120

    init(_ table: Table) {
        let display = TableDisplay(width: Notebook.width)
        rowCount = table.rowCount
        columnCount = table.names.count
        text = display.text(of: table)
        let rows = Array(0..<min(table.rowCount, display.rows))
        shownRows = rows.count
        columns = table.named.prefix(Self.mostColumns).map { name, column in
            let shown = column.taking(rows)
            return Column(
                name: TableDisplay.escaped(name), isNumber: shown.kind == .number, entries: Self.entries(of: shown))
        }
    }

    private static func entries(of column: Runtime.Column) -> [String] {
        if case .numbers(let values) = column {
            let format = NumberColumnFormat(values)
            return values.map { $0.isNaN ? "–" : format.text($0) }
        }
        return column.entries.map { entry in
            entry.isMissing ? "–" : TableDisplay.escaped(entry.text).truncated(toDisplayWidth: longestEntry)
        }
    }

    /// The full size, where not all is shown.
    var remark: String? {
        guard columnCount > 0 else { return "An empty table." }
        guard rowCount > 0 else { return "No rows." }
        let size = "\(Self.counted(rowCount, "row")) and \(Self.counted(columnCount, "column")) in all"
        switch (shownRows < rowCount, columns.count < columnCount) {
        case (false, false): return nil
        case (true, false): return "\(Self.counted(rowCount, "row")) in all; the first \(shownRows) are shown."
        case (false, true): return size + "; the first \(Self.counted(columns.count, "column")) are shown."
        case (true, true):
            return size
                + "; the first \(Self.counted(shownRows, "row")) and \(Self.counted(columns.count, "column")) are shown."
        }
    }

    private static func counted(_ count: Int, _ word: String) -> String {
        let digits = String(count)
        let grouped = digits.enumerated().map { offset, digit in
            (offset > 0 && (digits.count - offset) % 3 == 0 ? "," : "") + String(digit)
        }
        return grouped.joined() + " " + word + (count == 1 ? "" : "s")
    }
}
