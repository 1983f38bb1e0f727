import Foundation
import Testing

@testable import Runtime

struct CommonMarkTests {
    private func html(_ markdown: String, embed: (String) -> String? = { _ in nil }) -> String {
        CommonMark(markdown).html(
            startTag: { "<h\($1.level) id=\"h\($0)\">" }, endTag: { "</h\($1.level)>" }, embed: embed)
    }

    @Test func headingsHaveLevelTextAndPlace() {
        let markdown = "# One *two* `three`\ntext\n\nFour\n----\n> ### Five\n> six"
        #expect(
            CommonMark(markdown).headings == [
                .init(level: 1, text: "One two three"), .init(level: 2, text: "Four"), .init(level: 3, text: "Five"),
            ])
        let page = html(markdown)
        #expect(page.contains("<h1 id=\"h0\">\nOne <em>two</em> <code>three</code>\n</h1>"))
        #expect(page.contains("<h3 id=\"h2\">") && !page.contains("<h2>"))
    }

    static let attacks = [
        "<script>alert(1)</script>", "text <b onclick=\"alert(1)\">bold</b>", "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))", "[x](vbscript:x)", "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))", "![x](data:image/svg+xml;base64,PHN2Zz4=)", "# <script>alert(1)</script>",
        "[x](&#106;avascript:alert(1))", "<iframe src=\"https://example.org\"></iframe>",
        "[x]: javascript:alert(1)\n\n[x]", "<style>body{}</style>", "![\"><script>](x.png)",
    ]

    @Test(arguments: attacks)
    func proseCannotRunAnything(markdown: String) {
        let page = html(markdown, embed: { ProseImage.dataURI($0, folder: "/nowhere") }).lowercased()
        let signs = [
            "<script", "<iframe", "<style", "onclick", "\"javascript:", "\"vbscript:", "\"data:text", "svg+xml",
        ]
        for sign in signs {
            #expect(!page.contains(sign), "\(markdown) gives \(page)")
        }
    }

    @Test func imagesAreEmbeddedOrBecomeLinks() {
        #expect(
            html("![a](b.png)", embed: { _ in "data:image/png;base64,AA==" })
                == "<p><img src=\"data:image/png;base64,AA==\" alt=\"a\" /></p>\n")
        #expect(html("![a *b*](https://e.org/b.png)") == "<p><a href=\"https://e.org/b.png\">a <em>b</em></a></p>\n")
        #expect(html("![](b.png)") == "<p><a href=\"b.png\">b.png</a></p>\n")
        #expect(html("[![a](b.png)](c)") == "<p><a href=\"c\">a</a></p>\n")
    }

    @Test func imageFilesOfTheFolderAreRead() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data([0xFF, 0xD8, 0xFF]).write(to: folder.appendingPathComponent("a b.PNG"))
        #expect(ProseImage.dataURI("a%20b.PNG", folder: folder.path) == "data:image/jpeg;base64,/9j/")
        #expect(ProseImage.dataURI("c.png", folder: folder.path) == nil)
        #expect(ProseImage.dataURI("https://e.org/a.png", folder: folder.path) == nil)
    }

    @Test func unusualTextsAreNoDanger() {
        #expect(html("").isEmpty)
        #expect(html("a\u{0}b").contains("\u{FFFD}"))
        let nested = String(repeating: ">", count: 5000) + " deep " + String(repeating: "[", count: 5000)
        #expect(html(nested).contains("deep"))
    }
}
