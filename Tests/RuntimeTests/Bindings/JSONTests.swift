import Lang
import Testing

@testable import Runtime

@Suite struct JSONTests {
    private func read(_ text: String) throws -> Value { try JSONReader.value(Array(text.utf8)) }

    private func written(_ value: Value, indent: Int = 2) throws -> String {
        String(decoding: try JSONWriter.bytes(of: value, indent: indent), as: UTF8.self)
    }

    private func malformed(_ text: String) -> String {
        do {
            _ = try read(text)
            return "no error"
        } catch let error as MalformedFile {
            return error.place(in: "f") + " " + error.message
        } catch {
            return "\(error)"
        }
    }

    @Test func objects_keep_the_order_of_their_names_and_numbers_are_packed() throws {
        let value = try read(" {\"z\": [1, -2.5e-3, 1E2], \"a\": {\"b\": null, \"c\": [true, \"x\"]}, \"\": []} ")
        #expect(value.asRecord?.names == ["z", "a", ""])
        #expect(value.asRecord?["z"]?.asList?.numbers == [1, -2.5e-3, 100])
        #expect(
            try written(value, indent: 0) == "{\"z\":[1,-0.0025,100],\"a\":{\"b\":null,\"c\":[true,\"x\"]},\"\":[]}\n")
    }

    @Test func escapes_name_every_character() throws {
        let text = "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\\u0000é😀\""
        #expect(try read(text).asString == "\"\\/\u{8}\u{C}\n\r\té😀\0é😀")
        #expect(try written(.string("\"\\\n\r\t\u{1}é😀\u{7F}")) == "\"\\\"\\\\\\n\\r\\t\\u0001é😀\u{7F}\"\n")
    }

    @Test func what_python_writes_for_missing_numbers_is_read() throws {
        let numbers = try read("[NaN, Infinity, -Infinity]").asList?.numbers ?? []
        #expect(numbers.count == 3 && numbers[0].isNaN && numbers[1] == .infinity && numbers[2] == -.infinity)
    }

    @Test(arguments: [
        ("", "f:1:1 expected a value, found the end of the file"),
        ("[1,\n 2", "f:2:3 expected ',' or ']', found the end of the file"),
        ("[1 2]", "f:1:4 expected ',' or ']', found '2'"),
        ("[1,]", "f:1:4 expected a value, found ']'"),
        ("{\"a\": 1,}", "f:1:9 expected a name in quotes, found '}'"),
        ("{a: 1}", "f:1:2 expected a name in quotes, found 'a'"),
        ("{\"a\" 1}", "f:1:6 expected ':', found '1'"),
        ("{\"é\": 1, \"é\": 2}", "f:1:10 the name 'é' stands twice in one object"),
        ("[1] [2]", "f:1:5 expected the end of the file, found '['"),
        ("nul", "f:1:1 expected a value, found 'nul'"),
        ("[01]", "f:1:2 '01' is not a number"), ("[1.]", "f:1:2 '1.' is not a number"),
        ("[.5]", "f:1:2 expected a value, found '.'"), ("[+5]", "f:1:2 expected a value, found '+'"),
        ("-", "f:1:1 '-' is not a number"), ("[1e]", "f:1:2 '1e' is not a number"),
        ("\"ab", "f:1:1 the string that opens here is never closed"),
        ("\"a\\", "f:1:3 unknown escape in a string"), ("\"\\x\"", "f:1:2 unknown escape in a string"),
        ("\"a\nb\"", "f:1:3 a string holds a line break or another control character"),
        ("[\"\\uD800\"]", "f:1:3 half of a surrogate pair"), ("\"\\uDC00\"", "f:1:2 half of a surrogate pair"),
        ("\"\\uD800\\u0041\"", "f:1:2 half of a surrogate pair"), ("\"\\u12G4\"", "f:1:2 \\u takes four hex digits"),
        ("'a'", "f:1:1 expected a value, found '''"), ("\0", "f:1:1 expected a value, found a byte 0x0"),
    ])
    func malformed_text_says_what_was_expected_where(text: String, expected: String) {
        #expect(malformed(text) == expected)
    }

    @Test func bytes_that_are_no_text_are_told() {
        #expect(
            throws: MalformedFile(line: 1, column: 2, "this string is not UTF-8 text", help: "save the file as UTF-8")
        ) {
            try JSONReader.value([0x5B, 0x22, 0xFF, 0x22, 0x5D])
        }
    }

    @Test func nesting_has_a_limit_both_ways() throws {
        let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        #expect(try written(try read(deep), indent: 0) == deep + "\n")
        #expect(malformed("[" + deep + "]") == "f:1:501 lists and objects are nested deeper than 500 levels")
        #expect(malformed(String(repeating: "[", count: 100_000)).contains("500 levels"))
        var value = Value.list([])
        for _ in 0..<1000 { value = .list([value]) }
        #expect(throws: NativeError.self) { try written(value) }
    }

    @Test func many_names_in_one_object_are_found_quickly() throws {
        let text = "{" + (0..<20_000).map { "\"k\($0)\": \($0)" }.joined(separator: ",") + "}"
        #expect(try read(text).asRecord?["k19999"]?.asNumber == 19_999)
    }

    @Test func numbers_and_texts_survive_the_round_trip() throws {
        var random = RandomTables(seed: 3)
        for _ in 0..<500 {
            let number = random.number()
            guard number.isFinite else { continue }
            let value = Value.record(["n": .number(number), "t": .string(random.text())])
            let back = try read(try written(value, indent: random.below(4)))
            #expect(Value.areEqual(back, value))
            #expect(back.asRecord?["n"]?.asNumber?.bitPattern == number.bitPattern)
        }
    }

    @Test func what_json_cannot_hold_is_named_by_its_place() {
        #expect { try written(.record(["a": .list([.nothing, .record(["b": .number(.nan)])])])) } throws: {
            ($0 as? NativeError)?.message == "JSON has no nan at a[1].b"
        }
        #expect { try written(.number(-.infinity)) } throws: { ($0 as? NativeError)?.message == "JSON has no -inf" }
    }
}
