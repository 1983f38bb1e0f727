/// The verbs that take one table (or several alike) and give a table: choose columns, choose rows, add a column, order,
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

    /// The rows for which `isKept` says true.
    public func filter(_ isKept: (TableRow) throws -> Bool) rethrows -> Table {
        taking(try (0..<rowCount).filter { try isKept(TableRow(table: self, index: $0)) })
    }

    /// With a column added at the end, or replaced in its place.
    public func adding(_ name: String, _ column: Column) throws -> Table {
        guard has(name) else { return try Table(named + [(name, column)]) }
        return try Table(named.map { $0.name == name ? (name, column) : $0 })
    }

    /// With a column computed from each row, added or replaced.
    public func mutate(_ name: String, _ entry: (TableRow) throws -> Datum) throws -> Table {
        let entries = try rows.map(entry)
        do {
            return try adding(name, Column(entries))
        } catch let error as TableError {
            throw TableError("column '\(name)': \(error.message)", help: error.help)
        }
    }

    /// Rows ordered by the named columns, the first counting most. Stable: equal rows keep their order, also when
    /// descending. Missing entries come last either way; `false` before `true`.
    public func sort(by keys: [String], descending: Bool = false) throws -> Table {
        let comparisons = try keys.map { try column($0).comparison(descending: descending) }
        let order = (0..<rowCount).sorted { first, second in
            for compare in comparisons {
                switch compare(first, second) {
                case .before: return true
                case .after: return false
                case .tied: continue
                }
            }
            return first < second
        }
        return taking(order)
    }

    /// The first of each set of rows that agree in the named columns (in all columns when none is named).
    public func distinct(by keys: [String] = []) throws -> Table {
        let columns = try (keys.isEmpty ? names : keys).map { try column($0) }
        var seen: Set<[Datum]> = []
        return taking((0..<rowCount).filter { row in seen.insert(columns.map { $0[row] }).inserted })
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

private enum Order { case before, tied, after }

extension Column {
    /// A comparison of two rows of this column for sorting.
    fileprivate func comparison(descending: Bool) -> (Int, Int) -> Order {
        func order<Key: Comparable>(_ first: Key?, _ second: Key?) -> Order {
            guard let first else { return second == nil ? .tied : .after }
            guard let second else { return .before }
            if first == second { return .tied }
            return (first < second) != descending ? .before : .after
        }
        switch self {
        case .numbers(let values):
            return { order(values[$0].isNaN ? nil : values[$0], values[$1].isNaN ? nil : values[$1]) }
        case .strings(let values):
            return { order(values[$0], values[$1]) }
        case .bools(let values):
            return { order(values[$0].map { $0 ? 1 : 0 }, values[$1].map { $0 ? 1 : 0 }) }
        }
    }
}
