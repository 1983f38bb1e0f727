import Foundation
import Lang
import Testing

@testable import Runtime

struct NotebookTests {
    private let chart = "chart(table(a: [1, 2, 3], b: [2, 4, 5])) |> points(x: \"a\", y: \"b\")"

    @Test func outputsKeepTheirOrder() throws {
        let notebook = try ReportSamples.notebook(
            "1\nprint(\"a\")\nprint(\"b\")\ntable(x: [1])\n\(chart)\n\"end\"\n## prose\n2;\n3")
        #expect(
            notebook.summary == [
                ["shown 1", "printed a\nb\n", "table 1x1", "picture -", "shown \"end\""], ["shown 3"],
            ])
        #expect(notebook.outcome == .done)
    }

    @Test func semicolonsAndNoneAreSilent() throws {
        #expect(try ReportSamples.notebook("1;\nnone\nlet a = 2\ntable(x: [1]);").summary == [[]])
    }

    @Test func showInsideAFunctionGivesATable() throws {
        let notebook = try ReportSamples.notebook("for i in 1..2 { show(table(x: 1..i)) }")
        #expect(notebook.summary == [["table 1x1", "table 2x1"]])
    }

    @Test func savedPicturesAreShownWithTheirNames() throws {
        let notebook = try ReportSamples.notebook("\(chart) |> save(\"a.png\")\nprint(1)")
        #expect(notebook.summary == [["picture a.png", "printed 1\n"]])
    }

    @Test func aChartThatIsShownAndSavedStandsOnce() throws {
        let notebook = try ReportSamples.notebook("let c = \(chart)\nc\nprint(1)\nc |> save(\"a.svg\")")
        #expect(notebook.summary == [["picture a.svg", "printed 1\n"]])
    }

    @Test func aChartThatCannotBeDrawnIsANote() throws {
        let notebook = try ReportSamples.notebook("chart(table(a: [1]))\n2")
        #expect(notebook.summary.first?.count == 3 && notebook.outcome == .done)
        #expect(notebook.summary.first?[1].hasPrefix("note ") == true)
    }

    @Test func aFailureKeepsWhatWasPutOutAndStopsTheRest() throws {
        let notebook = try ReportSamples.notebook("1\n#%%\nprint(2)\nerror(\"no\")\nprint(3)\n## x\n4")
        #expect(notebook.summary == [["shown 1"], ["printed 2\n", "failure no"], []])
        #expect(notebook.codes.map(\.state) == [.done, .failed, .notRun])
        #expect(notebook.outcome == .failed)
        guard case .failure(_, let text)? = notebook.codes[1].outputs.last else {
            Issue.record("the second cell ends with its failure")
            return
        }
        #expect(text.contains("--> test.tx:4:1") && text.contains("4 | error(\"no\")"))
    }

    @Test func aFailureInAnEarlierFunctionBelongsToTheCellThatCalled() throws {
        let notebook = try ReportSamples.notebook("fn f(x) = error(\"no {x}\")\n#%%\nf(1)")
        #expect(notebook.codes.map(\.state) == [.done, .failed])
    }

    @Test func staticErrorsRunNothing() {
        #expect(throws: Failure.self) { try ReportSamples.notebook("print(1)\n## x\nunknown_name") }
    }

    @Test func marksAndBlankLinesAreNotShown() throws {
        let notebook = try ReportSamples.notebook("#!/usr/bin/env transfer-script\n\n#%% one\n\n1\n\n#%%\n\n2\n")
        #expect(notebook.codes.map { notebook.text(of: $0) } == ["1", "2"])
        #expect(notebook.summary == [["shown 1"], ["shown 2"]])
    }

    @Test func namesOfOneCellServeTheNext() throws {
        let notebook = try ReportSamples.notebook(
            "fn f(x) = g(x)\n#%%\nvar k = 1\n#%%\nk += 1\nfn g(x) = x * k\n#%%\nf(5)")
        #expect(notebook.summary.last == ["shown 10"])
    }

    @Test func importsWork() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = folder.appendingPathComponent("main.tx")
        try Data("let k = 3\nprint(\"loaded\")".utf8).write(to: folder.appendingPathComponent("other.tx"))
        try Data("1\n#%%\nimport \"other.tx\"\nother.k".utf8).write(to: script)
        let session = Session(options: Session.Options(), scriptFolder: folder.path)
        let notebook = try NotebookRun(try SourceFile(path: script.path), session: session) { _, _, _ in }.run()
        #expect(notebook.summary == [["shown 1"], ["printed loaded\n", "shown 3"]])
    }

    @Test func aScriptOfProseOrOfNothingHasNoOutput() throws {
        #expect(try ReportSamples.notebook("").cells.isEmpty)
        #expect(try ReportSamples.notebook("## # Only prose\n\n").summary.isEmpty)
    }

    @Test func theCellThatRunsIsTold() throws {
        var told: [String] = []
        let source = SourceFile(name: "test.tx", text: "## x\n1\n#%%\n2")
        _ = try NotebookRun(source, session: Session(options: Session.Options())) { number, count, line in
            told.append("\(number)/\(count) in line \(line)")
        }.run()
        #expect(told == ["1/2 in line 2", "2/2 in line 4"])
    }

    @Test func longTablesAreCutAndSayTheirSize() throws {
        let table = try Table([("n", .numbers((0..<1234).map(Double.init)))])
        let excerpt = ReportTable(table)
        #expect(excerpt.shownRows == 20 && excerpt.columns.first?.entries.count == 20)
        #expect(excerpt.remark == "1,234 rows in all; the first 20 are shown.")
        let wide = try Table((0..<40).map { ("c\($0)", .numbers([1])) })
        #expect(ReportTable(wide).remark == "1 row and 40 columns in all; the first 30 columns are shown.")
        #expect(ReportTable(try Table([("a", .numbers([1, .nan]))])).columns.first?.entries == ["1", "–"])
    }

    @Test func whatIsPrintedForPagesIsCutInTheMiddle() throws {
        let notebook = try ReportSamples.notebook("for i in 1..5000 { print(i) }\n#%%\nprint(1)")
        guard case .printed(let text)? = notebook.codes.first?.outputs.first else {
            Issue.record("the cell prints")
            return
        }
        #expect(
            text.hasPrefix("1\n2\n") && text.hasSuffix("\n4999\n5000\n") && text.contains("\n… 3001 lines left out …\n")
        )
        #expect(text.split(separator: "\n").count < 2010)
    }

    @Test func escapeSequencesDoNotReachAReport() {
        #expect(TerminalText.withoutSequences("a\u{1B}[1mb\u{1B}[0m\u{1B}[38;5;4mc") == "abc")
        #expect(TerminalText.withoutSequences("\u{1B}[") == "" && TerminalText.withoutSequences("plain") == "plain")
    }
}
