import Compute
import Foundation
import Lang

/// The session for scripts: seed, arguments, random numbers, files.
enum SessionNatives {
    static func signatures(_ session: Session) -> [Signature] { run(session) + random(session) + files(session) }

    private static func run(_ session: Session) -> [Signature] {
        [
            .host(
                "seed", group: "Core", "Sets the seed that everything random derives from.",
                [Parameter("n", .integer(0...Int.max))], example: "seed(7)"
            ) { call in
                session.setSeed(UInt64(try call.integer("n")))
                return .nothing
            },
            .host("args", group: "Core", "The words after the script's name.", [], example: "args()") { _ in
                .strings(session.options.arguments)
            },
            .host(
                "time", group: "Core", "Calls a function and returns {value, seconds}.",
                [Parameter("function", .function)],
                example: "time(() => 1 + 1).value == 2"
            ) { call in
                let start = ContinuousClock.now
                let value = try call.invoke(try call.value("function"), [])
                return .record(["value": value, "seconds": .number((ContinuousClock.now - start) / .seconds(1))])
            },
        ]
    }

    private static func random(_ session: Session) -> [Signature] {
        let count = Parameter("count", .integer(0...100_000_000))
        return [
            .host(
                "random", group: "Numbers", "Numbers drawn evenly from 0 to 1.", [count], example: "len(random(3)) == 3"
            ) {
                call in
                var generator = session.generator("random")
                return .numbers((0..<(try call.integer("count"))).map { _ in generator.uniform() })
            },
            .host(
                "normal", group: "Numbers", "Numbers drawn from a normal distribution.",
                [
                    count, Parameter("mean", .number(), default: .number(0)),
                    Parameter("sd", .number(0...1e300), default: .number(1)),
                ],
                example: "len(normal(3)) == 3"
            ) { call in
                let (mean, deviation) = (try call.number("mean"), try call.number("sd"))
                var generator = session.generator("normal")
                return .numbers((0..<(try call.integer("count"))).map { _ in mean + deviation * generator.normal() })
            },
            .host(
                "shuffle", group: "Numbers", "The elements of a list in random order.", [Parameter("list", .list())],
                example: "sort(shuffle([1, 2, 3])) == [1, 2, 3]"
            ) { call in
                let values = try call.values("list")
                var generator = session.generator("shuffle")
                return .list(generator.permutation(values.count).map { values[$0] })
            },
            .host(
                "sample", group: "Numbers", "Some elements of a list, drawn without replacement.",
                [Parameter("list", .list()), Parameter("count", .integer(0...Int.max))],
                example: "len(sample(1..10, 3)) == 3"
            ) { call in
                let (values, count) = (try call.values("list"), try call.integer("count"))
                guard count <= values.count else {
                    throw NativeError("cannot draw \(count) of \(values.count) elements", parameter: "count")
                }
                var generator = session.generator("sample")
                return .list(generator.permutation(values.count).prefix(count).map { values[$0] })
            },
        ]
    }

    private static func files(_ session: Session) -> [Signature] {
        let path = Parameter("path", .string)
        return [
            .host(
                "read_csv", group: "Files", "A table from a CSV file (RFC 4180).",
                [path, Parameter("separator", .string, default: .string(","))],
                example: "write_csv(table(a: [1]), \"a.csv\"); read_csv(\"a.csv\")"
            ) { call in
                guard let separator = try call.string("separator").utf8.first,
                    try call.string("separator").utf8.count == 1
                else { throw NativeError("'separator' takes one character", parameter: "separator") }
                return .table(try CSVReader(try session.read(try call.string("path")), separator: separator).table())
            },
            .host(
                "write_csv", group: "Files", "Writes a table as a CSV file.",
                [Parameter("table", .foreign(typeName: "table")), path],
                example: "write_csv(table(a: [1]), \"a.csv\")"
            ) { call in
                try session.write(CSVWriter().text(of: try call.table()), to: try call.string("path"))
                return .nothing
            },
            .host(
                "read_text", group: "Files", "A file's text.", [path],
                example: "write_text(\"hello\", \"a.txt\"); read_text(\"a.txt\") == \"hello\""
            ) { .string(String(decoding: try session.read(try $0.string("path")), as: UTF8.self)) },
            .host(
                "write_text", group: "Files", "Writes text to a file.", [Parameter("text", .string), path],
                example: "write_text(\"hello\", \"a.txt\")"
            ) { call in
                try session.write(try call.string("text"), to: try call.string("path"))
                return .nothing
            },
        ]
    }
}

extension Session {
    /// Each call draws from a stream of its own, numbered in order.
    func generator(_ purpose: String) -> Philox {
        drawings += 1
        return Philox(seed: seed, purpose: purpose, index: drawings)
    }

    /// Sets the seed; the streams begin anew.
    func setSeed(_ seed: UInt64) {
        self.seed = seed
        drawings = 0
    }

    /// A file's bytes; relative paths are sought beside the script.
    func read(_ path: String) throws -> [UInt8] {
        let file = URL(fileURLWithPath: scriptFolder).file(path)
        do {
            return [UInt8](try Data(contentsOf: file))
        } catch {
            let written = writable.output.file(path)
            if let bytes = try? Data(contentsOf: written) { return [UInt8](bytes) }
            throw ComputeError(
                .inputOutput, "the file cannot be read: \(error.localizedDescription)", subject: path,
                remedy: "relative paths are taken from the script's folder, then from the output folder")
        }
    }

    func write(_ text: String, to path: String) throws {
        try AtomicFile.write(Data(text.utf8), to: try writable.file(path).path)
    }
}
