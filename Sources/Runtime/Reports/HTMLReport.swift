import Compute
import Foundation
import Lang

/// A notebook as one HTML file that needs nothing else: style, pictures and script stand in it, and its content security
/// policy forbids it to load or run anything, whatever the prose says.
struct HTMLReport {
    private let notebook: Notebook
    private let provenance: ProvenanceRecord
    /// Images that the prose names are taken from here.
    private let folder: String
    private let contents: HTMLContents
    private let highlight: Highlight

    /// - Parameter folder: the script's, where images of the prose are found.
    init(_ notebook: Notebook, _ provenance: ProvenanceRecord, folder: String) {
        self.notebook = notebook
        self.provenance = provenance
        self.folder = folder
        contents = HTMLContents(notebook)
        highlight = Highlight(notebook.source)
    }

    /// - Throws: `ChartError` when a picture cannot be drawn.
    func text() throws -> String {
        let name = HTMLText.escaped((notebook.source.name as NSString).lastPathComponent)
        let title = contents.title.map(HTMLText.escaped) ?? name
        let head = contents.title == nil ? "<h1>\(name)</h1>\n\(contents.navigation)" : ""
        let cells = try notebook.cells.enumerated().map { try html($1, number: $0 + 1) }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
            <title>\(title)</title>
            <meta name="generator" content="transfer-script \(HTMLText.escaped(Version.text))">
            \(MarkupProvenance.htmlHead(provenance))<style>
            \(HTMLStyle.sheet)</style>
            </head>
            <body>
            <main>
            \(head)\(failureBanner)\(cells.joined())</main>
            \(footer(name))</body>
            </html>

            """
    }

    private static let policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'"

    // MARK: Cells

    private func html(_ cell: Notebook.Content, number: Int) throws -> String {
        switch cell {
        case .prose(let markdown):
            return "<section class=\"prose\">\n\(prose(markdown, number))</section>\n"
        case .code(let code):
            let isRun = code.state != .notRun
            let outputs = try code.blocks.map { try html($0) }
            return """
                <section class="cell\(isRun ? "" : " idle")" id="cell-\(number)">
                <pre class="code" tabindex="0"><code>\(highlight.html(code.range))</code></pre>
                \(isRun ? "" : "<p class=\"remark\">Not run.</p>\n")\
                \(outputs.isEmpty ? "" : "<div class=\"out\">\n\(outputs.joined())</div>\n")</section>

                """
        }
    }

    private func prose(_ markdown: String, _ number: Int) -> String {
        CommonMark(markdown).html(
            startTag: { index, heading in
                "<h\(heading.level) id=\"\(contents.id(cell: number - 1, heading: index))\">"
            },
            endTag: { index, heading in
                let isTitle = contents.isTitle(cell: number - 1, heading: index)
                return "</h\(heading.level)>" + (isTitle ? "\n" + contents.navigation : "")
            },
            embed: { ProseImage.dataURI($0, folder: folder) })
    }

    private func html(_ output: Notebook.Output) throws -> String {
        switch output {
        case .printed(let text), .shown(let text):
            return "<pre class=\"text\" tabindex=\"0\">\(HTMLText.escaped(text.withoutLastNewline))</pre>\n"
        case .note(let text): return "<p class=\"note\">\(HTMLText.escaped(text))</p>\n"
        case .table(let table):
            return "<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">\n"
                + "\(HTMLTable(table).html)</div>\n"
        case .picture(let picture): return try figure(picture)
        case .failure(_, let text):
            return "<div class=\"failure\"><p>This cell was not run to its end.</p>\n"
                + "<pre tabindex=\"0\">\(HTMLText.escaped(text.withoutLastNewline))</pre></div>\n"
        }
    }

    private func figure(_ picture: Picture) throws -> String {
        let size = picture.size.map { " width=\"\($0.width)\" height=\"\($0.height)\"" } ?? ""
        let caption = picture.path.map { "<figcaption>\(HTMLText.escaped($0))</figcaption>" } ?? ""
        let kind = picture.isDrawing ? "chart" : "image"
        return """
            <figure><img class="\(kind)" src="\(try picture.dataURI())"\(size) \
            alt="\(HTMLText.escaped(picture.description))">\(caption)</figure>

            """
    }

    // MARK: Around the cells

    /// Says at the top what a reader would else find far below.
    private var failureBanner: String {
        guard let end = notebook.end else { return "" }
        let how = end.isInterrupted ? "was interrupted" : "failed"
        return
            "<p class=\"banner\">This run \(how) in <a href=\"#cell-\(end.cell)\">the cell in line \(end.line)</a>.</p>\n"
    }

    private func footer(_ name: String) -> String {
        let facts = provenance.fields.map { field in
            "<dt>\(HTMLText.escaped(field.key))</dt><dd>\(HTMLText.escaped(field.value))</dd>\n"
        }
        return """
            <footer>
            <p>Made by transfer-script \(HTMLText.escaped(Version.text)) from \
            <a download="\(name)" href="data:text/plain;charset=utf-8;base64,\(provenance.base64)">\(name)</a>.</p>
            <details><summary>How to make it again</summary>
            <dl>
            \(facts.joined())</dl>
            </details>
            </footer>

            """
    }
}

extension String {
    fileprivate var withoutLastNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
