import Lang

/// What lists can do, for tables: one name, one meaning, where a table is a list of its rows. What gives some of the
/// elements, or all in another order, gives a table.
enum TableListNatives {
    private static let group = TableNatives.group
    private static let example = TableNatives.example
    private static var first: Parameter { TableNatives.first }

    static func signatures(_ session: Session) -> [Signature] {
        parts + order + conditions + calls + [grouped] + drawn(session)
    }

    // MARK: Parts

    private static var parts: [Signature] {
        [
            .host(
                "len", group: group, "The number of rows.", [first], returns: .number(), example: "len(\(example)) == 2"
            ) {
                .number(Double(try $0.table().rowCount))
            },
            end("first", "The first row, or the table of the first n.", at: { _ in 0 }) { 0..<min($0, $1) },
            end("last", "The last row, or the table of the last n.", at: { $0 - 1 }) { max(0, $1 - $0)..<$1 },
            .host(
                "chunk", group: group, "The table cut into tables of some rows; the last may be shorter.",
                [first, Parameter("size", .integer(1...Int.max), "rows in each")],
                returns: .list(of: .foreign(typeName: "table")), example: "chunk(\(example), 1)"
            ) { call in
                let table = try call.table()
                let size = min(try call.integer("size"), max(table.rowCount, 1))
                return .list(
                    stride(from: 0, to: table.rowCount, by: size).map {
                        .table(table.taking(Array($0..<min($0 + size, table.rowCount))))
                    })
            },
            .host(
                "append", group: group, "The table with further rows at its end.",
                text: "A row is a record. What it lacks is missing, a new name is a new column.",
                [first, .rest("rows", .record, "records")], returns: .foreign(typeName: "table"),
                example: "append(\(example), {a: 3, b: \"z\"})"
            ) { call in
                let added = try TableNatives.records(try call.values("rows").compactMap(\.asRecord))
                return .table(try Table.bindRows([try call.table(), try Table(rows: added)]))
            },
            .host(
                "enumerate", group: group, "Pairs of index and row.", [first], returns: .list(),
                example: "enumerate(\(example))"
            ) { call in
                let rows = try call.foreign("table", as: TableValue.self).map { $0 }
                return .list(rows.enumerated().map { .list([.number(Double($0)), $1]) })
            },
        ]
    }

    private static func end(
        _ name: String, _ summary: String, at position: @escaping (Int) -> Int,
        _ range: @escaping (_ wanted: Int, _ count: Int) -> Range<Int>
    ) -> Signature {
        .host(
            name, group: group, summary,
            [first, optional("n", .integer(0...Int.max), "how many rows")], example: "\(name)(\(example), 1)"
        ) { call in
            let value = try call.foreign("table", as: TableValue.self)
            let count = value.table.rowCount
            if let wanted = try call.optionalInteger("n") { return value.slice(range(wanted, count)) }
            guard count > 0 else {
                throw NativeError("'\(name)' takes a table that is not empty", parameter: "table")
            }
            return value.element(at: position(count))
        }
    }

    // MARK: Order

    private static var order: [Signature] {
        [
            .host(
                "sort", group: group, "The rows in order of one or more columns, or of what a function says of them.",
                text:
                    "The first column counts most. Rows that are equal keep their order, missing entries come\n"
                    + "last either way. `descending` is for all columns, or a list with one for each.",
                [
                    first, Parameter("by", .oneOf([.string, .strings, .function]), "columns, or a function of a row"),
                    Parameter(
                        "descending", .oneOf([.bool, .list(of: .bool)]), default: .bool(false), "largest first"),
                ], returns: .foreign(typeName: "table"),
                example: "\(example) |> sort(by: [\"b\", \"a\"], descending: [true, false])"
            ) { call in
                let table = try call.table()
                let keys = try sortKeys(call)
                let directions = try call.value("descending").asList?.values.compactMap(\.asBool)
                let descending = try directions ?? keys.map { _ in try call.bool("descending") }
                guard descending.count == keys.count else {
                    throw NativeError(
                        "'descending' takes one value a column, got \(descending.count) for \(keys.count)",
                        parameter: "descending")
                }
                return .table(table.taking(try table.rowOrder(by: keys, descending: descending)))
            },
            .host(
                "reverse", group: group, "The rows from the last to the first.", [first],
                returns: .foreign(typeName: "table"), example: "reverse(\(example))"
            ) { call in
                let table = try call.table()
                return .table(table.taking((0..<table.rowCount).reversed()))
            },
            .host(
                "unique", group: group, "The table without repeated rows, as `distinct`.", [first],
                returns: .foreign(typeName: "table"), example: "unique(bind_rows(\(example), \(example)))"
            ) { .table(try $0.table().distinct()) },
        ]
    }

    private static func sortKeys(_ call: NativeCall) throws -> [Column] {
        let by = try call.value("by")
        let table = try call.table()
        guard by.isFunction else { return try TableShapeNatives.names(call, "by").map { try table.column($0) } }
        let keys = try call.foreign("table", as: TableValue.self).map { try call.invoke(by, [$0]) }
        return [try Bridge.column(List(keys), named: "by")]
    }

    // MARK: Conditions

    private static var conditions: [Signature] {
        let condition = Parameter("f", .function, "the condition, a function of a row")
        return [
            .host(
                "filter", group: group, "The rows for which a condition holds.", [first, condition],
                returns: .foreign(typeName: "table"), example: "\(example) |> filter(r => r.a > 1)"
            ) { call in
                let value = try call.foreign("table", as: TableValue.self)
                return .table(try value.table.filter { try holds(call, value.element(at: $0)) })
            },
            .host(
                "count", group: group, "The number of rows for which a condition holds.", [first, condition],
                returns: .number(), example: "count(\(example), r => r.a > 1)"
            ) { call in
                let kept = try call.foreign("table", as: TableValue.self).map { try holds(call, $0) }
                return .number(Double(kept.count { $0 }))
            },
            .host(
                "any", group: group, "Whether a condition holds for some row.", [first, condition],
                returns: .bool, example: "any(\(example), r => r.a > 1)"
            ) { call in
                let value = try call.foreign("table", as: TableValue.self)
                return .bool(try (0..<value.table.rowCount).contains { try holds(call, value.element(at: $0)) })
            },
            .host(
                "all", group: group, "Whether a condition holds for every row.", [first, condition],
                returns: .bool, example: "all(\(example), r => r.a > 0)"
            ) { call in
                let value = try call.foreign("table", as: TableValue.self)
                return .bool(try (0..<value.table.rowCount).allSatisfy { try holds(call, value.element(at: $0)) })
            },
        ]
    }

    private static func holds(_ call: NativeCall, _ row: Value) throws -> Bool {
        let result = try call.invoke(try call.value("f"), [row])
        guard case .bool(let holds) = result else {
            throw NativeError(
                "the condition of '\(call.name)' returns true or false, got \(result.phrase)", parameter: "f")
        }
        return holds
    }

    // MARK: Calls

    private static var calls: [Signature] {
        let function = Parameter("f", .function, "a function of a row")
        return [
            .host(
                "map", group: group, "The list of a function's results for every row.", [first, function],
                returns: .list(), example: "map(\(example), r => r.a ^ 2)"
            ) { call in
                let f = try call.value("f")
                return .list(try call.foreign("table", as: TableValue.self).map { try call.invoke(f, [$0]) })
            },
            .host(
                "each", group: group, "Calls a function with every row, for its effect.", [first, function],
                example: "each(\(example), r => print(r.b))"
            ) { call in
                let f = try call.value("f")
                _ = try call.foreign("table", as: TableValue.self).map { try call.invoke(f, [$0]) }
                return .nothing
            },
        ]
    }

    private static var grouped: Signature {
        .host(
            "group_by", group: group, "A record of tables: the rows by a column, or by what a function says of them.",
            text:
                "The names are the texts of the entries, in order of first appearance. For a table with one row a\n"
                + "group see `summarize`.",
            [first, Parameter("by", .oneOf([.function, .string]), "a column's name, or a function of a row")],
            returns: .record, example: "group_by(\(example), \"b\").x"
        ) { call in
            let value = try call.foreign("table", as: TableValue.self)
            let by = try call.value("by")
            let keys: [Value]
            if let name = by.asString {
                keys = try value.table.column(name).entries.map(Bridge.value)
            } else {
                keys = try value.map { try call.invoke(by, [$0]) }
            }
            let texts = Column.strings(keys.map { ValueDisplay.text(of: $0) })
            let rowKeys = try RowKeys([texts], rowCount: value.table.rowCount)
            let members = rowKeys.members
            return .record(
                Record(
                    rowKeys.firstRows.enumerated().map { key, row in
                        (texts[row].text, .table(value.table.taking(Array(members[key]))))
                    }))
        }
    }

    // MARK: Chance

    private static func drawn(_ session: Session) -> [Signature] {
        [
            .host(
                "shuffle", group: group, "The rows in random order.", [first], returns: .foreign(typeName: "table"),
                example: "len(shuffle(\(example))) == 2"
            ) { call in
                let table = try call.table()
                var generator = session.generator("shuffle")
                return .table(table.taking(generator.permutation(table.rowCount)))
            },
            .host(
                "sample", group: group, "Some rows, drawn without replacement.",
                [first, Parameter("count", .integer(0...Int.max), "how many")], returns: .foreign(typeName: "table"),
                example: "sample(\(example), 1)"
            ) { call in
                let (table, count) = (try call.table(), try call.integer("count"))
                guard count <= table.rowCount else {
                    throw NativeError("cannot draw \(count) of \(table.rowCount) rows", parameter: "count")
                }
                var generator = session.generator("sample")
                return .table(table.taking(Array(generator.permutation(table.rowCount).prefix(count))))
            },
        ]
    }
}
