// What `check` says without running: scripts of mistakes with their goldens, and that sound scripts are left alone.

import Foundation
import TestSupport
import Testing

@testable import Lang

extension ScriptFile {
    static func all(in folder: String) -> [ScriptFile] {
        let url = root.appendingPathComponent(folder)
        let files = (try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "tx" }.sorted { $0.path < $1.path }.map { ScriptFile(url: $0) }
    }

    func check(_ program: ScriptCase) -> [Diagnostic] {
        Interpreter { _ in }.check(SourceFile(name: name, path: url.path, bytes: Array(program.text.utf8)))
    }
}

struct CheckTests {
    private func problems(_ file: ScriptFile, in program: ScriptCase) -> [String] {
        let found = file.check(program)
        func lines(_ severity: Diagnostic.Severity) -> [(line: Int, message: String)] {
            found.filter { $0.severity == severity }.map { ($0.source?.line(at: $0.range.start) ?? 0, $0.message) }
        }
        return program.problems(checkedErrors: lines(.error), checkedWarnings: lines(.warning))
    }

    @Test(arguments: ScriptFile.all(in: "check"))
    func reportsWhatTheCommentsExpect(_ file: ScriptFile) throws {
        for program in ScriptCase.cases(of: try String(contentsOf: file.url, encoding: .utf8)) {
            for problem in problems(file, in: program) {
                Issue.record("\(file.name), program at line \(program.firstLine): \(problem)")
            }
        }
    }

    @Test(arguments: ScriptFile.all(in: "check"))
    func rendersItsDiagnosticsAsBefore(_ file: ScriptFile) throws {
        let text = try String(contentsOf: file.url, encoding: .utf8)
        let rendered = ScriptCase.cases(of: text).map { DiagnosticRenderer().render(file.check($0)) }
        let golden = file.url.deletingPathExtension().appendingPathExtension("err")
        if let problem = Snapshot.problem(rendered.joined(separator: "---\n"), golden: golden) {
            Issue.record("\(file.name): \(problem)")
        }
    }

    @Test(arguments: ScriptFile.all(in: "language") + ScriptFile.all(in: "library"))
    func soundScriptsAreLeftAlone(_ file: ScriptFile) throws {
        for program in ScriptCase.cases(of: try String(contentsOf: file.url, encoding: .utf8)) {
            for problem in problems(file, in: program) { Issue.record("\(file.name): \(problem)") }
        }
    }

    // MARK: Runs

    private func failure(_ text: String, of interpreter: Interpreter) -> Failure? {
        do {
            try interpreter.run(SourceFile(name: "test", text: text), redefine: false)
            return nil
        } catch { return error as? Failure }
    }

    /// Both before and in the run.
    private func messages(_ sign: String, _ left: String, _ right: String) -> (check: [String], run: [String]) {
        func texts(_ diagnostics: [Diagnostic]) -> [String] { diagnostics.flatMap { [$0.message] + $0.help } }
        let text = "(\(left)) \(sign) (\(right))"
        let run = failure("var a = \(left)\nvar b = \(right)\na \(sign) b", of: Interpreter { _ in })
        return (
            texts(Interpreter { _ in }.check(SourceFile(name: "test", text: text))), texts(run?.diagnostics ?? [])
        )
    }

    private static let signs = ["+", "-", "*", "/", "//", "%", "^", "++", "<", "<=", ">", ">=", "in", "not in", "=="]

    @Test(arguments: signs) func operatorsOnLiteralsSayWhatTheRunSays(_ sign: String) {
        let values = ["1", "\"a\"", "[1, 2]", "[1, \"a\"]", "[3]", "[]", "none", "true"]
        for left in values {
            for right in values {
                let (check, run) = messages(sign, left, right)
                #expect(check == run, "\(left) \(sign) \(right)")
            }
        }
    }

    @Test(arguments: signs) func operatorsOnKnownKindsSayNothingElseThanTheRun(_ sign: String) {
        for kind in ["{a: 1}", "x => x", "1 < 2", "\"{1}\""] {
            for other in ["1", "\"a\"", "[1]", "none", kind] {
                for (left, right) in [(kind, other), (other, kind)] {
                    let (check, run) = messages(sign, left, right)
                    #expect(check.isEmpty || !run.isEmpty, "\(left) \(sign) \(right)")
                }
            }
        }
    }

    @Test func warningsDoNotStopARun() {
        let interpreter = Interpreter { _ in }
        let text = "let unused = 1\nif true { print(1) }"
        #expect(interpreter.check(SourceFile(name: "test", text: text)).map(\.severity) == [.warning, .warning])
        #expect(failure(text, of: interpreter) == nil)
    }

    @Test func errorsStopARunBeforeItsFirstStatement() {
        let written = Written()
        let failure = failure("print(1)\nfn f(x) = x\nf()", of: Interpreter { written.text += $0 })
        #expect(failure?.kind == .static && written.text.isEmpty)
    }

    @Test func laterRunsKnowTheFunctionsOfEarlierOnes() {
        let interpreter = Interpreter { _ in }
        #expect(failure("fn f(x) = x\nvar g = x => x", of: interpreter) == nil)
        #expect(failure("f()", of: interpreter)?.kind == .static)
        #expect(failure("g = () => 1", of: interpreter) == nil)
        #expect(failure("g()", of: interpreter) == nil)
    }

    @Test func refusedDeclarationsTellNothing() {
        let interpreter = Interpreter { _ in }
        #expect(failure("fn f(x) = x", of: interpreter) == nil)
        #expect(failure("let f = 3", of: interpreter)?.kind == .static)
        #expect(failure("f(1)", of: interpreter) == nil)
    }

    @Test func nothingIsKnownOfGlobalsThatMayBeBoundAnew() throws {
        let interpreter = Interpreter { _ in }
        func run(_ text: String) throws {
            try interpreter.run(SourceFile(name: "test", text: text), redefine: true)
        }
        try run("fn f(x) = x\nfn g() = f(1, 2)\nlet n = 3")
        try run("fn f(x, y) = x + y\nlet n = x => x")
        try run("g()\nn(1)")
        #expect(throws: Failure.self) { try run("let [a, a] = [1, 2]") }
        try run("let a = 1\nlet a = 2")
    }

    @Test func everyFileIsReportedInItsOwnOrder() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("check-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try "let unused = 1\nprint(sqrt())\nlet a = = 3".write(
            to: folder.appendingPathComponent("b.tx"), atomically: true, encoding: .utf8)
        let text = "import \"b.tx\"\nsqrt()"
        let source = SourceFile(
            name: "a.tx", path: folder.appendingPathComponent("a.tx").path, bytes: Array(text.utf8))
        let places = Interpreter { _ in }.check(source).map { "\($0.id) \($0.source?.line(at: $0.range.start) ?? 0)" }
        #expect(places == ["missingArgument 2", "expectedExpression 3", "missingArgument 2"])
    }

    @Test(.timeLimit(.minutes(1)))
    func nestedCallsTakeNoMoreThanTheirLength() {
        let depth = 200
        let texts = [
            String(repeating: "sqrt(", count: depth) + "1" + String(repeating: ")", count: depth),
            "1" + String(repeating: " |> sqrt", count: depth),
            String(repeating: "len([", count: depth) + String(repeating: "])", count: depth),
            "let s0 = \"ab\"\n" + (1...60).map { "let s\($0) = s\($0 - 1) ++ s\($0 - 1)\n" }.joined() + "type(s60)",
        ]
        for text in texts {
            #expect(Interpreter { _ in }.check(SourceFile(name: "test", text: text)).isEmpty)
        }
    }

    // MARK: Examples

    /// The natives of the host are not here: they are stood in for by ones that take anything.
    @Test func theExampleStudyIsLeftAlone() throws {
        let url = ScriptFile.root.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("examples/study.tx")
        let source = SourceFile(name: "study.tx", bytes: Array(try Data(contentsOf: url)))
        let unknown = Interpreter { _ in }.check(source).filter { $0.id == "unknownName" }
        #expect(!unknown.isEmpty)
        let names = Set(unknown.map { source.text($0.range) })
        let natives = names.map { name in
            Signature(
                name, group: "test", summary: "", parameters: [.rest("values", .any), .namedRest("more", .any)]
            ) { _ in .nothing }
        }
        #expect(Interpreter(natives: natives) { _ in }.check(source).map(\.message) == [])
    }
}
