/// The verbs that take one table (or several alike) and give a table: choose columns, choose rows, add a column,
/// stack. Each returns a new value and keeps the order of what it does not touch.
extension Table {
    /// The named columns, in the order asked for.
    public func select(_ wanted: [String]) throws -> Table {
        try Table(wanted.map { ($0, try column($0)) }, rowCount: rowCount)
    }

    /// All columns but the named ones.
    public func drop(_ unwanted: [String]) throws -> Table {
        for name in unwanted { _ = try column(name) }
        return Table(unchecked: named.filter { !unwanted.contains($0.name) }, rowCount: rowCount)
    }

    /// The same columns under other names.
    /// - Parameter changes: pairs of the present and the new name; they apply at once, so two names can be swapped.
    public func rename(_ changes: [(from: String, to: String)]) throws -> Table {
        for change in changes { _ = try column(change.from) }
        return try Table(
            named.map { old in (changes.first { $0.from == old.name }?.to ?? old.name, old.column) }, rowCount: rowCount
        )
    }

    /// The rows for whose numbers `isKept` says true.
    public func filter(_ isKept: (_ row: Int) throws -> Bool) rethrows -> Table {
        taking(try (0..<rowCount).filter(isKept))
    }

    /// With a column added at the end, or replaced in its place.
    public func adding(_ name: String, _ column: Column) throws -> Table {
        guard has(name) else { return try Table(named + [(name, column)]) }
        return try Table(named.map { $0.name == name ? (name, column) : $0 })
    }

    /// The first of each set of rows that agree in the named columns (in all columns when none is named).
    public func distinct(by keys: [String] = []) throws -> Table {
        let columns = try (keys.isEmpty ? names : keys).map { try column($0) }
        guard !columns.isEmpty else { return self }
        return taking(try RowKeys(columns, rowCount: rowCount).firstRows)
    }

    /// The rows without a missing entry in the named columns (in any column when none is named).
    public func dropMissing(in names: [String] = []) throws -> Table {
        let columns = try (names.isEmpty ? self.names : names).map { try column($0) }
        return filter { row in columns.allSatisfy { !$0.isMissing(at: row) } }
    }

    /// Tables stacked. The columns are all names in order of first appearance, missing where a table lacks one.
    /// - Throws: `TableError` when a column has different kinds in two tables.
    public static func bindRows(_ tables: [Table]) throws -> Table {
        var names: [String] = []
        for table in tables { names += table.names.filter { !names.contains($0) } }
        let columns = try names.map { name in
            var joined = Column.numbers([])
            for table in tables {
                let next = table[name] ?? .missing(.number, count: table.rowCount)
                guard let longer = joined.appending(next) else {
                    let kinds = "\(joined.kind)s in one table and of \(next.kind)s in another"
                    throw TableError("column '\(name)' is of \(kinds)")
                }
                joined = longer
            }
            return (name: name, column: joined)
        }
        return Table(unchecked: columns, rowCount: tables.reduce(0) { $0 + $1.rowCount })
    }

    /// As `init`, but a table without columns keeps its number of rows.
    private init(_ columns: [(name: String, column: Column)], rowCount: Int) throws {
        let checked = try Table(columns)
        self.init(unchecked: checked.named, rowCount: rowCount)
    }
}
