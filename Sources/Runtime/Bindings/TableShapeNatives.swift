import Lang

/// Verbs that change what a row is: joins, summaries, and the way between long and wide.
enum TableShapeNatives {
    private static let group = TableNatives.group
    private static let example = TableNatives.example
    private static var table: ParameterKind { TableNatives.table }
    private static var first: Parameter { TableNatives.first }

    static var signatures: [Signature] { joins + [summarize, pivotWider, pivotLonger] }

    /// A name or a list of them.
    static var names: ParameterKind { .oneOf([.string, .strings]) }

    static func names(_ call: NativeCall, _ parameter: String) throws -> [String] {
        try call.value(parameter).asString.map { [$0] } ?? call.strings(parameter)
    }

    // MARK: Joins

    private static var joins: [Signature] {
        [
            join(
                "left_join", "Every row, with the columns of the matching rows of another table.",
                "A row without a match is kept, the other table's columns are missing then."
            ) { try $0.leftJoin($1, on: $2, suffix: $3) },
            join(
                "inner_join", "The rows that have a match in another table, with its columns.",
                "A row without a match is left out."
            ) { try $0.innerJoin($1, on: $2, suffix: $3) },
        ]
    }

    private static func join(
        _ name: String, _ summary: String, _ text: String,
        _ join: @escaping (Table, Table, [String], String) throws -> Table
    ) -> Signature {
        .host(
            name, group: group, summary,
            text: text
                + " With several matches it is repeated, in the order of\n"
                + "the other table. A missing key matches nothing. Columns that both tables have, beside the keys, get\n"
                + "the suffix.",
            [
                first, Parameter("other", table, "the table to look in"),
                Parameter("on", names, "the columns that must agree"),
                Parameter("suffix", .string, default: .string("_right"), "of the other table's name in a clash"),
            ], example: "\(name)(\(example), table(a: [1], c: [5]), on: \"a\")"
        ) { call in
            .table(
                try join(
                    try call.table(), try call.table("other"), try names(call, "on"), try call.string("suffix")))
        }
    }

    // MARK: Summaries

    private static var summarize: Signature {
        .host(
            "summarize", group: group, "One row a group, with columns computed from each group.",
            text:
                "A group is a table of the rows that agree in the columns of `by`; without these all rows are\n"
                + "one group. Groups come in order of first appearance, missing keys form one too.",
            [
                first, Parameter("by", names, default: .list(List()), "the columns to group by"),
                .namedRest("columns", .function, "functions of a group, which is a table"),
            ], returns: .foreign(typeName: "table"),
            example: "\(example) |> summarize(by: \"b\", n: g => len(g), mean: g => mean(g.a))"
        ) { call in
            let columns = try call.record("columns")
            let summaries = zip(columns.names, columns.values).map { name, function in
                Summary(name) { group in
                    try Bridge.datum(try call.invoke(function, [.table(group)]), in: "column '\(name)'")
                }
            }
            return .table(try call.table().summarize(by: try names(call, "by"), summaries))
        }
    }

    // MARK: Long and wide

    private static var pivotWider: Signature {
        .host(
            "pivot_wider", group: group, "A column's entries become columns.",
            text:
                "`names` has the names of the new columns, `values` what they hold; the rows that agree in all\n"
                + "other columns become one. What was not measured is missing; two values for one place are an\n"
                + "error.",
            [first, Parameter("names", .string), Parameter("values", .string)],
            returns: .foreign(typeName: "table"), example: "\(example) |> pivot_wider(names: \"b\", values: \"a\")"
        ) { .table(try $0.table().pivotWider(names: try $0.string("names"), values: try $0.string("values"))) }
    }

    private static var pivotLonger: Signature {
        .host(
            "pivot_longer", group: group, "Columns become rows: a column of names, one of values.",
            text: "The columns must be of one type. The rows that one row gives stand together.",
            [
                first, Parameter("columns", .strings, "the columns to gather"),
                Parameter("names", .string, default: .string("name"), "the new column of names"),
                Parameter("values", .string, default: .string("value"), "the new column of values"),
            ], returns: .foreign(typeName: "table"),
            example: "table(net: [\"x\"], a: [1], b: [2]) |> pivot_longer([\"a\", \"b\"])"
        ) { call in
            .table(
                try call.table().pivotLonger(
                    try call.strings("columns"), names: try call.string("names"), values: try call.string("values"))
            )
        }
    }
}
