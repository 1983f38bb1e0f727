import Lang

/// A script after one run, cell by cell: prose, code, and what the code printed, showed and drew, in order. What reports
/// are written from; a value without formats.
struct Notebook: Sendable {
    /// What a cell put out.
    enum Output: Sendable {
        /// What the script printed.
        case printed(String)
        /// A value of a top-level expression.
        case shown(String)
        case table(ReportTable)
        case picture(Picture)
        /// A remark of the program about a result.
        case note(String)
        /// Why the cell was not run to its end: in one sentence, and as a terminal shows it.
        case failure(message: String, text: String)

        fileprivate var text: String? {
            switch self {
            case .printed(let text), .shown(let text): text
            default: nil
            }
        }
    }

    enum State: Sendable { case done, failed, interrupted, notRun }

    enum Content: Sendable {
        /// Markdown.
        case prose(String)
        case code(Code)
    }

    struct Code: Sendable {
        /// Without blank lines around it and without the `#%%` that began the cell.
        var range: SourceRange
        var state = State.notRun
        var outputs: [Output] = []

        /// The outputs as a page shows them: what was printed and what was shown stand together, as on a terminal.
        var blocks: [Output] {
            outputs.reduce(into: []) { blocks, output in
                guard let text = output.text, let last = blocks.last?.text else { return blocks.append(output) }
                blocks[blocks.count - 1] = .printed(last + (last.hasSuffix("\n") ? "" : "\n") + text)
            }
        }
    }

    let source: SourceFile
    var cells: [Content]

    /// How the run ended.
    var outcome: Outcome {
        for case .code(let code) in cells {
            switch code.state {
            case .failed: return .failed
            case .interrupted: return .interrupted
            case .done, .notRun: break
            }
        }
        return .done
    }

    /// The cell at which a run ended before its time: its number among all cells, and its line.
    var end: (cell: Int, line: Int, isInterrupted: Bool)? {
        for case (let number, .code(let code)) in zip(1..., cells) where [.failed, .interrupted].contains(code.state) {
            return (number, source.line(at: code.range.start), code.state == .interrupted)
        }
        return nil
    }

    /// Says at the top of a report what a reader would else find far below.
    var endRemark: String? {
        end.map { "This run \($0.isInterrupted ? "was interrupted" : "failed") in the cell in line \($0.line)." }
    }

    /// The code of a cell.
    func text(of code: Code) -> String { source.text(code.range) }

    /// Printed text with its middle left out when there are more lines than anybody reads; the size is said there.
    static func shortened(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 2 * shownLines else { return withinBytes(text) }
        let left = "… \(lines.count - 2 * shownLines) lines left out …"
        return withinBytes((lines.prefix(shownLines) + [left[...]] + lines.suffix(shownLines)).joined(separator: "\n"))
    }

    /// The same for long lines.
    private static func withinBytes(_ text: String) -> String {
        let bytes = text.utf8
        guard bytes.count > 2 * shownBytes else { return text }
        let (head, tail) = (bytes.prefix(shownBytes), bytes.suffix(shownBytes))
        let left = "\n… \(bytes.count - 2 * shownBytes) bytes left out …\n"
        return String(decoding: head, as: UTF8.self) + left + String(decoding: tail, as: UTF8.self)
    }

    private static let shownBytes = 1 << 18

    /// At the beginning and at the end of what a cell printed at a time.
    private static let shownLines = 1000

    /// Columns that values take which are shown as text: what fits a page.
    static let width = 84
}

extension Notebook {
    /// The cells of a script before it runs. Cells that hold nothing but marks are left out.
    init(_ source: SourceFile, parts: [Cells.Part]) {
        self.source = source
        cells = parts.compactMap { part in
            switch part.kind {
            case .prose: .prose(part.text)
            case .code: Notebook.codeRange(part.range, source).map { .code(Code(range: $0)) }
            }
        }
    }

    /// The lines of a code cell that a reader wants to see: `#!` is for the system, `#%%` has done its work.
    private static func codeRange(_ range: SourceRange, _ source: SourceFile) -> SourceRange? {
        var first = source.line(at: range.start)
        var last = source.line(at: range.end)
        func text(_ line: Int) -> String { source.text(source.lineRange(line)) }
        func isBlank(_ line: Int) -> Bool { text(line).allSatisfy(\.isWhitespace) }
        if text(first).hasPrefix("#%%") || first == 1 && text(first).hasPrefix("#!") { first += 1 }
        while first <= last, isBlank(first) { first += 1 }
        while last > first, isBlank(last) { last -= 1 }
        guard first <= last else { return nil }
        return source.lineRange(first).joined(with: source.lineRange(last))
    }
}
