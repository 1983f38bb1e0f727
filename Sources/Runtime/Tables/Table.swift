/// A table: named columns of equal length, in order. Results of studies, CSV files and the data of charts are tables.
///
/// An immutable value, columnar. Invariant: names are unique and every column has `rowCount` entries; all constructors
/// check it, all verbs keep it.
public struct Table: Hashable, Sendable {
    public let names: [String]
    public let columns: [Column]
    public let rowCount: Int
    private let positions: [String: Int]

    /// A table from its columns.
    /// - Throws: `TableError` for two columns of the same name or of different lengths.
    public init(_ columns: [(name: String, column: Column)] = []) throws {
        let rowCount = columns.first?.column.count ?? 0
        if let odd = columns.first(where: { $0.column.count != rowCount }), let first = columns.first {
            let lengths = "'\(first.name)' has \(rowCount), '\(odd.name)' has \(odd.column.count)"
            throw TableError("columns must have equal length: \(lengths)")
        }
        var positions: [String: Int] = [:]
        for (index, column) in columns.enumerated() where positions.updateValue(index, forKey: column.name) != nil {
            throw TableError("two columns are named '\(column.name)'")
        }
        self.init(checked: columns, rowCount: rowCount, positions: positions)
    }

    /// A table from records: the columns are all names in order of first appearance, missing where a record lacks one.
    /// - Throws: `TableError` when a column would mix kinds.
    public init(rows: [[(name: String, entry: Datum)]]) throws {
        var names: [String] = []
        var positions: [String: Int] = [:]
        var entries: [[Datum]] = []
        for (index, row) in rows.enumerated() {
            for (expected, (name, entry)) in row.enumerated() {
                // Most rows have the same names in the same order.
                let isExpected = expected < names.count && names[expected] == name
                let position = isExpected ? expected : positions[name] ?? names.count
                if position == names.count {
                    names.append(name)
                    positions[name] = position
                    entries.append([Datum](repeating: .missing, count: rows.count))
                }
                entries[position][index] = entry
            }
        }
        try self.init(zip(names, entries).map { ($0, try Column($1, named: $0)) })
    }

    /// For verbs, which keep the invariant by construction.
    init(unchecked columns: [(name: String, column: Column)], rowCount: Int) {
        let positions = Dictionary(columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.init(checked: columns, rowCount: rowCount, positions: positions)
    }

    /// Other columns under the same names.
    private init(like table: Table, _ columns: [Column], rowCount: Int) {
        names = table.names
        self.columns = columns
        self.rowCount = rowCount
        positions = table.positions
    }

    private init(checked columns: [(name: String, column: Column)], rowCount: Int, positions: [String: Int]) {
        names = columns.map(\.name)
        self.columns = columns.map(\.column)
        self.rowCount = rowCount
        self.positions = positions
    }

    public var isEmpty: Bool { rowCount == 0 }

    public func has(_ name: String) -> Bool { positions[name] != nil }

    /// The column of a name, or nil.
    public subscript(name: String) -> Column? { positions[name].map { columns[$0] } }

    /// The column of a name.
    /// - Throws: `TableError` that suggests the nearest name.
    public func column(_ name: String) throws -> Column {
        guard let position = positions[name] else { throw TableError.unknownColumn(name, among: names) }
        return columns[position]
    }

    /// The row at `index`, which must be in `0..<rowCount`.
    public func row(_ index: Int) -> TableRow {
        precondition((0..<rowCount).contains(index), "row index out of range")
        return TableRow(table: self, index: index)
    }

    public var rows: [TableRow] { (0..<rowCount).map { TableRow(table: self, index: $0) } }

    /// The rows at the given indices, in that order; each must be in `0..<rowCount`.
    public func taking(_ rows: [Int]) -> Table {
        Table(like: self, columns.map { $0.taking(rows) }, rowCount: rows.count)
    }

    /// Names beside their columns.
    var named: [(name: String, column: Column)] { Array(zip(names, columns)).map { (name: $0, column: $1) } }

    public static func == (first: Table, second: Table) -> Bool {
        first.names == second.names && first.columns == second.columns && first.rowCount == second.rowCount
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(names)
        hasher.combine(columns)
    }
}

/// One row of a table: what the closures of verbs are given.
public struct TableRow: Sendable {
    public let table: Table
    public let index: Int

    /// The entry under a name, nil when the table has no such column.
    public subscript(name: String) -> Datum? { table[name].map { $0[index] } }

    /// Names and entries, in the order of the columns.
    public var entries: [(name: String, entry: Datum)] { table.named.map { ($0.name, $0.column[index]) } }
}
