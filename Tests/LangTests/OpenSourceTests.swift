// When the REPL asks for more lines and when it does not.

import Testing

@testable import Lang

struct OpenSourceTests {
    private func isOpen(_ text: String) -> Bool { SourceFile(name: "", text: text).endsInsideStatement }

    @Test(arguments: [
        "f(", "f(1,", "f(1,\n  b: 2", "[1, 2", "[x for x in", "let r = {", "let r = {a: 1,", "{a", "{\"a\"", "f({",
        "if x > 2 {", "if x > 2 {\n  \"yes\"", "if a { 1 } else {", "if a { 1 } else", "if x", "if",
        "for i in 1..3 {", "for i in 1..3", "for i", "for", "while true {", "while i < 3",
        "fn f(x) {", "fn f(x) {\n  let y = 1", "fn f(x)", "fn f(x) =", "fn f(", "fn f", "fn", "x => {", "map(xs, x =>",
        "let x =", "let", "var y =", "x =", "x +=", "let [a, b] =", "let [a,", "try {", "try { 1 }", "try { 1 } catch",
        "try { 1 } catch e {", "a |>", "a\n|> f\n|>", "1 +", "1 + (2 *", "a and", "not", "-", "a ++", "1..", "y ~",
        "x.",
        "import", "\"\"\"abc", "\"\"\"abc\ndef", "\"\"\"a {b", "\"\"\"a {b}", "x[", "x[1:", "f(a)[", "let x = # later",
        "f(# first", "f(1)\ng(",
    ]) func moreLinesMustFollow(text: String) { #expect(isOpen(text)) }

    @Test(arguments: [
        "", " ", "1", "f(1)", "let x = 3", "a |> f", "if x > 2 { 1 } else { 2 }", "if x {\n  1\n}", "fn f(x) = x",
        "fn f(x) {\n}", "x => x", "try { 1 } catch e { 2 }", "# a comment", "## Prose (with a bracket", "#%%",
        "\"\"\"abc\"\"\"", "\"\"\"\nabc\n\"\"\"", "{a: 1}", "x;", "1; 2", "return", "\"{x}\"", "let a = [1,\n 2]",
    ]) func aWholeStatementIsComplete(text: String) { #expect(!isOpen(text)) }

    @Test(arguments: [
        "let x = = 3 +", "f(1 2", "f(]", ")", "1 +* (", "\"abc", "f(\"abc", "\"{f(", "\"{x", "let 3 = (", "a < b < c +",
        "12abc", "12abc +", "f(x = 1", "let if =", "&& (", "fn f(x) { ) ", "import \"my-file.tx\" +", "r\"abc",
        "\"a\\qb\" +", "if x = 3 {",
    ]) func aMistakeIsShownAtOnce(text: String) { #expect(!isOpen(text)) }

    @Test func nestingBeyondTheLimitIsAMistake() {
        #expect(!isOpen(String(repeating: "(", count: 5000)))
        #expect(isOpen(String(repeating: "(", count: 50)))
    }

    @Test func everyBeginningOfAScriptIsOpenOrNot() {
        // No beginning may trap; a script that is cut inside its brackets is open.
        let script = "fn f(a, b = [1, 2]) {\n  a |> map(x => {x: \"{x:.2}\"})\n}\nlet t = f([1,\n 2])\n"
        let bytes = Array(script.utf8)
        var open = 0
        for end in 0...bytes.count where isOpen(String(decoding: bytes[..<end], as: UTF8.self)) { open += 1 }
        #expect(open > bytes.count / 2)
    }
}
