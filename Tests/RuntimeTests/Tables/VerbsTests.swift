import Testing

@testable import Runtime

@Suite struct VerbsTests {
    let table: Table

    init() throws {
        table = try Table([
            ("model", .strings(["r", "m", "d", "m"])), ("accuracy", .numbers([0.7, .nan, 0.9, 0.7])),
            ("ready", .bools([true, false, nil, true])),
        ])
    }

    private func numbers(_ table: Table, _ name: String) -> [Double?] {
        guard case .numbers(let values) = table[name] else { return [] }
        return values.map { $0.isNaN ? nil : $0 }
    }

    private func strings(_ table: Table, _ name: String) -> [String?] {
        guard case .strings(let values) = table[name] else { return [] }
        return values
    }

    @Test func select_keeps_the_order_asked_for() throws {
        #expect(try table.select(["ready", "model"]).names == ["ready", "model"])
        #expect(throws: TableError.self) { try table.select(["modle"]) }
    }

    @Test func dropping_all_columns_keeps_the_number_of_rows() throws {
        #expect(try table.drop(["model", "accuracy", "ready"]).rowCount == 4)
    }

    @Test func rename_can_swap_two_names() throws {
        let renamed = try table.rename([("model", "accuracy"), ("accuracy", "model")])
        #expect(renamed.names == ["accuracy", "model", "ready"])
        #expect(strings(renamed, "accuracy") == ["r", "m", "d", "m"])
        #expect(throws: TableError("two columns are named 'ready'")) { try table.rename([("model", "ready")]) }
    }

    @Test func filter_keeps_rows_in_order() {
        let kept = table.filter { table["model"]?[$0] == .string("m") }
        #expect(numbers(kept, "accuracy") == [nil, 0.7])
    }

    @Test func a_column_is_added_at_the_end_or_replaces_in_place() throws {
        let added = try table.adding("index", .numbers([0, 1, 2, 3]))
        #expect(added.names.last == "index")
        let replaced = try table.adding("model", .numbers([0, 1, 2, 3]))
        #expect(replaced.names == table.names)
        #expect(numbers(replaced, "model") == [0, 1, 2, 3])
    }

    @Test func sort_is_stable_and_puts_missing_last_both_ways() throws {
        let tagged = try table.adding("index", .numbers([0, 1, 2, 3]))
        #expect(numbers(try tagged.sort(by: ["accuracy"]), "index") == [0, 3, 2, 1])
        #expect(numbers(try tagged.sort(by: ["accuracy"], descending: true), "index") == [2, 0, 3, 1])
        #expect(numbers(try tagged.sort(by: ["ready", "model"]), "index") == [1, 3, 0, 2])
    }

    @Test func distinct_keeps_the_first_of_each() throws {
        #expect(strings(try table.distinct(by: ["model"]), "model") == ["r", "m", "d"])
        #expect(try Table.bindRows([table, table]).distinct() == table)
    }

    @Test func bound_tables_fill_up_with_missing() throws {
        let other = try Table([("extra", .strings(["x"])), ("accuracy", .numbers([1]))])
        let bound = try Table.bindRows([table, other])
        #expect(bound.names == ["model", "accuracy", "ready", "extra"])
        #expect(strings(bound, "extra") == [nil, nil, nil, nil, "x"])
        #expect(strings(bound, "model").last == .some(nil))
    }

    @Test func binding_columns_of_different_kinds_is_refused() throws {
        let other = try Table([("model", .numbers([1]))])
        #expect(throws: TableError("column 'model' is of strings in one table and of numbers in another")) {
            try Table.bindRows([table, other])
        }
    }
}

@Suite struct JoinTests {
    let left: Table
    let right: Table

    init() throws {
        left = try Table([("model", .strings(["a", "b", nil, "c"])), ("score", .numbers([1, 2, 3, 4]))])
        right = try Table([("model", .strings(["b", "a", "b", nil])), ("score", .numbers([10, 20, 30, 40]))])
    }

    @Test func a_left_join_keeps_unmatched_rows_and_repeats_for_several_matches() throws {
        let joined = try left.leftJoin(right, on: ["model"])
        #expect(joined.names == ["model", "score", "score_right"])
        #expect(joined["score"] == .numbers([1, 2, 2, 3, 4]))
        #expect(joined["score_right"] == .numbers([20, 10, 30, .nan, .nan]))
    }

    @Test func aJoinOfTooManyRowsIsAnError() throws {
        let table = try Table([("a", .numbers([Double](repeating: 1, count: 20_000)))])
        let error = #expect(throws: TableError.self) { try table.innerJoin(table, on: ["a"]) }
        #expect(error?.message.contains("400000000 rows") == true)
    }

    @Test func an_inner_join_keeps_matches_only_and_missing_matches_nothing() throws {
        let joined = try left.innerJoin(right, on: ["model"])
        #expect(joined["score_right"] == .numbers([20, 10, 30]))
    }

    @Test func keys_of_different_kinds_are_refused() throws {
        let other = try Table([("model", .numbers([1]))])
        let message = "cannot join on 'model': it holds strings on the left and numbers on the right"
        #expect(throws: TableError(message, help: "change one of them with mutate")) {
            try left.leftJoin(other, on: ["model"])
        }
    }
}
