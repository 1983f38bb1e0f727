import Testing

@testable import Runtime

@Suite struct CSVReaderTests {
    private func table(_ text: String, _ reader: CSVReader = CSVReader()) throws -> Table {
        try reader.table(Array(text.utf8))
    }

    private func malformed(_ text: String, _ reader: CSVReader = CSVReader()) -> MalformedFile? {
        do {
            _ = try table(text, reader)
            return nil
        } catch {
            return error as? MalformedFile
        }
    }

    @Test func quotes_hold_commas_line_breaks_and_doubled_quotes() throws {
        let table = try table("name,note\r\n\"a,b\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",plain\r\n")
        #expect(table["name"] == .strings(["a,b", "two\nlines"]))
        #expect(table["note"] == .strings(["say \"hi\"", "plain"]))
        #expect(try self.table("a\n\"\"\"\"\n\"\"\"x\"\"\"\n")["a"] == .strings(["\"", "\"x\""]))
    }

    @Test func a_byte_order_mark_and_old_line_ends_are_understood() throws {
        let table = try CSVReader().table([0xEF, 0xBB, 0xBF] + Array("a,b\r1,2\r3,4".utf8))
        #expect(table.names == ["a", "b"])
        #expect(table["b"] == .numbers([2, 4]))
    }

    @Test func columns_take_the_kind_that_all_entries_read_as() throws {
        let table = try table("n,b,s,id\n1.5e-3,true,x,007\nNA,FALSE,NA,008\n,NA,\"\",009\n")
        #expect(table["n"] == .numbers([1.5e-3, .nan, .nan]))
        #expect(table["b"] == .bools([true, false, nil]))
        #expect(table["s"] == .strings(["x", nil, ""]))
        #expect(table["id"] == .strings(["007", "008", "009"]))
    }

    @Test(arguments: [
        ("1e-6", 1e-6), ("inf", .infinity), ("-Infinity", -.infinity), (".5", 0.5), ("5.", 5), ("+3", 3),
        (" 7 ", 7), ("0", 0), ("1E3", 1000), ("123456789012345678.0", 123_456_789_012_345_680), ("1e400", .infinity),
        ("4.9406564584124654e-324", .leastNonzeroMagnitude),
        ("0.1000000000000000055511151231257827", 0.1), ("\"2\"", 2),
        ("9007199254740992", 9_007_199_254_740_992),
    ])
    func numbers_are_read_to_the_nearest_double(text: String, number: Double) throws {
        #expect(try table("a\n\(text)\n")["a"] == .numbers([number]))
    }

    @Test(arguments: [
        "007", "0x1F", "1,5", "9007199254740993", "12345678901234567890", "1e", "1.2.3", "--1", "infinite",
    ])
    func what_is_no_number_or_would_be_changed_stays_text(text: String) throws {
        #expect(try table("a\n\"\(text)\"\n")["a"] == .strings([text]))
    }

    @Test func a_column_that_turns_out_to_be_text_keeps_its_first_entries_as_written() throws {
        #expect(try table("a,b\n1.50,true\n2,1\nx,NULL\n")["a"] == .strings(["1.50", "2", "x"]))
        #expect(try table("a,b\n1.50,true\n2,1\nx,NULL\n")["b"] == .strings(["true", "1", "NULL"]))
        #expect(try table("a\nnull\nx\n")["a"] == .strings(["null", "x"]))
        #expect(try table("a\nnull\nNone\n")["a"] == .strings(["null", "None"]))
    }

    @Test func words_of_other_languages_are_missing_among_numbers_and_truth_values() throws {
        #expect(try table("a\nnull\nN/A\n3\nNone\nnan\n\"\"\n")["a"] == .numbers([.nan, .nan, 3, .nan, .nan, .nan]))
        #expect(try table("a\nnone\nTrue\nNA\n")["a"] == .bools([nil, true, nil]))
        #expect(try table("a\n\nNA\n")["a"] == .numbers([.nan, .nan]))
    }

    @Test func the_caller_says_what_means_missing() throws {
        var reader = CSVReader()
        reader.missing = ["-999", "?"]
        #expect(try table("a,b\n-999,?\n5,NA\n", reader)["a"] == .numbers([.nan, 5]))
        #expect(try table("a,b\n-999,?\n5,NA\n", reader)["b"] == .strings([nil, "NA"]))
    }

    @Test func the_caller_says_what_a_column_holds() throws {
        var reader = CSVReader()
        reader.kinds = ["id": .string, "code": .number]
        let table = try table("id,code\n1,007\n\"\",12345678901234567890\n,NA\n", reader)
        #expect(table["id"] == .strings(["1", "", nil]))
        #expect(table["code"] == .numbers([7, 12_345_678_901_234_567_168, .nan]))
        #expect(malformed("id,code\n1,2\n\n3,x\n", reader) == MalformedFile(line: 4, "'x' is not a number"))
        #expect(throws: TableError("unknown column 'code'", help: "there are: id")) {
            try self.table("id\n1\n", reader)
        }
    }

    @Test func names_that_are_empty_or_repeated_are_numbered() throws {
        #expect(try table(",a,a,a_2,\n1,2,3,4,5\n").names == ["column_1", "a", "a_2", "a_2_2", "column_5"])
        var reader = CSVReader()
        reader.hasHeader = false
        let table = try table("1,x\n2,y\n", reader)
        #expect(table.names == ["column_1", "column_2"])
        #expect(table["column_1"] == .numbers([1, 2]))
    }

    @Test func other_delimiters_are_taken_on_demand() throws {
        var reader = CSVReader()
        reader.delimiter = UInt8(ascii: "\t")
        #expect(try table("a\tb\n1,5\t\"x\ty\"\n", reader)["b"] == .strings(["x\ty"]))
    }

    @Test func an_empty_line_is_missing_in_a_single_column_and_nothing_among_several() throws {
        #expect(try table("a\n1\n\n3\n")["a"] == .numbers([1, .nan, 3]))
        #expect(try table("a,b\n1,2\n\n3,4\n\n").rowCount == 2)
    }

    @Test func a_header_alone_gives_an_empty_table() throws {
        let table = try table("a,b\n")
        #expect(table.names == ["a", "b"] && table.isEmpty)
        #expect(try self.table("").names.isEmpty)
        #expect(try self.table("a").names == ["a"])
    }

    @Test func a_record_of_the_wrong_length_is_named_by_its_line() {
        #expect(
            malformed("a,b\n\"x\n\",y\n1,2,3\n")
                == MalformedFile(
                    line: 4, "3 fields where the first line has 2 columns",
                    help: "put quotes around fields that hold the delimiter"))
        #expect(
            malformed("a,b\n1;2\n")
                == MalformedFile(
                    line: 2, "1 field where the first line has 2 columns", help: "is 'delimiter' right? it was ','"))
    }

    @Test func broken_quotes_and_bytes_are_named_by_their_line() {
        let help = "a quote inside a quoted field is written twice"
        #expect(
            malformed("a\r\n\"x\r\n\r\n")
                == MalformedFile(line: 2, "the quote that opens here is never closed", help: help)
        )
        #expect(malformed("a\n\"x\ny\"z\n") == MalformedFile(line: 3, "text follows a closing quote", help: help))
        #expect(throws: MalformedFile(line: 3, "this is not UTF-8 text", help: "save the file as UTF-8")) {
            try CSVReader().table(Array("a\rx\r".utf8) + [0xFF, 0xFE])
        }
        #expect(malformed("a\nb\n\0\n")?.line == 3)
    }
}

@Suite struct CSVWriterTests {
    private func text(_ table: Table) throws -> String {
        String(decoding: try CSVWriter().bytes(of: table), as: UTF8.self)
    }

    @Test func the_written_form_is_plain() throws {
        let table = try Table([
            ("a", .numbers([1, .nan, 1e-6])), ("b", .strings(["x y", "", "NA"])), ("c,d", .bools([true, nil, false])),
        ])
        #expect(try text(table) == "a,b,\"c,d\"\n1,x y,true\n,\"\",\n1e-06,\"NA\",false\n")
    }

    @Test func a_table_without_rows_keeps_its_names() throws {
        #expect(try text(Table([("a", .numbers([]))])) == "a\n")
        #expect(try text(Table()) == "")
    }

    @Test func what_is_written_reads_back_the_same() throws {
        let table = try Table([
            ("text, quoted", .strings(["a,b", "\"", "", nil, "line\nbreak", "\u{FEFF}Zürich ✓"])),
            ("number", .numbers([0.1, 1e300, -0.30000000000000004, .nan, .infinity, -0.0])),
            ("flag", .bools([true, nil, false, true, nil, false])),
        ])
        #expect(try CSVReader().table(CSVWriter().bytes(of: table)) == table)
    }

    /// Strings may look like anything, so their columns are named; numbers and truth values are recognised.
    @Test func random_tables_survive_the_round_trip() throws {
        var random = RandomTables(seed: 7)
        for _ in 0..<500 {
            let table = try random.table(rows: random.below(7))
            var reader = CSVReader()
            for (name, column) in zip(table.names, table.columns) where column.kind == .string || column.isAllMissing {
                reader.kinds[name] = column.kind
            }
            reader.delimiter = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")][random.below(3)]
            let bytes = try CSVWriter(delimiter: reader.delimiter).bytes(of: table)
            let back = try reader.table(bytes)
            #expect(back == table, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }
}
