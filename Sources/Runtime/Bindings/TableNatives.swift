import Lang

/// Tables for scripts: made from columns, changed by verbs that return new tables.
enum TableNatives {
    private static var table: ParameterKind { .foreign(typeName: "table") }
    private static var first: Parameter { Parameter("table", table) }
    private static var columns: Parameter { .rest("columns", .string, "names of columns") }
    private static let example = "table(a: [1, 2], b: [\"x\", \"y\"])"

    static var signatures: [Signature] { making + verbs + sharedNames + grouping }

    private static var making: [Signature] {
        [
            .host(
                "table", group: "Tables", "A table from named columns of equal length.",
                [.namedRest("columns", .list())], example: example
            ) { call in
                let columns = try zip(try call.record("columns").names, try call.record("columns").values).map {
                    name, value in (name: name, column: try Bridge.column(value.asList ?? List(), named: name))
                }
                return .table(try Table(columns))
            },
            .host(
                "columns", group: "Tables", "The names of a table's columns.", [first], example: "columns(\(example))"
            ) { .strings(try $0.table().names) },
        ]
    }

    private static var verbs: [Signature] {
        [
            .host(
                "select", group: "Tables", "Only these columns, in this order.", [first, columns],
                example: "\(example) |> select(\"b\")"
            ) { .table(try $0.table().select(try $0.strings("columns"))) },
            .host(
                "drop", group: "Tables", "Without these columns.", [first, columns],
                example: "\(example) |> drop(\"b\")"
            ) {
                .table(try $0.table().drop(try $0.strings("columns")))
            },
            .host(
                "rename", group: "Tables", "Columns under new names: new: \"old\".",
                [first, .namedRest("names", .string)],
                example: "\(example) |> rename(n: \"a\")"
            ) { call in
                let names = try call.record("names")
                let changes = zip(names.names, names.values).map { (from: $1.asString ?? "", to: $0) }
                return .table(try call.table().rename(changes))
            },
            .host(
                "mutate", group: "Tables", "With columns computed from each row.",
                [first, .namedRest("columns", .oneOf([.function, .list()]), "functions of a row, or lists")],
                example: "\(example) |> mutate(c: r => r.a * 10)"
            ) { call in
                let columns = try call.record("columns")
                return .table(
                    try zip(columns.names, columns.values).reduce(call.table()) { table, column in
                        try adding(column.0, column.1, to: table, call)
                    })
            },
            .host(
                "distinct", group: "Tables", "The first row of each combination of these columns' entries.",
                [first, columns], example: "\(example) |> distinct(\"b\")"
            ) { .table(try $0.table().distinct(by: try $0.strings("columns"))) },
            .host(
                "left_join", group: "Tables", "Every row, with the columns of the matching rows of another table.",
                [first, Parameter("other", table), Parameter("on", .strings)],
                example: "left_join(\(example), table(a: [1], c: [5]), on: [\"a\"])"
            ) { .table(try $0.table().leftJoin(try $0.table("other"), on: try $0.strings("on"))) },
            .host(
                "inner_join", group: "Tables", "The rows that have a match in another table.",
                [first, Parameter("other", table), Parameter("on", .strings)],
                example: "inner_join(\(example), table(a: [1], c: [5]), on: [\"a\"])"
            ) { .table(try $0.table().innerJoin(try $0.table("other"), on: try $0.strings("on"))) },
            .host(
                "bind_rows", group: "Tables", "Tables below one another.", [.rest("tables", table)],
                example: "bind_rows(\(example), \(example))"
            ) { call in
                .table(try Table.bindRows(try call.foreigns("tables", as: TableValue.self).map(\.table)))
            },
        ]
    }

    /// Names that lists have too: the first argument decides.
    private static var sharedNames: [Signature] {
        [
            .host("len", group: "Tables", "How many rows a table has.", [first], example: "len(\(example)) == 2") {
                .number(Double(try $0.table().rowCount))
            },
            .host(
                "filter", group: "Tables", "The rows for which the function is true.",
                [first, Parameter("function", .function)], example: "\(example) |> filter(r => r.a > 1)"
            ) { call in
                .table(
                    try call.table().filter { row in
                        guard case .bool(let keeps) = try call.invoke(try call.value("function"), [Bridge.row(row)])
                        else {
                            throw NativeError("filter's function gives true or false", parameter: "function")
                        }
                        return keeps
                    })
            },
            .host(
                "sort", group: "Tables", "The rows in order of one or more columns.",
                [
                    first, Parameter("by", .oneOf([.string, .strings])),
                    Parameter("descending", .bool, default: .bool(false)),
                ], example: "\(example) |> sort(by: \"a\", descending: true)"
            ) { call in
                let keys = try call.value("by").asString.map { [$0] } ?? call.strings("by")
                return .table(try call.table().sort(by: keys, descending: try call.bool("descending")))
            },
        ]
    }

    private static var grouping: [Signature] {
        [
            .host(
                "summarize", group: "Tables", "One row a group, with columns computed from each group.",
                [
                    first, Parameter("by", .oneOf([.string, .strings]), default: .list(List())),
                    .namedRest("columns", .function, "functions of a group, which is a table"),
                ], example: "\(example) |> summarize(by: \"b\", n: g => len(g))"
            ) { call in
                let keys = try call.value("by").asString.map { [$0] } ?? call.strings("by")
                let columns = try call.record("columns")
                let summaries = zip(columns.names, columns.values).map { name, function in
                    Summary(name) { group in
                        try Bridge.datum(try call.invoke(function, [.table(group)]), in: "column '\(name)'")
                    }
                }
                return .table(try call.table().summarize(by: keys, summaries))
            },
            .host(
                "pivot_wider", group: "Tables", "A column's entries become columns.",
                [first, Parameter("names", .string), Parameter("values", .string)],
                example: "\(example) |> pivot_wider(names: \"b\", values: \"a\")"
            ) { .table(try $0.table().pivotWider(names: try $0.string("names"), values: try $0.string("values"))) },
            .host(
                "pivot_longer", group: "Tables", "Columns become rows: a column of names, one of values.",
                [
                    first, Parameter("columns", .strings), Parameter("names", .string, default: .string("name")),
                    Parameter("values", .string, default: .string("value")),
                ], example: "table(a: [1], b: [2]) |> pivot_longer([\"a\", \"b\"])"
            ) { call in
                .table(
                    try call.table().pivotLonger(
                        try call.strings("columns"), names: try call.string("names"), values: try call.string("values"))
                )
            },
        ]
    }

    private static func adding(_ name: String, _ value: Value, to table: Table, _ call: NativeCall) throws -> Table {
        if let list = value.asList { return try table.adding(name, try Bridge.column(list, named: name)) }
        return try table.mutate(name) { row in
            try Bridge.datum(try call.invoke(value, [Bridge.row(row)]), in: "column '\(name)'")
        }
    }
}
