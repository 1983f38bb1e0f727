/// A table of a report as an HTML `<table>`: numbers aligned on the right, a remark below where not all is shown.
struct HTMLTable {
    private let table: ReportTable

    init(_ table: ReportTable) { self.table = table }

    var html: String {
        let remark = table.remark.map { "<p class=\"remark\">\(HTMLText.escaped($0))</p>\n" } ?? ""
        guard !table.columns.isEmpty else { return remark }
        let rows = (0..<table.shownRows).map { index in
            let entries = table.columns.map { "<td\(Self.alignment($0))>\(HTMLText.escaped($0.entries[index]))</td>" }
            return "<tr>\(entries.joined())</tr>\n"
        }
        let names = table.columns.map { "<th scope=\"col\"\(Self.alignment($0))>\(HTMLText.escaped($0.name))</th>" }
        return """
            <table>
            <thead><tr>\(names.joined())</tr></thead>
            <tbody>
            \(rows.joined())</tbody>
            </table>
            \(remark)
            """
    }

    /// Both ways, because Jupyter knows nothing of our classes and some viewers drop styles.
    private static func alignment(_ column: ReportTable.Column) -> String {
        column.isNumber ? " class=\"number\" style=\"text-align:right\"" : " style=\"text-align:left\""
    }
}
