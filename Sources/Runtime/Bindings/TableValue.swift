import Lang

/// A table in a script: columns are its fields, rows its elements.
final class TableValue: Foreign {
    let table: Table
    /// What makes records of rows.
    private let shape: Record.Shape?
    /// Columns as lists, made when first asked for: a loop may ask for one in every round.
    private var lists: [String: Value] = [:]

    init(_ table: Table) {
        self.table = table
        shape = Record.Shape(table.names)
    }

    var typeName: String { "table" }
    var fieldNames: [String] { table.names }

    func field(_ name: String) -> Value? {
        if let known = lists[name] { return known }
        let list = table[name].map(Bridge.list)
        lists[name] = list
        return list
    }

    func display(width: Int) -> String {
        TableDisplay(width: width, isStyled: Terminal.output.hasColor).text(of: table)
    }

    func isEqual(to other: any Foreign) -> Bool { (other as? TableValue)?.table == table }

    var count: Int? { table.rowCount }

    func element(at index: Int) -> Value {
        guard let shape else { return .record(Record(zip(table.names, table.columns.map { Bridge.value($0[index]) }))) }
        return .record(Record(shape, table.columns.map { Bridge.value($0[index]) }))
    }

    func slice(_ range: Range<Int>) -> Value { .foreign(TableValue(table.taking(Array(range)))) }

    /// What a function says of every row.
    func map<Result>(_ body: (Value) throws -> Result) rethrows -> [Result] {
        try (0..<table.rowCount).map { try body(element(at: $0)) }
    }
}

extension NativeCall {
    func table(_ name: String = "table") throws -> Table { try foreign(name, as: TableValue.self).table }
}

extension Value {
    static func table(_ table: Table) -> Value { .foreign(TableValue(table)) }
}
