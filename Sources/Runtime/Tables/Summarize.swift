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
        var order: [[Datum]] = []
        var members: [[Datum]: [Int]] = [:]
        for row in 0..<rowCount {
            let key = columns.map { $0[row] }
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(row)
        }
        return order.map { TableGroup(key: $0, rows: taking(members[$0] ?? [])) }
    }

    /// A table with one row a group: the key columns, then one column a summary.
    public func summarize(by keys: [String], _ summaries: [Summary]) throws -> Table {
        let groups = try groups(by: keys)
        let rows = try groups.map { group in
            try zip(keys, group.key).map { (name: $0, entry: $1) }
                + summaries.map { (name: $0.name, entry: try $0.entry(group.rows)) }
        }
        if let clash = summaries.first(where: { keys.contains($0.name) }) {
            throw TableError("summary '\(clash.name)' has the name of a column that is grouped by")
        }
        let summarized = try Table(rows: rows)
        // Without groups there is nothing to infer kinds from, but the columns are there all the same.
        let columns = (keys + summaries.map(\.name)).map { name in
            (name: name, column: summarized[name] ?? .missing(self[name]?.kind ?? .number, count: groups.count))
        }
        return try Table(columns)
    }
}
