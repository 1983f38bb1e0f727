import Testing

@testable import Runtime

@Suite struct SummarizeTests {
    let table: Table

    init() throws {
        table = try Table([
            ("setting", .strings(["logreg", "scratch", "logreg", "scratch"])),
            ("model", .strings(["a", "a", "b", "b"])), ("accuracy", .numbers([0.8, 0.5, 0.9, 0.75])),
        ])
    }

    private func mean(_ rows: Table) -> Datum {
        guard case .numbers(let values) = rows["accuracy"] else { return .missing }
        return .number(values.reduce(0, +) / Double(values.count))
    }

    @Test func groups_come_in_order_of_first_appearance() throws {
        let groups = try table.groups(by: ["setting"])
        #expect(groups.map(\.key) == [[.string("logreg")], [.string("scratch")]])
        #expect(groups.map { $0.rows["model"] } == [.strings(["a", "b"]), .strings(["a", "b"])])
    }

    @Test func no_keys_make_one_group() throws {
        #expect(try table.groups(by: []).map(\.rows) == [table])
    }

    @Test func a_summary_has_keys_then_summaries() throws {
        let summary = try table.summarize(
            by: ["setting"], [Summary("mean", mean), Summary("n") { .number(Double($0.rowCount)) }])
        #expect(summary.names == ["setting", "mean", "n"])
        #expect(summary["mean"] == .numbers([(0.8 + 0.9) / 2, 0.625]))
        #expect(summary["n"] == .numbers([2, 2]))
    }

    @Test func an_empty_table_summarizes_to_no_rows_with_all_columns() throws {
        let summary = try table.filter { _ in false }.summarize(by: ["setting"], [Summary("mean", mean)])
        #expect(summary.names == ["setting", "mean"])
        #expect(summary.isEmpty)
    }

    @Test func a_summary_named_like_a_key_is_refused() {
        #expect(throws: TableError.self) { try table.summarize(by: ["model"], [Summary("model", mean)]) }
    }

    @Test func wider_and_longer_undo_each_other() throws {
        let wide = try table.pivotWider(names: "setting", values: "accuracy")
        #expect(wide.names == ["model", "logreg", "scratch"])
        #expect(wide["scratch"] == .numbers([0.5, 0.75]))
        let long = try wide.pivotLonger(["logreg", "scratch"], names: "setting", values: "accuracy")
        #expect(try long.select(table.names) == table)
    }

    @Test func what_was_not_measured_is_missing_in_the_wide_form() throws {
        let wide = try table.taking([0, 1, 2]).pivotWider(names: "setting", values: "accuracy")
        #expect(wide["scratch"] == .numbers([0.5, .nan]))
    }

    @Test func two_values_for_one_place_are_refused() throws {
        let doubled = try Table.bindRows([table, table])
        let message = "two rows have 'logreg' in 'setting' and agree in 'model'"
        #expect(throws: TableError(message, help: "summarize first, so that one value is left for each")) {
            try doubled.pivotWider(names: "setting", values: "accuracy")
        }
    }
}
