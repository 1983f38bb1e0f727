// The façade: what stays between runs, what is found before anything runs, what is displayed.

import Testing

@testable import Lang

struct InterpreterTests {
    private let written = Written()
    private let interpreter: Interpreter

    init() {
        let written = written
        interpreter = Interpreter { written.text += $0 }
    }

    private func run(_ text: String, redefine: Bool = false) throws -> Value? {
        try interpreter.run(SourceFile(name: "input", text: text), redefine: redefine)
    }

    @Test func globalsStayBetweenRuns() throws {
        _ = try run("let a = 2\nfn f(x) = a * x")
        #expect(try run("f(21)")?.asNumber == 42)
        #expect(interpreter.globalNames.contains("f") && interpreter.globalNames.contains("mean"))
    }

    @Test func newerLetWinsOnlyWhenRedefining() throws {
        _ = try run("let a = 1\nfn f() = a")
        #expect(throws: Failure.self) { try run("let a = 2") }
        _ = try run("let a = a + 10", redefine: true)
        #expect(try run("f()")?.asNumber == 11)
    }

    @Test func nameWhoseDefinitionFailedIsUnknown() throws {
        #expect(throws: Failure.self) { try run("let a = error(\"no\")") }
        do {
            _ = try run("a")
            Issue.record("the name has no value")
        } catch let failure as Failure {
            #expect(failure.kind == .static && failure.diagnostics.first?.id == "unknownName")
        }
        _ = try run("let a = 5")
        #expect(try run("a")?.asNumber == 5)
    }

    @Test func checkRunsAndDeclaresNothing() throws {
        let source = SourceFile(name: "input", text: "let z = 1\nprint(z)\nprint(undefined_name)")
        #expect(interpreter.check(source).map(\.id) == ["unknownName"])
        #expect(written.text.isEmpty && interpreter.value(of: "z") == nil)
        #expect(interpreter.check(SourceFile(name: "input", text: "let z = 1\nz")).isEmpty)
        #expect(interpreter.value(of: "z") == nil)
    }

    @Test func staticErrorsStopEverything() {
        #expect(throws: Failure.self) { try run("print(1)\nlet x = = 2\ny") }
        #expect(written.text.isEmpty)
    }

    @Test func allProblemsAreReportedAtOnce() {
        let source = SourceFile(name: "input", text: "let = 1\nfoo(\nlet a = 1 +\nlet b = unknown_thing\nlen(1, 2)")
        let ids = interpreter.check(source).map(\.id)
        #expect(ids.filter { $0 == "unknownName" }.count == 2)
        #expect(ids.contains("expectedToken") && ids.contains("unclosedBracket") && ids.contains("expectedExpression"))
        #expect(ids.contains("tooManyArguments"))
    }

    @Test func displayGoesWhereItIsAsked() throws {
        var shown: [Value] = []
        let source = SourceFile(name: "input", text: "1\n2;\nnone\n\"x\"")
        try interpreter.run(source, onDisplay: { shown.append($0) })
        #expect(shown.count == 2 && shown.last?.asString == "x" && written.text.isEmpty)
        _ = try run("1..40")
        #expect(written.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func definedValuesAreNames() throws {
        interpreter.define("_", 7)
        #expect(try run("_ + 1")?.asNumber == 8)
    }

    @Test func loopsAndCallsCanBeInterrupted() {
        var looks = 0
        let limits = Limits(isInterrupted: {
            looks += 1
            return looks > 3
        })
        let interpreter = Interpreter(limits: limits) { _ in }
        let endless = [
            "while true { }", "var i = 0\nwhile true { i += 1 }", "fn f() { while true { g() } }\nfn g() = 1\nf()",
            "for i in 0..1e12 { }", "map(range(1e7), x => x)",
        ]
        for text in endless {
            looks = 0
            do {
                try interpreter.run(SourceFile(name: "endless", text: text), redefine: true)
                Issue.record("\(text) ended")
            } catch {
                #expect((error as? Failure)?.kind == .interrupted)
            }
        }
    }

    @Test func runtimeErrorCarriesTheCallStack() {
        do {
            _ = try run("fn inner(x) = x.missing\nfn outer(x) { inner(x) }\nouter({a: 1})")
            Issue.record("the field is missing")
        } catch {
            let notes = (error as? Failure)?.diagnostics.first?.notes ?? []
            #expect(notes.map(\.message) == ["in 'inner', called", "in 'outer', called"])
            #expect(notes.map { $0.source?.line(at: $0.range.start) } == [2, 3])
        }
    }

    @Test func machineIsUsableAfterAnError() throws {
        _ = try? run("fn f(n) = if n == 0 { error(\"end\") } else { f(n - 1) }\nf(100)")
        #expect(try run("1 + 1")?.asNumber == 2)
    }
}
