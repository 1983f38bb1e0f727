import Testing

@testable import Runtime

@Suite struct CSVTests {
    private func table(_ text: String) throws -> Table { try CSVReader(Array(text.utf8)).table() }

    @Test func quotes_hold_commas_line_breaks_and_doubled_quotes() throws {
        let table = try table("name,note\r\n\"a,b\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",plain\r\n")
        #expect(table["name"] == .strings(["a,b", "two\nlines"]))
        #expect(table["note"] == .strings(["say \"hi\"", "plain"]))
    }

    @Test func a_byte_order_mark_and_old_line_ends_are_understood() throws {
        let table = try CSVReader([0xEF, 0xBB, 0xBF] + Array("a,b\r1,2\r3,4".utf8)).table()
        #expect(table.names == ["a", "b"])
        #expect(table["b"] == .numbers([2, 4]))
    }

    @Test func columns_take_the_kind_that_all_entries_read_as() throws {
        let table = try table("n,b,s,id\n1.5e-3,true,x,007\nNA,FALSE,NA,008\n,NA,\"\",009\n")
        #expect(table["n"] == .numbers([1.5e-3, .nan, .nan]))
        #expect(table["b"] == .bools([true, false, nil]))
        #expect(table["s"] == .strings(["x", "NA", ""]))
        #expect(table["id"] == .strings(["007", "008", "009"]))
    }

    @Test func an_empty_line_is_missing_in_a_single_column_and_nothing_among_several() throws {
        #expect(try table("a\n1\n\n3\n")["a"] == .numbers([1, .nan, 3]))
        #expect(try table("a,b\n1,2\n\n3,4\n").rowCount == 2)
    }

    @Test func a_header_alone_gives_an_empty_table() throws {
        let table = try table("a,b\n")
        #expect(table.names == ["a", "b"] && table.isEmpty)
        #expect(try self.table("").names.isEmpty)
    }

    @Test func a_record_of_the_wrong_length_is_named_by_its_line() {
        let message = "line 3 has 3 fields, the first line names 2 columns"
        #expect(throws: TableError(message, help: "put quotes around fields that hold a comma")) {
            try table("a,b\n\"x\",y\n1,2,3\n")
        }
    }

    @Test func broken_quotes_and_bytes_are_named_by_their_line() {
        #expect(throws: TableError("the quote that opens on line 2 is never closed")) { try table("a\n\"x\n") }
        #expect(throws: TableError.self) { try table("a\n\"x\"y\n") }
        #expect(throws: TableError("line 2 is not UTF-8 text", help: "save the file as UTF-8")) {
            try CSVReader(Array("a\n".utf8) + [0xFF, 0xFE]).table()
        }
    }

    @Test func what_is_written_reads_back_the_same() throws {
        let table = try Table([
            ("text, quoted", .strings(["a,b", "\"", "", nil, "line\nbreak", "Zürich ✓"])),
            ("number", .numbers([0.1, 1e300, -0.30000000000000004, .nan, .infinity, 12])),
            ("flag", .bools([true, nil, false, true, nil, false])),
        ])
        #expect(try self.table(CSVWriter().text(of: table)) == table)
    }

    @Test func random_tables_survive_the_round_trip() throws {
        var random = SystemlessRandom(state: 7)
        let letters = Array("ab,\"\n\r;é… x")
        for _ in 0..<200 {
            let rows = Int(random.next() % 6) + 1
            let words = (0..<rows).map { _ in
                // The leading letter keeps words from reading as numbers, bools or missing.
                "w"
                    + String(
                        (0..<Int(random.next() % 8)).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
            }
            let numbers = (0..<rows).map { _ in
                random.next() % 5 == 0 ? .nan : Double(Int64(bitPattern: random.next())) * 1e-12
            }
            let table = try Table([("words", .strings(words)), ("numbers", .numbers(numbers + []))])
            let back = try self.table(CSVWriter().text(of: table))
            #expect(back == table)
        }
    }

    @Test func the_written_form_is_plain() throws {
        let table = try Table([("a", .numbers([1, .nan])), ("b", .strings(["x y", ""]))])
        #expect(CSVWriter().text(of: table) == "a,b\n1,x y\n,\"\"\n")
    }
}

/// A multiplicative generator (Lehmer, modulus 2⁶⁴), so that the tables are the same on every run.
private struct SystemlessRandom {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 16
    }
}
