import Foundation
import Testing

@testable import Runtime

/// Reports of sessions: what was shown, below what showed it.
@Suite(.serialized) struct TranscriptReportTests {
    @Test func whatAnEntryShowedStandsBelowIt() throws {
        let session = try ScriptedSession(seed: 4)
        let file = session.path("a.md")
        let shown = session.type(
            "## # Odds", "let p = [0.25, 0.5]", "p", "|> map(x => 2 * x)", "nope", "print(sum(_))", ":report \(file)")
        #expect(shown.hasSuffix("wrote \(file)\n\n"))
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let cells = [
            "# Odds", "```tx\nseed(4)\n", "let p = [0.25, 0.5]\np\n```\n\n```text\n[0.25, 0.5]\n```",
            "```tx\nlet out_3 = out_2 |> map(x => 2 * x)\nout_3\n```\n\n```text\n[0.5, 1]\n```",
            "```tx\nprint(sum(out_3))\n```\n\n```text\n1.5\n```",
        ]
        for cell in cells where cell != cells[2] { #expect(text.contains(cell), "\(text)") }
        #expect(!text.contains("nope") && !text.contains(session.folder.lastPathComponent))
    }

    @Test func nothingRunsAgain() throws {
        let session = try ScriptedSession()
        let file = session.path("a.md")
        session.type("let t = time(() => sum(1..1000))", "let s = \"{t.seconds:.12f}\"", "s", ":report \(file)")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let value = try #require(session.repl.interpreter.value(of: "s")?.asString)
        #expect(text.contains(value))
    }

    @Test func tablesAndChartsAreWhatTheyAreInReports() throws {
        let session = try ScriptedSession()
        let file = session.path("a.md")
        session.type(
            "let t = table(a: [1, 2])", "t", "chart(t) |> points(x: \"a\", y: \"a\")", "chart(t); 5", ":report \(file)")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains("| a |\n| ---: |\n| 1 |") && text.contains("(<a_files/figure-1.png>)"))
        let picture = try Data(contentsOf: session.folder.appendingPathComponent("a_files/figure-1.png"))
        let record = try ProvenanceRecord.record(of: [UInt8](picture), as: .png, name: "figure-1.png")
        #expect(record["script"] == nil && record["version"] == Version.text)
    }

    @Test func anExistingFileStaysUnlessInsisted() throws {
        let session = try ScriptedSession()
        let file = session.path("a.html")
        try Data("old".utf8).write(to: URL(fileURLWithPath: file))
        #expect(session.type("1", ":report \(file)").contains("':report! \(file)' replaces it"))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "old")
        session.type("let a = 3\n[1][8]", "a", ":report! \(file)")
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("<html"))
        #expect(session.type(":report /nowhere/at/all.html").contains("/nowhere/at/all.html"))
    }
}
