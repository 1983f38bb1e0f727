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

    /// A folder with a script in it, removed afterwards.
    private func withScript(_ text: String, _ work: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = folder.appendingPathComponent("study.tx")
        try Data(text.utf8).write(to: script)
        try work(script)
    }

    @Test func fmtWritesTheLayoutAndCheckOnlyNamesWhatDiffers() throws {
        try withScript("let  x=1 # one\nprint( x )\n") { script in
            let checked = try RunningProgram(["fmt", "--check", script.path])
            #expect(checked.status == 1 && (checked.output + checked.errors).contains("study.tx"))
            #expect(try String(contentsOf: script, encoding: .utf8).hasPrefix("let  x=1"))
            #expect(try RunningProgram(["fmt", script.path]).status == 0)
            #expect(try String(contentsOf: script, encoding: .utf8) == "let x = 1  # one\nprint(x)\n")
            #expect(try RunningProgram(["fmt", "--check", script.path]).status == 0)
        }
        #expect(try RunningProgram(["fmt", "-"], input: "1+1").output == "1 + 1\n")
    }

    @Test func fmtLeavesABrokenScriptAlone() throws {
        try withScript("let x = (\n") { script in
            let run = try RunningProgram(["fmt", script.path])
            #expect(run.status == 2 && run.errors.contains("study.tx:1"), "\(run.errors)")
            #expect(try String(contentsOf: script, encoding: .utf8) == "let x = (\n")
        }
    }

    @Test func checkWarnsWithStatusZeroAndReportsErrorsWithTwo() throws {
        try withScript("fn f(x) {\n    let unused = x\n    return x\n    print(x)\n}\nf(1)\n") { script in
            let run = try RunningProgram(["check", script.path])
            #expect(
                run.status == 0 && run.errors.contains("warning:") && run.errors.contains("'unused'"), "\(run.errors)")
        }
        try withScript("study(models: [dataset(\"shapes\")], datasets: [], settings: [])\nresnet5O()\n") { script in
            let run = try RunningProgram(["check", script.path])
            #expect(run.status == 2 && run.errors.contains("a list of models") && run.errors.contains("resnet50"))
        }
    }

    @Test func theReferenceIsUpToDate() throws {
        let written = try String(
            contentsOf: RunningProgram.root.appendingPathComponent("docs/reference.md"), encoding: .utf8)
        #expect(try RunningProgram(["doc", "--markdown"]).output == written, "run make docs")
    }

    @Test func aShownChartIsAFileWhereThereIsNoTerminal() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let chart = "chart(table(a: [1, 2], b: [2, 4])) |> points(x: \"a\", y: \"b\")\n"
        try Data((chart + chart).utf8).write(to: folder.appendingPathComponent("s.tx"))
        let run = try RunningProgram(["s.tx", "--out", "o"], folder: folder)
        #expect(run.status == 0 && run.output == "o/s-figure-1.png\no/s-figure-2.png\n")
        let shown = try RunningProgram(["show", "--script", "o/s-figure-2.png"], folder: folder)
        #expect(shown.output == chart + chart)
        let text = try RunningProgram(["s.tx", "--no-figures"], folder: folder)
        #expect(text.output.hasPrefix("chart of 2 rows with 1 layer;"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == ["o", "s.tx"])
    }
}
