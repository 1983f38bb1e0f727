// Functions of strings.

extension CoreLibrary {
    static var strings: [Signature] {
        [endsWith, format, join, lower, replace, split, startsWith, trim, upper]
    }

    private static let link = "language.md#strings"
    private static var string: Parameter { Parameter("string", .string, "a string") }

    private static func mapping(
        _ name: String, _ summary: String, _ example: String, _ change: @escaping (String) -> String
    ) -> Signature {
        Signature(
            name, group: "strings", summary: summary, parameters: [string], example: example, link: link,
            textual: change)
    }

    private static var lower: Signature {
        mapping("lower", "The string in lower case.", "lower(\"ResNet\")") { $0.lowercased() }
    }

    private static var upper: Signature {
        mapping("upper", "The string in upper case.", "upper(\"dtd\")") { $0.uppercased() }
    }

    private static var trim: Signature {
        mapping("trim", "The string without white space at its ends.", "trim(\"  a b \")") { String(trimmed($0)) }
    }

    static func trimmed(_ text: String) -> Substring {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }

    private static var endsWith: Signature {
        Signature(
            "ends_with", group: "strings", summary: "Whether the string ends with another.",
            parameters: [string, Parameter("end", .string, "the end")], returns: .bool,
            example: "ends_with(\"a.csv\", \".csv\")",
            link: link
        ) { call in .bool(try call.string("string").hasSuffix(try call.string("end"))) }
    }

    private static var startsWith: Signature {
        Signature(
            "starts_with", group: "strings", summary: "Whether the string starts with another.",
            parameters: [string, Parameter("start", .string, "the start")],
            returns: .bool, example: "starts_with(\"resnet50\", \"resnet\")", link: link
        ) { call in .bool(try call.string("string").hasPrefix(try call.string("start"))) }
    }

    private static var format: Signature {
        Signature(
            "format", group: "strings", summary: "A value as text in a format.",
            text: "The formats are those of strings: `{x:.2}` is format(x, \".2\").",
            parameters: [
                Parameter("value", .any, "a value"), Parameter("format", .string, ".2, .1e, .1%, a comma, <12, >8.3"),
            ], returns: .string, example: "format(0.8765, \".1%\")", link: link
        ) { call in
            let text = try call.string("format")
            guard let format = FormatSpec(text) else {
                throw NativeError(
                    "\(Escape.quote(text)) is no format", help: "formats look like .2  .1e  .1%  ,  <12  >8.3",
                    parameter: "format")
            }
            return .string(try format.format(try call.value("value")))
        }
    }

    private static var join: Signature {
        Signature(
            "join", group: "strings", summary: "The texts of a list's elements in one string.",
            parameters: [
                Parameter("list", .list(), "a list"), Parameter("separator", .string, default: "", "between them"),
            ], returns: .string, example: "join([\"a\", \"b\"], \", \")", link: link
        ) { call in
            let separator = Array(try call.string("separator").utf8)
            var bytes: [UInt8] = []
            for value in try call.list("list") {
                var text = ValueDisplay.text(of: value)
                text.withUTF8 { bytes.append(contentsOf: $0) }
                bytes.append(contentsOf: separator)
                try Joining.checkLength(bytes.count)
            }
            return .string(String(decoding: bytes.dropLast(separator.count), as: UTF8.self))
        }
    }

    private static var replace: Signature {
        Signature(
            "replace", group: "strings", summary: "The string with every occurrence of a text replaced.",
            parameters: [
                string, Parameter("old", .string, "the text to look for"),
                Parameter("new", .string, "what to put in its place"),
            ], returns: .string, example: "replace(\"a-b-c\", \"-\", \"_\")", link: link
        ) { call in
            let old = try call.string("old")
            guard !old.isEmpty else { throw NativeError("'old' takes a text that is not empty", parameter: "old") }
            return .string(try call.string("string").replacing(old, with: try call.string("new")))
        }
    }

    private static var split: Signature {
        Signature(
            "split", group: "strings", summary: "The parts of the string between occurrences of a separator.",
            text: "Without a separator, the words.",
            parameters: [
                string, Parameter("separator", .optional(.string), default: .nothing, "what lies between the parts"),
            ], returns: .list(of: .string), example: "split(\"a,b,c\", \",\")", link: link
        ) { call in
            let string = try call.string("string")
            guard let separator = try call.optionalString("separator") else {
                return .strings(string.split(whereSeparator: \.isWhitespace).map { String($0) })
            }
            if separator.isEmpty { return .strings(string.map { String($0) }) }
            let parts = string.split(separator: separator, omittingEmptySubsequences: false)
            return .strings(parts.map { String($0) })
        }
    }
}
