import TestSupport
import Testing

@testable import Runtime

/// Random tables with missing entries, and what pandas makes of them (Tests/Reference/tables/tables.py).
@Suite struct VerbsReferenceTests {
    private struct Case: Decodable {
        var verb: String
        var arguments: Arguments
        var tables: [[NamedColumn]]
        var result: [NamedColumn]
    }

    private struct Arguments: Decodable {
        var on: [String]?
        var by: [String]?
        var columns: [String]?
        var descending: [Bool]?
    }

    private struct NamedColumn: Decodable {
        var name: String
        var kind: String
        var entries: [Entry]

        var column: Column {
            switch kind {
            case "string": .strings(entries.map { if case .string(let text) = $0.datum { text } else { nil } })
            case "bool": .bools(entries.map { if case .bool(let truth) = $0.datum { truth } else { nil } })
            default: .numbers(entries.map { if case .number(let number) = $0.datum { number } else { .nan } })
            }
        }
    }

    private struct Entry: Decodable {
        var datum: Datum

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                datum = .missing
            } else if let truth = try? container.decode(Bool.self) {
                datum = .bool(truth)
            } else if let number = try? container.decode(Double.self) {
                datum = .number(number)
            } else {
                datum = .string(try container.decode(String.self))
            }
        }
    }

    @Test(arguments: [
        "left_join", "inner_join", "sort", "distinct", "drop_missing", "filter", "summarize", "pivot_wider",
        "pivot_longer", "bind_rows",
    ])
    func a_verb_gives_what_pandas_gives(verb: String) throws {
        let cases = try ReferenceFile.read("tables/tables.json", as: [Case].self).filter { $0.verb == verb }
        #expect(cases.count >= 12)
        for reference in cases {
            let tables = try reference.tables.map { try Table($0.map { ($0.name, $0.column) }) }
            let expected = try Table(reference.result.map { ($0.name, $0.column) })
            let actual = try apply(verb, tables, reference.arguments)
            #expect(isClose(actual, expected), "\(verb) \(reference.arguments)\n\(shown(tables + [expected, actual]))")
        }
    }

    private func apply(_ verb: String, _ tables: [Table], _ arguments: Arguments) throws -> Table {
        let table = tables[0]
        switch verb {
        case "left_join": return try table.leftJoin(tables[1], on: arguments.on ?? [])
        case "inner_join": return try table.innerJoin(tables[1], on: arguments.on ?? [])
        case "sort": return try table.sort(by: arguments.by ?? [], descending: arguments.descending ?? [])
        case "distinct": return try table.distinct(by: arguments.columns ?? [])
        case "drop_missing": return try table.dropMissing(in: arguments.columns ?? [])
        case "filter":
            return try table.filter { if case .number(let x) = try table.column("x")[$0] { x > 0 } else { false } }
        case "summarize": return try table.summarize(by: arguments.by ?? [], summaries)
        case "pivot_wider": return try table.pivotWider(names: "name", values: "value")
        case "pivot_longer": return try table.pivotLonger(arguments.columns ?? [])
        default: return try Table.bindRows(tables)
        }
    }

    private var summaries: [Summary] {
        func known(_ group: Table) -> [Double] {
            if case .numbers(let values) = group["y"] { values.filter { !$0.isNaN } } else { [] }
        }
        return [
            Summary("n") { .number(Double($0.rowCount)) },
            Summary("known") { .number(Double(known($0).count)) },
            Summary("mean") {
                known($0).isEmpty ? .missing : .number(known($0).reduce(0, +) / Double(known($0).count))
            },
            Summary("least") { Datum(known($0).min()) },
        ]
    }

    /// Equal, but for the rounding of means and the kind of columns in which all is missing.
    private func isClose(_ first: Table, _ second: Table) -> Bool {
        guard first.names == second.names, first.rowCount == second.rowCount else { return false }
        return zip(first.columns, second.columns).allSatisfy { a, b in
            if case .numbers(let a) = a, case .numbers(let b) = b {
                return zip(a, b).allSatisfy { TestSupport.isClose($0, $1, relative: 1e-13) }
            }
            return a == b || a.isAllMissing && b.isAllMissing
        }
    }

    private func shown(_ tables: [Table]) -> String {
        tables.map { TableDisplay(width: 120).text(of: $0) }.joined(separator: "\n\n")
    }
}
