import Lang

/// A table in a script: columns are its fields, rows its elements.
final class TableValue: Foreign {
    let table: Table
    init(_ table: Table) { self.table = table }

    var typeName: String { "table" }
    var fieldNames: [String] { table.names }
    func field(_ name: String) -> Value? { table[name].map(Bridge.list) }
    func display(width: Int) -> String {
        TableDisplay(width: width, isStyled: Terminal.output.hasColor).text(of: table)
    }
    func isEqual(to other: any Foreign) -> Bool { (other as? TableValue)?.table == table }
    var count: Int? { table.rowCount }
    func element(at index: Int) -> Value { Bridge.row(table.row(index)) }
    func slice(_ range: Range<Int>) -> Value { .foreign(TableValue(table.taking(Array(range)))) }
}

extension NativeCall {
    func table(_ name: String = "table") throws -> Table { try foreign(name, as: TableValue.self).table }
}

extension Value {
    static func table(_ table: Table) -> Value { .foreign(TableValue(table)) }
}
