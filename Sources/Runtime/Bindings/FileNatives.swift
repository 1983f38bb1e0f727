import Compute
import Lang

/// Files for scripts: tables as CSV, values as JSON, texts. All that is written goes below the output folder.
enum FileNatives {
    private static let group = "Files"
    private static var path: Parameter { Parameter("path", .string, "the file's name") }
    private static var delimiter: Parameter {
        Parameter("delimiter", .string, default: .string(","), "the character between fields; \"\\t\" is a tab")
    }
    private static let whereTo =
        "A relative path is taken from the output folder (`--out`), folders that do not exist are made, and a\n"
        + "file that is there is replaced, whole or not at all. Scripts write only below the output folder and\n"
        + "the folders of `--allow-write`."

    static func signatures(_ session: Session) -> [Signature] {
        [
            readCSV(session), writeCSV(session), readJSON(session), writeJSON(session), readText(session),
            writeText(session),
        ]
    }

    // MARK: CSV

    private static func readCSV(_ session: Session) -> Signature {
        .host(
            "read_csv", group: group, "A table from a CSV file (RFC 4180).",
            text:
                "A column is of numbers or of truth values when all its entries are, otherwise of strings.\n"
                + "Numbers with a leading zero (007), and whole numbers too long for a double, stay strings, as\n"
                + "they are identifiers. Empty fields and NA are missing unless they are quoted; in columns of\n"
                + "numbers so are NaN, N/A, null and None. Names that are empty or stand twice are numbered.\n"
                + "`types` says what a column holds: \"number\", \"string\" or \"bool\". Relative paths are\n"
                + "sought beside the file that names them, then beside the script, then in the output folder.",
            [
                path, delimiter,
                Parameter("header", .bool, default: .bool(true), "whether the first line has the names"),
                Parameter("missing", .strings, default: .strings(CSVReader().missing), "texts that mean missing"),
                Parameter("types", .record, default: .record(Record()), "types of columns that are not to be guessed"),
            ],
            returns: .foreign(typeName: "table"),
            example: """
                write_text("id,score\\n007,0.5\\n008,NA\\n", "scores.csv")
                read_csv("scores.csv")
                read_csv("scores.csv", types: {id: "number"}).id
                """
        ) { call in
            var reader = CSVReader()
            reader.delimiter = try delimiterByte(call)
            reader.hasHeader = try call.bool("header")
            reader.missing = try call.strings("missing")
            for (name, type) in try call.record("types") {
                guard let kind = type.asString.flatMap(ColumnKind.init) else {
                    throw NativeError(
                        "the type of '\(name)' is \"number\", \"string\" or \"bool\", got \(type.phrase)",
                        parameter: "types")
                }
                reader.kinds[name] = kind
            }
            return .table(try session.read(try call.string("path"), for: call, reader.table))
        }
    }

    private static func writeCSV(_ session: Session) -> Signature {
        .host(
            "write_csv", group: group, "Writes a table as a CSV file (RFC 4180).",
            text:
                "Numbers read back as the same numbers; missing entries are empty, empty strings are \"\";\n"
                + "lines end with LF.\n"
                + whereTo,
            [Parameter("table", .foreign(typeName: "table"), "what to write"), path, delimiter],
            example: "write_csv(table(a: [1, 2], b: [\"x\", none]), \"a.csv\")"
        ) { call in
            let bytes = try CSVWriter(delimiter: try delimiterByte(call)).bytes(of: try call.table())
            try session.write(bytes, to: try call.string("path"))
            return .nothing
        }
    }

    private static func delimiterByte(_ call: NativeCall) throws -> UInt8 {
        let bytes = Array(try call.string("delimiter").utf8)
        guard bytes.count == 1, bytes[0] < 0x80, bytes[0] != 0, !"\"\r\n".utf8.contains(bytes[0]) else {
            throw NativeError(
                "'delimiter' takes one character of ASCII that is no quote or line break", parameter: "delimiter")
        }
        return bytes[0]
    }

    // MARK: JSON

    private static func readJSON(_ session: Session) -> Signature {
        .host(
            "read_json", group: group, "The value in a JSON file.",
            text:
                "Objects become records, arrays lists, null none; `table(read_json(path))` makes a table of a\n"
                + "list of objects. NaN and Infinity, as Python writes them, are read. A name that stands twice\n"
                + "in an object is an error. Relative paths are sought as read_csv does.",
            [path],
            example: """
                write_json([{net: "a", top1: 0.7}, {net: "b", top1: none}], "nets.json")
                table(read_json("nets.json"))
                """
        ) { call in try session.read(try call.string("path"), for: call, JSONReader.value) }
    }

    private static func writeJSON(_ session: Session) -> Signature {
        .host(
            "write_json", group: group, "Writes a value as a JSON file.",
            text:
                "Records become objects, none null, a table a list of its rows. Numbers read back as the same\n"
                + "numbers; nan and inf are an error, as JSON has neither.\n" + whereTo,
            [
                Parameter("value", .any, "numbers, strings, true, false, none, lists, records and tables"), path,
                Parameter("indent", .integer(0...16), default: 2, "spaces a level; 0 for one line"),
            ],
            example: """
                write_json({nets: ["a", "b"], top1: [0.7, 0.75]}, "nets.json")
                read_json("nets.json").top1
                """
        ) { call in
            let bytes = try JSONWriter.bytes(
                of: try call.value("value"), indent: try call.integer("indent"), check: call.checkInterruption)
            try session.write(bytes, to: try call.string("path"))
            return .nothing
        }
    }

    // MARK: Text

    private static func readText(_ session: Session) -> Signature {
        .host(
            "read_text", group: group, "A file's text.",
            text: "The file must be UTF-8. Relative paths are sought as read_csv does.",
            [path],
            returns: .string, example: "write_text(\"hello\", \"a.txt\"); read_text(\"a.txt\") == \"hello\""
        ) { call in
            .string(
                try session.read(try call.string("path"), for: call) { bytes in
                    guard let text = String(validating: bytes, as: UTF8.self) else { throw notUTF8(bytes) }
                    return text
                })
        }
    }

    private static func notUTF8(_ bytes: [UInt8]) -> MalformedFile {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
        return MalformedFile(line: line + 1, "this is not UTF-8 text", help: "save the file as UTF-8")
    }

    private static func writeText(_ session: Session) -> Signature {
        .host(
            "write_text", group: group, "Writes text to a file.", text: whereTo,
            [Parameter("text", .string, "what to write"), path], example: "write_text(\"hello\", \"a.txt\")"
        ) { call in
            try session.write(Array(try call.string("text").utf8), to: try call.string("path"))
            return .nothing
        }
    }
}
