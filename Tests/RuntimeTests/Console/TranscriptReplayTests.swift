import Foundation
import Testing

@testable import Runtime

/// `:save`: the script runs in a fresh process, and what it shows is compared with what the session showed.
@Suite(.serialized) struct TranscriptReplayTests {
    private func entry(_ number: Int, _ shown: String) -> Transcript.Entry {
        Transcript.Entry(number: number, text: "", shown: shown)
    }

    @Test func equalTextsDoNotDiffer() {
        #expect(
            TranscriptReplay.compare([entry(1, "1\n"), entry(2, ""), entry(3, "2\n3\n")], with: "1\n2\n3\n").isEmpty)
        #expect(TranscriptReplay.compare([], with: "").isEmpty)
    }

    @Test func aDifferenceNamesTheEntry() {
        let found = TranscriptReplay.compare([entry(1, "1\n"), entry(4, "2\n")], with: "1\n5\n")
        #expect(found == ["tx[4] showed: 2", "the script shows in line 2: 5"])
        #expect(TranscriptReplay.compare([entry(1, "1\n")], with: "") == ["tx[1] showed: 1"])
    }

    @Test func manyDifferencesAreCounted() {
        let entries = (1...20).map { entry($0, "\($0)\n") }
        #expect(TranscriptReplay.compare(entries, with: "").last == "and 14 more")
    }

    @Test func aSavedSessionShowsTheSame() throws {
        let session = try ScriptedSession(seed: 3)
        let shown = session.type(
            "## # A study", "let t = table(a: [3, 1, 2], b: [\"x\", \"y\", \"z\"])", "t", "|> sort(by: \"a\")", "nope",
            "[1][9]", "let n = 1", "let n = n + 1", "n", "random(2)", "print(\"{out[2].a} {_}\")", "fn f(x) = x",
            "f(1)", "fn f(x) = 2", "f(1)", ":save \(session.path("study.tx"))")
        #expect(shown.hasSuffix("it shows the same as this session\n\n"), "\(shown)")
        let text = try session.text(of: "study.tx")
        #expect(text.hasPrefix("seed(3)\n\n## # A study\n") && !text.contains("nope"))
    }

    @Test func whatDiffersIsReported() throws {
        let session = try ScriptedSession()
        let shown = session.type(
            "if true { let hidden = 1 }", "time(() => 1).seconds", "let k = 1", "out[k + 1]",
            ":save \(session.path("a.tx"))")
        #expect(shown.contains("it does not show the same"))
        #expect(shown.contains("the script ends with status 2") && shown.contains("unknown name 'out'"))
    }

    @Test func anExistingFileStaysUnlessReplacingIsAskedFor() throws {
        let session = try ScriptedSession()
        try "mine".write(toFile: session.path("a.tx"), atomically: true, encoding: .utf8)
        #expect(session.type("1", ":save \(session.path("a"))").contains("a.tx exists"))
        #expect(try session.text(of: "a.tx") == "mine")
        #expect(session.type(":save! \(session.path("a.tx"))").contains("it shows the same"))
        #expect(try session.text(of: "a.tx") == "1\n")
    }

    @Test func nothingIsWrittenWhereNothingCanBe() throws {
        let session = try ScriptedSession()
        #expect(session.type(":save \(session.path("a.tx"))").contains("there is nothing to save"))
        #expect(session.type("1", ":save \(session.path("no/such/a.tx"))").contains("cannot write"))
    }
}
