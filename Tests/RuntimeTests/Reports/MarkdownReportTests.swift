import Foundation
import TestSupport
import Testing

@testable import Runtime

struct MarkdownReportTests {
    private func text(_ notebook: Notebook) throws -> String {
        try MarkdownReport(notebook, ReportSamples.provenance(of: notebook), pictureFolder: "my files").text()
    }

    @Test func theSampleLooksAsBefore() throws {
        let golden = ReportSamples.goldens.appendingPathComponent("sample.md")
        #expect(Snapshot.problem(try text(ReportSamples.sample()), golden: golden) == nil)
    }

    @Test func outputWithFencesStaysInItsFence() throws {
        let report = try text(ReportSamples.notebook("print(\"````\\nx\")"))
        #expect(report.contains("`````text\n````\nx\n`````"))
    }

    @Test func picturesAreNumberedInTheOrderOfTheText() throws {
        let chart = "chart(table(a: [1, 2], b: [2, 4])) |> points(x: \"a\", y: \"b\")"
        let notebook = try ReportSamples.notebook("\(chart)\n#%%\n\(chart)")
        let report = try text(notebook)
        #expect(report.contains("(<my%20files/figure-1.png>)") && report.contains("(<my%20files/figure-2.png>)"))
    }

    @Test func theCommentCannotEndEarly() throws {
        let report = try text(ReportSamples.notebook("1"))
        let start = try #require(report.firstRange(of: "<!-- transfer-script "))
        let comment = report[start.upperBound...]
        #expect(comment.firstRange(of: "--")?.lowerBound == comment.firstRange(of: "-->\n")?.lowerBound)
    }

    @Test(arguments: [
        ("a\n```py\nb", "a\n```py\nb\n```"), ("~~~~\n```", "~~~~\n```\n~~~~"), ("```\nb\n```", "```\nb\n```"),
        ("x <!-- oops", "x <!-- oops -->"), ("<!-- a --> b", "<!-- a --> b"), ("plain", "plain"),
        ("```\n<!-- in code\n```", "```\n<!-- in code\n```"),
    ]) func proseCannotSwallowWhatFollows(prose: String, closed: String) {
        #expect(MarkdownReport.closed(prose) == closed)
    }

    @Test func longLinesAreShortened() {
        let text = Notebook.shortened(String(repeating: "ü", count: 1 << 20))
        #expect(text.utf8.count < 600_000 && text.contains("bytes left out"))
    }
}
