/// Joins of two tables on columns of the same name.
///
/// Rows come in the order of the left table, and for each in the order of its matches on the right; several matches
/// give several rows. A missing key matches nothing, not even a missing one. A column of the right table whose name the
/// left one uses too is kept under its name and a suffix.
extension Table {
    /// Every row of this table with the columns of its matches in `other`, missing where there is none.
    public func leftJoin(_ other: Table, on keys: [String], suffix: String = "_right") throws -> Table {
        try join(other, on: keys, suffix: suffix, keepingUnmatched: true)
    }

    /// The rows of this table that have a match in `other`, with its columns.
    public func innerJoin(_ other: Table, on keys: [String], suffix: String = "_right") throws -> Table {
        try join(other, on: keys, suffix: suffix, keepingUnmatched: false)
    }

    private func join(_ other: Table, on keys: [String], suffix: String, keepingUnmatched: Bool) throws -> Table {
        guard !keys.isEmpty else { throw TableError("a join needs at least one column in 'on'") }
        let both = try keys.map { try keyColumn($0, with: other) }
        let rowKeys = try RowKeys(both, rowCount: rowCount + other.rowCount)
        // The left table's rows of a key stand before the right one's.
        let rows = rowKeys.members
        let members = (0..<rowKeys.count).map { key in rows[key].drop { $0 < rowCount } }
        let sizes = (0..<rowCount).map { max(members[rowKeys.keys[$0]].count, 1) }
        guard sizes.reduce(0, +) <= Table.mostJoined else {
            throw TableError(
                "the join would have \(sizes.reduce(0, +)) rows, as many rows share a key on both sides",
                help: "join on more columns, or summarize one of the tables first")
        }
        var leftRows: [Int] = []
        var rightRows: [Int?] = []
        for row in 0..<rowCount {
            let isComplete = both.allSatisfy { !$0.isMissing(at: row) }
            let matches = isComplete ? members[rowKeys.keys[row]] : []
            for match in matches {
                leftRows.append(row)
                rightRows.append(match - rowCount)
            }
            if matches.isEmpty && keepingUnmatched {
                leftRows.append(row)
                rightRows.append(nil)
            }
        }
        let added = other.named.filter { !keys.contains($0.name) }.map { right in
            (name: has(right.name) ? right.name + suffix : right.name, column: right.column.taking(rightRows))
        }
        do {
            return try Table(taking(leftRows).named + added)
        } catch let error as TableError {
            throw TableError(
                "\(error.message) after the join", help: "choose another 'suffix', or rename columns first")
        }
    }

    /// More rows are a mistake in the keys, and more than a memory holds.
    private static let mostJoined = 50_000_000

    /// A key's entries in this table, then those in the other.
    private func keyColumn(_ name: String, with other: Table) throws -> Column {
        let left = try column(name)
        guard other.has(name) else {
            throw TableError(
                "the right table has no column '\(name)'", help: adviceForUnknown(name, among: other.names))
        }
        let right = try other.column(name)
        guard let both = left.appending(right) else {
            let kinds = "\(left.kind)s on the left and \(right.kind)s on the right"
            throw TableError("cannot join on '\(name)': it holds \(kinds)", help: "change one of them with mutate")
        }
        return both
    }
}
