import Lang

/// Tables for scripts: made from columns or records, changed by verbs that return new tables.
enum TableNatives {
    static let group = "Tables"
    static let example = "table(a: [1, 2], b: [\"x\", \"y\"])"
    static var table: ParameterKind { .foreign(typeName: "table") }
    static var first: Parameter { Parameter("table", table) }
    static var columnNames: Parameter { .rest("columns", .string, "names of columns") }

    static func signatures(_ session: Session) -> [Signature] {
        making + columns + rows + TableListNatives.signatures(session) + TableShapeNatives.signatures
    }

    private static var making: [Signature] {
        [
            .host(
                "table", group: group, "A table from named columns, or from a list of records.",
                text:
                    "A column is a list of numbers, of strings or of truth values; none is a missing entry, and\n"
                    + "so is nan. A single value fills its column. From records (a list of them, as `read_json`\n"
                    + "gives) the columns are all names in order of first appearance; what a record lacks is\n"
                    + "missing. A record of lists is a table too.",
                [
                    .rest("rows", .oneOf([.list(of: .record), .record]), "a list of records, or a record of lists"),
                    .namedRest("columns", .any, "lists of one length"),
                ],
                returns: .foreign(typeName: "table"),
                example: """
                    table(net: ["a", "b"], top1: [0.7, none], epochs: 10)
                    table([{net: "a", top1: 0.7}, {net: "b"}])
                    """
            ) { call in
                guard let given = try call.values("rows").first else { return try fromColumns(call.record("columns")) }
                guard try call.values("rows").count == 1, try call.record("columns").count == 0 else {
                    throw NativeError(
                        "'table' takes named columns, or one list of records",
                        help: "bind_rows puts tables below one another, mutate adds columns", parameter: "rows")
                }
                if let columns = given.asRecord { return try fromColumns(columns) }
                return .table(try Table(rows: try records(given.asList?.values.compactMap(\.asRecord) ?? [])))
            },
            .host(
                "columns", group: group, "The names of a table's columns.", [first], returns: .list(of: .string),
                example: "columns(\(example))"
            ) { .strings(try $0.table().names) },
        ]
    }

    private static func fromColumns(_ columns: Record) throws -> Value {
        let rows = columns.values.lazy.compactMap { $0.asList?.count }.first ?? 1
        return .table(try Table(columns.map { ($0, try Bridge.column($1, rows: rows, named: $0)) }))
    }

    /// Records as rows; what cannot stand in a table is named by its column and row.
    static func records(_ records: [Record]) throws -> [[(name: String, entry: Datum)]] {
        try records.enumerated().map { row, record in
            try record.map { ($0, try Bridge.datum($1, in: "column '\($0)', row \(row),")) }
        }
    }

    private static var columns: [Signature] {
        [
            .host(
                "select", group: group, "Only these columns, in this order.", [first, columnNames],
                returns: .foreign(typeName: "table"), example: "\(example) |> select(\"b\")"
            ) { .table(try $0.table().select(try $0.strings("columns"))) },
            .host(
                "drop", group: group, "Without these columns.", [first, columnNames],
                returns: .foreign(typeName: "table"), example: "\(example) |> drop(\"b\")"
            ) { .table(try $0.table().drop(try $0.strings("columns"))) },
            .host(
                "rename", group: group, "Columns under new names: new: \"old\".",
                text: "All changes apply at once, so two names can be swapped.",
                [first, .namedRest("names", .string, "the present name of each new one")],
                returns: .foreign(typeName: "table"), example: "\(example) |> rename(n: \"a\")"
            ) { call in
                let names = try call.record("names")
                let changes = zip(names.names, names.values).map { (from: $1.asString ?? "", to: $0) }
                return .table(try call.table().rename(changes))
            },
            .host(
                "mutate", group: group, "With columns computed from each row, or given as lists.",
                text:
                    "A column of a new name comes last, one of a known name stays in its place. Each is\n"
                    + "computed with those before it. A value that is neither function nor list fills the column.",
                [first, .namedRest("columns", .any, "functions of a row, lists or values")],
                returns: .foreign(typeName: "table"),
                example: "\(example) |> mutate(c: r => r.a * 10, d: r => r.c + 1, e: \"new\")"
            ) { call in
                let columns = try call.record("columns")
                return .table(
                    try zip(columns.names, columns.values).reduce(call.table()) { table, column in
                        try adding(column.0, column.1, to: table, call)
                    })
            },
        ]
    }

    private static func adding(_ name: String, _ value: Value, to table: Table, _ call: NativeCall) throws -> Table {
        guard value.isFunction else {
            return try table.adding(name, Bridge.column(value, rows: table.rowCount, named: name))
        }
        let results = try TableValue(table).map { try call.invoke(value, [$0]) }
        return try table.adding(name, Bridge.column(List(results), named: name))
    }

    private static var rows: [Signature] {
        [
            .host(
                "distinct", group: group, "The first row of each combination of these columns' entries.",
                text: "Without names all columns count. Missing entries are equal to each other. All columns are kept.",
                [first, columnNames], returns: .foreign(typeName: "table"), example: "\(example) |> distinct(\"b\")"
            ) { .table(try $0.table().distinct(by: try $0.strings("columns"))) },
            .host(
                "drop_missing", group: group, "The rows without a missing entry in these columns.",
                text: "Without names all columns count.", [first, columnNames],
                example: "table(a: [1, none, 3]) |> drop_missing(\"a\")"
            ) { .table(try $0.table().dropMissing(in: try $0.strings("columns"))) },
            .host(
                "drop_missing", group: group, "The elements of a list that are neither none nor nan.",
                [Parameter("list", .list(), "a list, such as a table's column")],
                example: "mean(drop_missing([1, none, 3]))"
            ) { call in
                let list = try call.list("list")
                if let numbers = list.numbers { return .numbers(numbers.filter { !$0.isNaN }) }
                return .list(list.values.filter { !$0.isNothing && !($0.asNumber?.isNaN ?? false) })
            },
            .host(
                "bind_rows", group: group, "Tables below one another.",
                text: "The columns are all names in order of first appearance; where a table lacks one, it is missing.",
                [.rest("tables", .oneOf([table, .list(of: table)]), "tables, or lists of them")],
                returns: .foreign(typeName: "table"), example: "bind_rows(\(example), table(a: [3]))"
            ) { call in
                let tables = try call.values("tables").flatMap { $0.asList?.values ?? [$0] }
                return .table(try Table.bindRows(tables.compactMap { $0.asForeign(TableValue.self)?.table }))
            },
        ]
    }
}
