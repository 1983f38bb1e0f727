// What can be written at a place of a text that is not finished. `|` marks the cursor.

import Testing

@testable import Lang

struct CursorContextTests {
    private func context(_ marked: String) -> CursorContext {
        let parts = marked.split(separator: "¦", maxSplits: 1, omittingEmptySubsequences: false)
        return CursorContext(parts.joined(), cursor: parts[0].utf8.count)
    }

    @Test(arguments: [
        "¦", "me¦", "f(¦", "f(a, me¦", "[1, me¦", "1 + me¦", "let x = me¦", "x\nme¦", "f(a) |> me¦", "\"{me¦", "if ¦",
        "x => me¦", "{\n me¦", "for x in ¦", "for¦", "f(a: ¦",
    ]) func aNameCanStand(marked: String) { #expect(context(marked).kind == .name) }

    @Test(arguments: [
        "let x¦", "let ¦", "var ab¦", "fn f¦", "12¦", "# a comm¦", "x # com¦", "x ¦", "f(x) ¦", "f(1).x¦",
        "import \"a\" as x¦",
    ]) func nothingCanBeSaid(marked: String) { #expect(context(marked).kind == .nothing) }

    @Test(arguments: ["\"a¦", "f(\"¦", "f(x: [\"a\", \"b¦", "\"{x} and ¦", "\"\"\"a\nb¦", "r\"a\\¦"])
    func aStringIsOpen(marked: String) { #expect(context(marked).kind == .string) }

    @Test(arguments: ["\"abc\n¦", "\"a\" + ¦", "f(\"a\", ¦", "\"{x}\" ++ ¦"])
    func aStringIsNotOpen(marked: String) { #expect(context(marked).kind == .name) }

    @Test func fieldsNameWhatStandsBeforeThem() {
        #expect(context("t.¦").kind == .field(of: ["t"]))
        #expect(context("f(a.b.c¦)").kind == .field(of: ["a", "b"]))
        #expect(context("x + r.in.fi¦").kind == .field(of: ["r", "in"]))
    }

    @Test func theRangeIsWhatIsWritten() {
        #expect(context("f(me¦an").range == 2..<4)
        #expect(context("t.sco¦").range == 2..<5)
        #expect(context("f(\"dä¦").range == 3..<6)
        #expect(context("f(¦").range == 2..<2)
    }

    @Test func aCallKnowsWhatIsGiven() throws {
        let call = try #require(context("logreg(x, l2: 3, ¦, folds: 5)").calls.first)
        #expect(call.function == ["logreg"] && call.given == ["l2", "folds"] && call.position == 1)
        #expect(context("logreg(x, l2: ¦").calls.first?.argument == "l2")
        #expect(context("a |> f(b, ¦").calls.first?.position == 2)
        #expect(context("m.f(¦").calls.first?.function == ["m", "f"])
        #expect(context("f(a, g(b, [{c: ¦").calls.map(\.function) == [["g"], ["f"]])
        #expect(context("f(a)(¦").calls.first?.function == [])
    }

    @Test func anArgumentsNameBeginsOnlyAfterABracketOrComma() {
        #expect(context("f(¦").startsArgument && context("f(a, b¦").startsArgument)
        #expect(!context("f(a: b¦").startsArgument && !context("f(a + b¦").startsArgument)
        #expect(!context("[a, b¦").startsArgument && !context("(b¦").startsArgument)
        #expect(!context("fn f(b¦").startsArgument)
    }

    @Test func aCallIsAboutTheNamesGivenToIt() {
        #expect(context("select(t, \"¦").calls.first?.subjects == [["t"]])
        #expect(context("t |> filter(r => r.x > 1) |> select(\"¦").calls.first?.subjects == [["t"]])
        #expect(context("let u = a.t |> select(\"¦").calls.first?.subjects == [["a", "t"]])
        #expect(context("chart(t) |> points(x: \"¦").calls.first?.subjects == [["t"]])
        #expect(context("|> select(\"¦").calls.first?.subjects == [["_"]])
        #expect(context("t\n  |> sort(by: [\"¦").calls.first?.subjects == [["t"]])
        #expect(context("x\nt |> sort(by: [\"¦").calls.first?.subjects == [["t"]])
        #expect(context("lm(a ~ b, data: t, by: \"¦").calls.first?.subjects == [["t"]])
        #expect(context("read_csv(\"a\") |> select(\"¦").calls.first?.subjects == [])
    }

    @Test func namesOfTheTextAreKnown() {
        #expect(context("let abc = 1\nfn f(x, y = 2) { for i, j in a { ¦").locals == ["abc", "f", "x", "y", "i", "j"])
        #expect(context("let [a, b] = f()\nlet {c} = r\n¦").locals == ["a", "b", "c"])
        let lambda = context("map(t, (row, n) => row.¦")
        #expect(lambda.rows == ["row", "n"] && lambda.kind == .field(of: ["row"]))
    }

    @Test func noPlaceOfAScriptIsTooMuch() {
        let script =
            "fn f(a, b = [1]) {\n a |> map(x => {x: \"{x:.2} \\\"\"}) # c\n}\n\"\"\"a {b(\"}\n))]}{[ |> .. r\" \u{1F600}."
        for cursor in 0...script.utf8.count { _ = CursorContext(script, cursor: cursor).calls }
        _ = CursorContext(script, cursor: -5)
        _ = CursorContext(script, cursor: 10_000)
    }
}
