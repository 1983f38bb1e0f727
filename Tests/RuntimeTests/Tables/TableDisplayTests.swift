import Testing

@testable import Runtime

@Suite struct TableDisplayTests {
    let results: Table

    init() throws {
        results = try Table([
            ("model", .strings(["ResNet-50", "MobileNet v2", nil])), ("epochs", .numbers([10, 5, .nan])),
            ("accuracy", .numbers([0.8534, 0.912, .nan])), ("p", .numbers([3.1e-9, 0.04, 1])),
            ("done", .bools([true, false, nil])),
        ])
    }

    @Test func columns_are_aligned_with_comparable_digits() {
        let expected = """
            model         epochs  accuracy       p  done
            string        number    number  number  bool
            ResNet-50         10    0.8534  3.1e-9  true
            MobileNet v2       5    0.9120    0.04  false
            –                  –         –       1  –
            """
        #expect(TableDisplay().text(of: results) == expected)
    }

    @Test func what_does_not_fit_is_counted_and_named() {
        let expected = """
            model         epochs
            string        number
            ResNet-50         10
            MobileNet v2       5
            … 1 more row
            … 3 more columns: accuracy,
            p, done
            """
        #expect(TableDisplay(width: 29, rows: 2).text(of: results) == expected)
    }

    @Test func wide_characters_and_control_characters_keep_the_columns_straight() throws {
        let table = try Table([("name", .strings(["日本", "e\u{301}t", "a\nb", "👍"])), ("n", .numbers([1, 2, 3, 4]))])
        let expected = """
            name         n
            string  number
            日本         1
            e\u{301}t           2
            a\\nb         3
            👍           4
            """
        #expect(TableDisplay().text(of: table) == expected)
    }

    @Test func what_would_move_the_cursor_is_written_out() throws {
        let table = try Table([("name", .strings(["\t\u{1B}[31m", "\u{202E}x\u{2028}", "\u{85}", "a\0"]))])
        let expected = "name\nstring\n\\t\\u{1b}[31m\n\\u{202e}x\\u{2028}\n\\u{85}\na\\u{0}"
        #expect(TableDisplay().text(of: table) == expected)
    }

    @Test func joined_emoji_and_flags_take_two_cells() throws {
        let texts = ["👩‍👩‍👧", "🇨🇭", "❤️", "한", "ｗ", "e\u{301}\u{302}", "\u{200B}"]
        #expect(texts.map(\.displayWidth) == [2, 2, 2, 2, 2, 1, 0])
        #expect("日本語".truncated(toDisplayWidth: 4) == "日…")
    }

    @Test func many_hidden_columns_take_a_few_lines() throws {
        let table = try Table((0..<500).map { ("column \($0)", .numbers([1])) })
        let lines = TableDisplay(width: 40).text(of: table).split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines.last?.hasSuffix("…") == true)
    }

    @Test func long_texts_are_shortened() throws {
        let table = try Table([("text", .strings([String(repeating: "x", count: 90)]))])
        let last = TableDisplay().text(of: table).split(separator: "\n").last.map(String.init)
        #expect(last == String(repeating: "x", count: 39) + "…")
    }

    @Test(arguments: [1, 4, 10, 20, 33, 47, 80]) func no_line_is_wider_than_the_terminal(width: Int) {
        for line in TableDisplay(width: width, rows: 1).text(of: results).split(separator: "\n") {
            #expect(String(line).displayWidth <= width)
        }
    }

    @Test func tables_without_rows_or_columns_say_so() throws {
        #expect(try TableDisplay().text(of: Table()) == "empty table")
        #expect(TableDisplay().text(of: results.filter { _ in false }).hasSuffix("no rows"))
    }

    @Test func styles_are_off_unless_asked_for() {
        #expect(!TableDisplay().text(of: results).contains("\u{1B}"))
        #expect(TableDisplay(isStyled: true).text(of: results).contains("\u{1B}[2mstring"))
    }

    @Test(arguments: [
        ([68.3, 89.8, 91.93], ["68.30", "89.80", "91.93"]),
        ([1, 1000, 1e6], ["1", "1000", "1000000"]),
        ([0.123456, 0.5], ["0.1235", "0.5000"]),
        ([1e-12, 5], ["1e-12", "5"]),
        ([1e20, 1], ["1e20", "1"]),
        ([-0.00001, 0], ["-0.00001", "0.00000"]),
    ])
    func digits_fit_the_column(values: [Double], expected: [String]) {
        let format = NumberColumnFormat(values)
        #expect(values.map(format.text) == expected)
    }
}
