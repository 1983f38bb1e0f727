// What the REPL learns of an entry's text before it writes the entry into a script.

import Testing

@testable import Lang

struct OutlineTests {
    private func outline(_ text: String) throws -> Outline { try #require(Outline(SourceFile(name: "", text: text))) }

    /// `name`, `name[3]` in the order in which they stand.
    private func uses(_ text: String, of names: Set<String>) throws -> [String] {
        try outline(text).uses.filter { names.contains($0.name) }.map {
            $0.name + ($0.index.map { "[\($0)]" } ?? "")
        }
    }

    @Test func statementsAreToldApart() throws {
        let parts = try outline("let a = 1\nvar b = 2\nfn f(x) = x\na + b;\nb = 3").parts
        #expect(parts.map(\.names) == [["a"], ["b"], ["f"], [], []])
        #expect(parts.map(\.isSilent) == [false, false, false, true, false])
    }

    @Test func patternsBindAllTheirNames() throws {
        #expect(try outline("let [a, b] = f()").parts[0].names == ["a", "b"])
        #expect(try outline("let {a, b} = f()").parts[0].names == ["a", "b"])
    }

    @Test func aFunctionsParametersAndBodyAreFound() throws {
        let text = "fn f(x, y = (1 + 2)) = {a: x}"
        guard case .function(let function) = try outline(text).parts[0].kind else {
            Issue.record("this is a function")
            return
        }
        let source = SourceFile(name: "", text: text)
        #expect(source.text(function.parameters) == "(x, y = (1 + 2))")
        #expect(source.text(function.body) == "{a: x}")
        #expect(!function.isBlock)
    }

    @Test func theLastValueIsFoundWhereverItIsRead() throws {
        #expect(
            try uses("_ |> f(out[3], \"{_}\") |> g(k: out[-1])", of: ["_", "out"]) == ["_", "out[3]", "_", "out[-1]"])
        #expect(try uses("fn f() = _ + 1", of: ["_"]) == ["_"])
        #expect(try uses("[_ + x for x in out[2]]", of: ["_", "out"]) == ["_", "out[2]"])
    }

    @Test(arguments: [
        "map(xs, _ => _ + 1)", "fn f(_) = _", "[1 for _ in 1..3]", "for _ in 1..3 { print(_) }", "r._", "f(_: 1)",
        "fn f() { let _ = 3; _ }", "{_: 1}",
    ]) func anotherNameOfTheSameSpellingIsNotMeant(text: String) throws {
        #expect(try uses(text, of: ["_"]).isEmpty)
    }

    @Test func aTextWithAMistakeHasNoOutline() {
        #expect(Outline(SourceFile(name: "", text: "let x = ")) == nil)
    }
}
