/// Groups of rows that agree in some columns, and tables with one row a group.

/// Rows that share a key, as a table of their own.
public struct TableGroup: Sendable {
    /// The entries of the key columns, in the order in which these were named.
    public let key: [Datum]
    public let rows: Table
}

/// A column of a summary: its name and how it is computed from the rows of one group.
public struct Summary {
    public let name: String
    public let entry: (Table) throws -> Datum

    public init(_ name: String, _ entry: @escaping (Table) throws -> Datum) {
        self.name = name
        self.entry = entry
    }
}

extension Table {
    /// The rows that share the same entries in the named columns, groups in order of first appearance. Missing entries
    /// form a group like any other. No names: one group, the whole table.
    public func groups(by keys: [String]) throws -> [TableGroup] {
        let columns = try keys.map { try column($0) }
        guard !keys.isEmpty else { return [TableGroup(key: [], rows: self)] }
        let rowKeys = try RowKeys(columns, rowCount: rowCount)
        let members = rowKeys.members
        return rowKeys.firstRows.enumerated().map { key, row in
            TableGroup(key: columns.map { $0[row] }, rows: taking(Array(members[key])))
        }
    }

    /// A table with one row a group: the key columns, then one column a summary.
    public func summarize(by keys: [String], _ summaries: [Summary]) throws -> Table {
        if let clash = summaries.first(where: { keys.contains($0.name) }) {
            throw TableError("summary '\(clash.name)' has the name of a column that is grouped by")
        }
        let keyColumns = try keys.map { try column($0) }
        let rowKeys = try RowKeys(keyColumns, rowCount: rowCount)
        let members = rowKeys.members
        // Without keys there is one group, even of no rows.
        let groupCount = keys.isEmpty ? 1 : rowKeys.count
        var entries = summaries.map { _ in [Datum]() }
        for key in 0..<groupCount {
            let group = keys.isEmpty ? self : taking(Array(members[key]))
            for (index, summary) in summaries.enumerated() { entries[index].append(try summary.entry(group)) }
        }
        let kept = zip(keys, keyColumns).map { (name: $0, column: $1.taking(rowKeys.firstRows)) }
        return try Table(kept + zip(summaries, entries).map { ($0.name, try Column($1, named: $0.name)) })
    }
}
