// What holds for every native by the mere fact of being declared, and how natives of the host fit in.

import Testing

@testable import Lang

/// A foreign collection, as a host adds one.
private final class Shelf: Foreign {
    let items: [String]

    init(_ items: [String]) { self.items = items }

    var typeName: String { "shelf" }
    var fieldNames: [String] { ["size"] }
    func field(_ name: String) -> Value? { name == "size" ? .number(Double(items.count)) : nil }
    func display(width: Int) -> String { "shelf of \(items.count), \(width) wide" }
    func isEqual(to other: any Foreign) -> Bool { (other as? Shelf)?.items == items }
    var count: Int? { items.count }
    func element(at index: Int) -> Value { .string(items[index]) }
    func slice(_ range: Range<Int>) -> Value { .foreign(Shelf(Array(items[range]))) }
}

struct SignatureTests {
    private static var natives: [Signature] {
        [
            Signature(
                "shelf", group: "test", summary: "A shelf.", parameters: [.rest("items", .string, "what lies on it")]
            ) { call in .foreign(Shelf(try call.strings("items"))) },
            Signature(
                "len", group: "test", summary: "Items on a shelf.",
                parameters: [Parameter("x", .foreign(typeName: "shelf"), "a shelf")]
            ) { call in .number(Double(try call.foreign("x", as: Shelf.self).items.count * 100)) },
            Signature(
                "settings", group: "test", summary: "All named arguments.",
                parameters: [
                    Parameter("lr", .number(0...1), default: 0.1, "rate"), .namedRest("more", .any, "anything"),
                ]
            ) { call in
                .record([
                    "lr": .number(try call.number("lr")), "given": .bool(try call.has("lr")),
                    "more": .record(try call.record("more")),
                ])
            },
            Signature(
                "wait", group: "test", summary: "Takes minutes or hours.",
                parameters: ["minutes", "hours"].map { Parameter($0, .optional(.number()), default: .nothing, "time") },
                exactlyOne: ["minutes", "hours"]
            ) { _ in .nothing },
            Signature(
                "stop", group: "test", summary: "Is interrupted.", parameters: []
            ) { _ in throw Interruption() },
            Signature(
                "refuse", group: "test", summary: "Fails.",
                parameters: [Parameter("a", .any, "first"), Parameter("b", .any, default: .nothing, "second")]
            ) { _ in throw NativeError("no luck with 'b'", help: "try again", parameter: "b") },
        ]
    }

    private func run(_ text: String) throws -> String {
        let written = Written()
        let interpreter = Interpreter(natives: Self.natives) { written.text += $0 }
        try interpreter.run(SourceFile(name: "test", text: text))
        return written.text
    }

    private func failure(_ text: String) -> Failure? {
        do {
            _ = try run(text)
            return nil
        } catch { return error as? Failure }
    }

    @Test(arguments: Interpreter { _ in }.signatures.map(\.name))
    func isDocumentedAndItsExampleRuns(_ name: String) throws {
        for signature in Interpreter(output: { _ in }).signatures where signature.name == name {
            #expect(signature.summary.hasSuffix("."), "a summary is a sentence")
            #expect(!signature.link.isEmpty && !signature.group.isEmpty)
            #expect(signature.parameters.allSatisfy { !$0.help.isEmpty })
            #expect(signature.example.contains(signature.name))
            try Interpreter { _ in }.run(SourceFile(name: "example", text: signature.example))
            #expect(SignatureHelp.text(of: signature, width: .max).contains(signature.summary))
        }
    }

    /// Of every native whose example is nothing but a call of it, alone or at the end of a pipe.
    @Test func resultsAreOfTheDeclaredKind() throws {
        var checked = 0
        for signature in CoreLibrary.signatures {
            guard let declared = signature.returns, signature.example.hasPrefix(signature.name + "("),
                signature.example.hasSuffix(")"), !signature.example.contains("==")
            else { continue }
            let result = try Interpreter { _ in }.run(SourceFile(name: "example", text: signature.example))
            #expect(declared.accepts(result ?? .nothing), "\(signature.example)")
            checked += 1
        }
        #expect(checked > 40, "\(checked)")
    }

    @Test func namesAreDeclaredOnce() {
        let names = CoreLibrary.signatures.map(\.name)
        #expect(Set(names).count == names.count)
    }

    /// A call that none of the signatures of a name takes.
    static func ambiguousCall() -> [Diagnostic] {
        SignatureTests().failure("var n = 3\nlen(n)")?.diagnostics ?? []
    }

    /// Calls that give none or several of parameters that exclude each other.
    static func excludingCalls() -> [Diagnostic] {
        ["wait()", "wait(minutes: 1, hours: 2)"].flatMap { SignatureTests().failure($0)?.diagnostics ?? [] }
    }

    @Test func ofExcludingParametersExactlyOneIsGiven() throws {
        let none = "'wait' needs 'minutes' or 'hours'"
        let both = "'wait' takes only one of 'minutes' and 'hours'"
        for (script, message) in [
            ("wait()", none), ("wait(minutes: none)", none), ("wait(1, 2)", both),
            ("let x = 1\nwait(x, hours: 2)", both),
        ] {
            #expect(failure(script)?.diagnostics.map(\.message) == [message], "\(script)")
        }
        // What may be none is left to the function itself.
        for sound in [
            "wait(1)", "wait(minutes: 1, hours: none)", "fn f(x, y) = wait(x, y)\nf(1, none)", "wait(...[1])",
        ] {
            #expect(failure(sound) == nil, "\(sound)")
        }
    }

    @Test func dispatchesOnTheFirstArgument() throws {
        #expect(try run("len(shelf(\"a\", \"b\")); print(len(shelf(\"a\")), len([1, 2, 3]))") == "100 3\n")
        #expect(
            Self.ambiguousCall().first?.message == "'len' takes a list or a string or a record, or a shelf, got 3")
        #expect(failure("len(3)")?.kind == .static)
    }

    @Test func foreignValuesAreCollections() throws {
        #expect(
            try run(
                """
                let s = shelf("a", "b")
                s
                s.size
                s[-1]
                s[1:].size
                for x, i in s { print(x, i) }
                s == shelf("a", "b")
                """
            )
                == "shelf of 2, 80 wide\n2\n\"b\"\n1\na 0\nb 1\ntrue\n")
        #expect(failure("shelf().colour")?.diagnostics.first?.help == ["its fields are size"])
    }

    @Test func namedRestCollectsNamedArguments() throws {
        #expect(try run("settings(a: 1, lr: 0.5, b: 2)") == "{lr: 0.5, given: true, more: {a: 1, b: 2}}\n")
        #expect(try run("settings()") == "{lr: 0.1, given: false, more: {}}\n")
        #expect(
            failure("settings(lr: 2)")?.diagnostics.first?.message
                == "'lr' of 'settings' takes a number from 0 to 1, got 2")
    }

    @Test func formulaTermsAreFunctionsOfTheirColumns() throws {
        let evaluate = Signature(
            "evaluate", group: "test", summary: "Terms over columns.",
            parameters: [Parameter("formula", .formula, "a formula"), Parameter("data", .record, "columns")]
        ) { call in
            let (formula, data) = (try call.formula("formula"), try call.record("data"))
            return .list(
                try (formula.left + formula.right).map { term in
                    try call.invoke(term.function, term.columns.map { data[$0] ?? .nothing })
                })
        }
        let written = Written()
        let text = """
            fn scaled(k) { fn times(x) = x * k; y ~ times(a) + sqrt(b) * b + 1 }
            evaluate(scaled(10), {y: [1, 2], a: [3, 4], b: [4, 9]})
            """
        try Interpreter(natives: [evaluate]) { written.text += $0 }.run(SourceFile(name: "test", text: text))
        #expect(written.text == "[[1, 2], [30, 40], [8, 27], 1]\n")
    }

    /// On the left side, and with other numbers, a minus subtracts.
    @Test func minusOneIsATermOfItsOwn() throws {
        var terms: [[String]] = []
        let inspect = Signature(
            "inspect", group: "test", summary: "Terms.", parameters: [Parameter("formula", .formula, "a formula")]
        ) { call in
            let formula = try call.formula("formula")
            terms.append(
                (formula.left + formula.right).map { "\($0.text) \($0.constant.map { "\($0)" } ?? "-")" })
            return .nothing
        }
        let text = "inspect(y - 1 ~ x - 1 + z)\ninspect(y ~ x - 2 + 0)"
        try Interpreter(natives: [inspect]) { _ in }.run(SourceFile(name: "test", text: text))
        #expect(terms == [["y - 1 -", "x -", "1 -1.0", "z -"], ["y -", "x - 2 -", "0 0.0"]])
    }

    @Test func interruptionCannotBeCaught() {
        #expect(failure("try { stop() } catch e { }")?.kind == .interrupted)
        #expect(failure("try { map([1], x => stop()) } catch e { }")?.kind == .interrupted)
    }

    @Test func nativeErrorPointsAtTheArgumentOfItsParameter() {
        let text = "let x = 1\nrefuse(x, b: 2)"
        let diagnostic = failure(text)?.diagnostics.first
        #expect(diagnostic?.source?.text(diagnostic?.range ?? .beginning) == "b: 2")
        #expect(diagnostic?.help == ["try again"])
        let positional = failure("refuse(1, 22)")?.diagnostics.first
        #expect(positional?.source?.text(positional?.range ?? .beginning) == "22")
    }
}
