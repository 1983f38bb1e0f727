import Foundation

/// A notebook as Markdown with GitHub's tables: prose as it was written, code and outputs in fences, pictures as files
/// beside the report (GitHub shows no embedded ones).
struct MarkdownReport {
    private let notebook: Notebook
    private let provenance: ProvenanceRecord
    private let pictureFolder: String
    /// In the order in which the text names them.
    let pictures: [Picture]

    /// - Parameter pictureFolder: the name of the folder beside the report that has the pictures.
    init(_ notebook: Notebook, _ provenance: ProvenanceRecord, pictureFolder: String) {
        self.notebook = notebook
        self.provenance = provenance
        self.pictureFolder = pictureFolder
        pictures = notebook.cells.flatMap { cell -> [Picture] in
            guard case .code(let code) = cell else { return [] }
            return code.outputs.compactMap { if case .picture(let picture) = $0 { picture } else { nil } }
        }
    }

    func text() throws -> String {
        var blocks = notebook.endRemark.map { ["> **\($0)**"] } ?? []
        var figure = 0
        for cell in notebook.cells {
            switch cell {
            case .prose(let markdown): blocks.append(Self.closed(markdown))
            case .code(let code):
                blocks.append(Self.fenced(notebook.text(of: code), "tx"))
                if code.state == .notRun { blocks.append("*Not run.*") }
                for output in code.blocks { blocks.append(block(output, &figure)) }
            }
        }
        blocks.append(try ReportProvenance.markdownComment(provenance))
        return blocks.joined(separator: "\n\n")
    }

    private func block(_ output: Notebook.Output, _ figure: inout Int) -> String {
        switch output {
        case .printed(let text), .shown(let text): return Self.fenced(text, "text")
        case .note(let text): return "> Note: " + Self.escaped(text)
        case .failure(_, let text): return "**This cell was not run to its end.**\n\n" + Self.fenced(text, "text")
        case .table(let table): return Self.table(table)
        case .picture(let picture):
            figure += 1
            let folder = pictureFolder.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? pictureFolder
            return "![\(Self.escaped(picture.description))](<\(folder)/\(ReportFile.pictureName(figure))>)"
        }
    }

    /// Prose whose last fence or comment is open would swallow the cells behind it.
    static func closed(_ markdown: String) -> String {
        var fence = ""
        var isComment = false
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = line.drop { $0 == " " }
            let run = text.prefix { $0 == text.first && ($0 == "`" || $0 == "~") }
            if !fence.isEmpty {
                let isEnd = run.first == fence.first && run.count >= fence.count
                if isEnd, text.dropFirst(run.count).allSatisfy(\.isWhitespace) { fence = "" }
            } else if !isComment, run.count >= 3 {
                fence = String(run)
            }
            guard fence.isEmpty else { continue }
            let open = line.ranges(of: "<!--").last?.lowerBound
            let close = line.ranges(of: "-->").last?.lowerBound
            if let open { isComment = close.map { $0 < open } ?? true } else if close != nil { isComment = false }
        }
        return markdown + (fence.isEmpty ? "" : "\n" + fence) + (isComment ? " -->" : "")
    }

    // MARK: Markdown

    /// A fence is longer than every row of backticks in it.
    private static func fenced(_ text: String, _ language: String) -> String {
        var longest = 2
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let end = text.hasSuffix("\n") ? "" : "\n"
        return "\(fence)\(language)\n\(text)\(end)\(fence)"
    }

    private static func table(_ table: ReportTable) -> String {
        var lines: [String] = []
        if !table.columns.isEmpty {
            lines.append(row(table.columns.map { escaped($0.name) }))
            lines.append(row(table.columns.map { $0.isNumber ? "---:" : ":---" }))
            lines += (0..<table.shownRows).map { index in row(table.columns.map { escaped($0.entries[index]) }) }
        }
        if let remark = table.remark { lines += lines.isEmpty ? ["*\(remark)*"] : ["", "*\(remark)*"] }
        return lines.joined(separator: "\n")
    }

    private static func row(_ entries: [String]) -> String { "| " + entries.joined(separator: " | ") + " |" }

    /// With a backslash before everything that Markdown or HTML would take for a sign of its own.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\`*_{}[]<>#|~&!$".contains(character) { result.append("\\") }
            result.append(character.isNewline ? " " : character)
        }
        return result
    }
}
