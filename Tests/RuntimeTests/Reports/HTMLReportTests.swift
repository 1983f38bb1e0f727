import Foundation
import Lang
import TestSupport
import Testing

@testable import Runtime

struct HTMLReportTests {
    @Test func theSampleLooksAsBefore() throws {
        let golden = ReportSamples.goldens.appendingPathComponent("sample.html")
        let page = ReportSamples.withoutPictures(try ReportSamples.html(ReportSamples.sample()))
            .replacing(HTMLStyle.sheet, with: "…\n")
        #expect(Snapshot.problem(page, golden: golden) == nil)
    }

    static let scripts = [
        "", "## only prose", "print(\"</pre></script><script>\")", "\"a&b<c>\"",
        "table(a: [\"<td>\", \"&\"])", "## </section><script>\n1 # </code>", "error(\"<b>\")\n#%%\n1",
        "## # <i>a</i>\n## ## b\n## ## b",
    ]

    @Test(arguments: scripts)
    func everyElementIsClosed(script: String) throws {
        let notebook = try ReportSamples.notebook(script, name: "<name>.tx")
        #expect(try HTMLWellFormedness.problem(ReportSamples.html(notebook)) == nil)
    }

    @Test func theSampleIsWellFormed() throws {
        let page = try ReportSamples.html(ReportSamples.sample())
        #expect(HTMLWellFormedness.problem(page) == nil)
        #expect(HTMLWellFormedness.problem("<p>x") != nil && HTMLWellFormedness.problem("<p><b></p></b>") != nil)
    }

    @Test func theSameRunGivesTheSameBytes() throws {
        #expect(try ReportSamples.html(ReportSamples.sample()) == ReportSamples.html(ReportSamples.sample()))
    }

    @Test func nothingIsLoadedAndNothingRuns() throws {
        let page = try ReportSamples.html(
            ReportSamples.notebook("## ![x](https://e.org/x.png) <script>alert(1)</script>\n1"))
        #expect(page.contains("default-src 'none'"))
        #expect(page.matches(of: /(src|srcset)="(?!data:)/).isEmpty)
        #expect(page.matches(of: /<script(?! type="application\/x-tx")/).isEmpty)
    }

    @Test func contentsListTheHeadings() throws {
        let page = try ReportSamples.html(
            ReportSamples.notebook("## # Title\n1\n## ## Same\n2\n## ## Same\n## ### Über 3"))
        #expect(page.contains("<title>Title</title>"))
        for id in ["h-same", "h-same-2", "h-über-3"] {
            #expect(page.contains("<a href=\"#\(id)\">") && page.contains(" id=\"\(id)\">"))
        }
        #expect(!page.contains("href=\"#h-title\""))
        #expect(!(try ReportSamples.html(ReportSamples.notebook("## # Title\n## ## One\n1"))).contains("<nav"))
    }

    @Test func withoutAHeadingTheScriptNamesThePage() throws {
        let page = try ReportSamples.html(ReportSamples.notebook("1", name: "folder/a<b>.tx"))
        #expect(page.contains("<title>a&lt;b&gt;.tx</title>") && page.contains("<h1>a&lt;b&gt;.tx</h1>"))
    }

    @Test func codeWithoutItsTagsIsTheCode() throws {
        let text = "let s = \"a {1 < 2} & b\" # <c>"
        let source = SourceFile(name: "test", text: text)
        let html = Highlight(source).html(source.range)
        #expect(html.contains("<span class=\"k\">let</span>"))
        let plain = html.replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
        #expect(plain == text)
    }

    @Test func theScriptComesBackByteForByte() throws {
        let notebook = try ReportSamples.notebook("## </script><!-- --\n1")
        let page = try ReportSamples.html(notebook)
        let block = try #require(
            page.firstMatch(of: /<script type="application\/x-tx" id="transfer-script-source">([A-Za-z0-9+\/=]*)</))
        #expect(Data(base64Encoded: String(block.1)) == Data(notebook.source.bytes))
        #expect(page.contains("<meta name=\"transfer-script:seed\" content=\"7 -- &quot;&lt;&amp;&gt;&quot;\">"))
    }
}
