import Testing

@testable import Runtime

@Suite struct TableTests {
    @Test func columns_of_unequal_length_are_refused() {
        #expect(throws: TableError("columns must have equal length: 'a' has 2, 'b' has 1")) {
            try Table([("a", .numbers([1, 2])), ("b", .numbers([1]))])
        }
    }

    @Test func two_columns_of_one_name_are_refused() {
        #expect(throws: TableError("two columns are named 'a'")) {
            try Table([("a", .numbers([1])), ("a", .bools([true]))])
        }
    }

    @Test func an_unknown_column_suggests_the_nearest() throws {
        let table = try Table([("accuracy", .numbers([1])), ("model", .strings(["a"]))])
        #expect(throws: TableError("unknown column 'acuracy'", help: "did you mean 'accuracy'?")) {
            try table.column("acuracy")
        }
        #expect(throws: TableError("unknown column 'seed'", help: "there are: accuracy, model")) {
            try table.column("seed")
        }
    }

    @Test func swapped_letters_count_as_one_slip() {
        #expect(adviceForUnknown("xlow", among: ["xolw", "nothing"]) == "did you mean 'xolw'?")
    }

    @Test func records_give_all_names_and_missing_entries() throws {
        let table = try Table(rows: [[("a", .number(1))], [("b", .string("x")), ("a", .missing)]])
        #expect(table.names == ["a", "b"])
        #expect(table["a"] == .numbers([1, .nan]))
        #expect(table["b"] == .strings([nil, "x"]))
    }

    @Test func a_column_of_mixed_kinds_is_refused_with_its_row() {
        let message = "column 'a': a column holds entries of one kind: row 0 is a number, row 1 is a string"
        #expect(throws: TableError(message)) { try Table(rows: [[("a", .number(1))], [("a", .string("x"))]]) }
    }

    @Test func tables_with_missing_numbers_are_equal() throws {
        let first = try Table([("a", .numbers([1, .nan]))])
        let second = try Table([("a", .numbers([1, .nan]))])
        #expect(first == second)
        #expect(first.hashValue == second.hashValue)
        #expect(try first != Table([("a", .numbers([1, 2]))]))
    }

    @Test func a_row_tells_missing_from_unknown() throws {
        let row = try Table([("a", .numbers([.nan]))]).row(0)
        #expect(row["a"] == .missing)
        #expect(row["b"] == nil)
    }
}
