/// Joins of two tables on columns of the same name.
///
/// Rows come in the order of the left table, and for each in the order of its matches on the right; several matches
/// give several rows. A missing key matches nothing, not even a missing one. A column of the right table whose name the
/// left one uses too is kept under `name_right`.
extension Table {
    /// Every row of this table with the columns of its matches in `other`, missing where there is none.
    public func leftJoin(_ other: Table, on keys: [String]) throws -> Table {
        try join(other, on: keys, keepingUnmatched: true)
    }

    /// The rows of this table that have a match in `other`, with its columns.
    public func innerJoin(_ other: Table, on keys: [String]) throws -> Table {
        try join(other, on: keys, keepingUnmatched: false)
    }

    private func join(_ other: Table, on keys: [String], keepingUnmatched: Bool) throws -> Table {
        guard !keys.isEmpty else { throw TableError("a join needs at least one column in 'on'") }
        let leftKeys = try keys.map { try column($0) }
        let rightKeys = try keys.map { try other.column($0) }
        for (name, (left, right)) in zip(keys, zip(leftKeys, rightKeys))
        where left.kind != right.kind && !left.isAllMissing && !right.isAllMissing {
            let kinds = "\(left.kind)s on the left and \(right.kind)s on the right"
            throw TableError("cannot join on '\(name)': it holds \(kinds)")
        }

        var matches: [[Datum]: [Int]] = [:]
        for row in 0..<other.rowCount { matches[rightKeys.map { $0[row] }, default: []].append(row) }
        var leftRows: [Int] = []
        var rightRows: [Int?] = []
        for row in 0..<rowCount {
            let key = leftKeys.map { $0[row] }
            let found = key.contains(.missing) ? [] : matches[key] ?? []
            leftRows += found.map { _ in row }
            rightRows += found
            if found.isEmpty && keepingUnmatched {
                leftRows.append(row)
                rightRows.append(nil)
            }
        }

        let added = other.named.filter { !keys.contains($0.name) }.map { right in
            (name: has(right.name) ? right.name + "_right" : right.name, column: right.column.taking(rightRows))
        }
        return try Table(taking(leftRows).named + added)
    }
}
