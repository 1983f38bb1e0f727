import Foundation
import Testing

@Suite struct CommandLineTests {
    @Test func anExpressionIsEvaluatedAndShown() throws {
        let run = try RunningProgram(["-e", "1 + 1"])
        #expect(run.output == "2\n" && run.errors.isEmpty && run.status == 0)
    }

    @Test func standardInputIsAScript() throws {
        let run = try RunningProgram([], input: "let x = 20\nx + 1\n")
        #expect(run.output == "21\n" && run.status == 0)
    }

    static let endings: [([String], Int32)] = [
        (["-e", "error(\"no\")"], 1), (["-e", "unknown"], 2), (["-e", "("], 2), (["no-such-file.tx"], 2),
        (["--no-such-option"], 2), (["--threads", "0", "-e", "1"], 2), (["check", "examples/study.tx"], 0),
        (["--help"], 0), (["--version"], 0), (["doc", "pretrain"], 0), (["doc", "pretrian"], 2),
    ]

    @Test(arguments: endings)
    func theExitStatusSaysHowItEnded(arguments: [String], status: Int32) throws {
        let run = try RunningProgram(arguments)
        #expect(run.status == status, "\(arguments): \(run.output)\(run.errors)")
        #expect(status == 0 || !run.errors.isEmpty)
    }

    @Test func aWrongNameIsFoundBeforeAnythingRuns() throws {
        let run = try RunningProgram([], input: "print(\"started\")\nresnet5O()\n")
        #expect(run.output.isEmpty && run.status == 2)
        #expect(run.errors.contains("<standard input>:2:1") && run.errors.contains("did you mean"))
    }

    @Test func wordsAfterTheScriptAreItsArguments() throws {
        let script = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".tx")
        try Data("print(args())".utf8).write(to: script)
        defer { try? FileManager.default.removeItem(at: script) }
        let run = try RunningProgram([script.path, "a", "--quiet", "--", "--b"])
        #expect(run.output == "[\"a\", \"--b\"]\n")
    }

    @Test func theReferenceIsUpToDate() throws {
        let written = try String(
            contentsOf: RunningProgram.root.appendingPathComponent("docs/reference.md"), encoding: .utf8)
        #expect(try RunningProgram(["doc", "--markdown"]).output == written, "run make docs")
    }
}
