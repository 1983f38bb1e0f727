/// Between the long form (one measurement a row) and the wide form (one column a kind of measurement).
extension Table {
    /// One column for each entry of the column `names`, filled from the column `values`; the other columns tell which
    /// measurements share a row. Rows and new columns come in order of first appearance; missing where nothing was
    /// measured.
    /// - Throws: `TableError` when two rows would fill the same place.
    public func pivotWider(names nameColumn: String, values valueColumn: String) throws -> Table {
        let nameEntries = try column(nameColumn)
        let valueEntries = try column(valueColumn)
        let identifying = names.filter { $0 != nameColumn && $0 != valueColumn }
        let idColumns = try identifying.map { try column($0) }

        let ids = try RowKeys(idColumns, rowCount: rowCount)
        let firstRows = ids.firstRows
        let nameKeys = try RowKeys([nameEntries], rowCount: rowCount)
        let nameOfKey = nameKeys.firstRows.map { nameEntries[$0].isMissing ? "missing" : nameEntries[$0].text }
        var wideNames: [String] = []
        var sources: [String: [Int: Int]] = [:]  // new column → its row → row of this table
        for row in 0..<rowCount {
            let target = ids.keys[row]
            let name = nameOfKey[nameKeys.keys[row]]
            if sources[name] == nil { wideNames.append(name) }
            if sources[name, default: [:]].updateValue(row, forKey: target) != nil {
                throw TableError(
                    "two rows have '\(name)' in '\(nameColumn)' and agree in \(listed(identifying))",
                    help: "summarize first, so that one value is left for each")
            }
        }
        let wide = wideNames.map { name in
            (name: name, column: valueEntries.taking(firstRows.indices.map { sources[name]?[$0] }))
        }
        return try Table(zip(identifying, idColumns).map { ($0, $1.taking(firstRows)) } + wide)
    }

    /// One row for each entry of the named columns: its column's name under `names`, the entry under `values`, the
    /// other columns repeated. All the rows that one row gives stand together.
    /// - Throws: `TableError` when the columns are of different kinds.
    public func pivotLonger(
        _ gathered: [String], names nameColumn: String = "name", values valueColumn: String = "value"
    )
        throws -> Table
    {
        guard !gathered.isEmpty else { throw TableError("pivot_longer needs at least one column") }
        var values = Column.numbers([])
        for name in gathered {
            guard let longer = values.appending(try column(name)) else {
                let kind = try column(name).kind
                throw TableError("columns to be gathered must be of one kind: '\(name)' holds \(kind)s")
            }
            values = longer
        }
        let rows = (0..<rowCount).flatMap { row in gathered.map { _ in row } }
        let interleaved = (0..<rowCount).flatMap { row in gathered.indices.map { $0 * rowCount + row } }
        let gatheredNames = (0..<rowCount).flatMap { _ in gathered.map { Optional($0) } }
        return try Table(
            drop(gathered).taking(rows).named
                + [(nameColumn, .strings(gatheredNames)), (valueColumn, values.taking(interleaved))])
    }

    private func listed(_ names: [String]) -> String {
        names.isEmpty ? "everything else" : names.map { "'\($0)'" }.joined(separator: ", ")
    }
}
