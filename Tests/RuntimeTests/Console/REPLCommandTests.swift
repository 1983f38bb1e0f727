import Foundation
import Lang
import Testing

@testable import Runtime

/// The `:` commands, each through the table that declares them.
@Suite(.serialized) struct REPLCommandTests {
    @Test func everyCommandIsListedByHelp() throws {
        let shown = try ScriptedSession().type(":help")
        for command in REPLCommand.all { #expect(shown.contains(command.heading)) }
    }

    @Test func anUnknownCommandNamesTheNearest() throws {
        let session = try ScriptedSession()
        #expect(session.type(":hlep").contains("did you mean ':help'?"))
        #expect(session.type(":xyzzy").contains(":help lists the commands"))
        #expect(session.type(":load").contains("':load' takes FILE"))
        #expect(session.type(":vars x").contains("takes nothing"))
    }

    @Test(arguments: [
        ("3", "number"), ("\"abc\"", "string of 3 characters"), ("[1, 2]", "list of 2 numbers"), ("[]", "list of 0"),
        ("[\"a\"]", "list of 1 string"), ("[1, \"a\"]", "list of 2 values"), ("sqrt", "fn sqrt(x)"),
        ("{a: 1, b: \"x\"}", "record with 2 fields: a (number), b (string)"), ("(x, y = 2) => x", "fn (x, y = 2)"),
        ("table(a: [1, 2], b: [\"x\", \"y\"])", "table of 2 rows: a (number), b (string)"), ("none", "none"),
    ]) func typeSaysTypeAndShape(text: String, type: String) throws {
        #expect(try ScriptedSession().type(":type " + text).contains(type))
    }

    @Test func typeKeepsAndShowsNothing() throws {
        let session = try ScriptedSession()
        let shown = session.type("5", ":type { print(\"loud\"); 1 }", ":type (() => { print(\"loud\"); 1 })()", "_")
        #expect(!shown.contains("loud\n") && shown.hasSuffix("number\n5\n\n"))
        #expect(session.type(":type let y = 1", "y").contains("takes one expression"))
        #expect(session.type(":type nope").contains("unknown name 'nope'"))
        #expect(session.type("random(1)[0] == (() => { seed(0); random(1)[0] })()") == "true\n\n")
        #expect(
            session.type("seed(0)", ":type random(3)", "random(1)[0] == (() => { seed(0); random(1)[0] })()")
                == "list of 3 numbers\ntrue\n\n")
    }

    @Test func timeRunsTheEntryAndSaysHowLong() throws {
        let session = try ScriptedSession()
        let short = session.type(":time 1 + 1", "_")
        #expect(short.hasPrefix("2\n") && short.contains("the median of") && short.hasSuffix("\n2\n\n"))
        #expect(session.type(":time let z = 3", "z").hasSuffix("s\n3\n\n"))
        #expect(session.type(":time nope").contains("unknown name"))
        let printed = session.type(":time print(\"once\")")
        #expect(printed.components(separatedBy: "once").count == 2)
    }

    @Test func durationsHaveThreeDigits() {
        #expect(REPL.duration(.microseconds(1234)) == "1.23 ms")
        #expect(REPL.duration(.nanoseconds(45_600)) == "45.6 µs")
        #expect(REPL.duration(.milliseconds(123_456)) == "123 s")
        #expect(REPL.duration(.nanoseconds(0)) == "0 ns")
    }

    @Test func varsAreAligned() throws {
        let session = try ScriptedSession(width: 40)
        #expect(session.type(":vars") == "no names yet\n\n")
        let shown = session.type(
            "let x = 1", "let longer = [1, 2]", "let t = table(a: [1, 2])",
            "let s = \"\(String(repeating: "y", count: 99))\"",
            "5", ":vars")
        let lines = shown.split(separator: "\n").dropFirst()
        #expect(lines.contains("longer  list    [1, 2]") && lines.contains("x       number  1"))
        #expect(lines.contains("t       table   2 rows × 1 column"))
        #expect(lines.allSatisfy { $0.count <= 40 })
    }

    @Test func docListsOrExplains() throws {
        let session = try ScriptedSession()
        #expect(session.type(":doc").contains("sqrt") && session.type(":doc sqrt").contains("The square root"))
        #expect(session.type(":doc nope_at_all").contains("nothing is called"))
    }

    @Test func loadRunsAScriptHere() throws {
        let session = try ScriptedSession()
        try "let a = 4\na * 2\n".write(toFile: session.path("s.tx"), atomically: true, encoding: .utf8)
        #expect(session.type(":load \(session.path("s.tx"))", "a + 1", "out[1]") == "8\n5\n8\n\n")
        #expect(session.type(":load \(session.path("nope.tx"))").contains("cannot read"))
        try "let b = 1\nb + nope\n".write(toFile: session.path("bad.tx"), atomically: true, encoding: .utf8)
        #expect(session.type(":load \(session.path("bad.tx"))").contains("bad.tx:2:5"))
    }

    @Test func resetForgetsEverything() throws {
        let session = try ScriptedSession()
        let shown = session.type("let a = 1", "a", ":reset", "a", "out")
        #expect(shown.contains("unknown name 'a'") && shown.contains("out is empty"))
        #expect(session.prompts == ["tx[1]> ", "tx[2]> ", "tx[3]> ", "tx[1]> ", "tx[1]> ", "tx[2]> "])
    }

    @Test(arguments: [":quit", ":q"]) func quitLeaves(command: String) throws {
        #expect(try ScriptedSession().type("1", command, "2") == "1\n")
    }

    @Test func aReportNeedsAKnownFormat() throws {
        let session = try ScriptedSession()
        #expect(session.type("1", ":report a.docx").contains("end its name in .html"))
        #expect(try ScriptedSession().type(":report a.html").contains("there is nothing to report"))
    }
}
