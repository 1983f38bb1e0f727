import Lang

/// Runs a script once and collects what every cell puts out.
///
/// The script means what it means in a plain run: it is compiled whole, and only the place where its output goes is
/// different.
final class NotebookRun {
    private var notebook: Notebook
    private let session: Session
    /// Indices of the code cells among all cells.
    private let codeCells: [Int]
    /// The code cell that runs, as an index of `codeCells`.
    private var current = 0
    /// Told of every code cell before it runs.
    private let onStart: (_ number: Int, _ count: Int, _ line: Int) -> Void
    private lazy var interpreter = Program.interpreter(session) { [unowned self] in write($0) }

    init(_ source: SourceFile, session: Session, onStart: @escaping (_ number: Int, _ count: Int, _ line: Int) -> Void)
    {
        self.session = session
        self.onStart = onStart
        let reader = Interpreter { _ in }
        let notebook = Notebook(source, parts: reader.cells(of: source))
        self.notebook = notebook
        codeCells = notebook.cells.indices.filter { if case .code = notebook.cells[$0] { true } else { false } }
    }

    /// - Returns: the notebook; a cell that failed or was interrupted says so, and those behind it were not run.
    /// - Throws: `Failure` for what is wrong before anything runs.
    func run() throws -> Notebook {
        interpreter.displayWidth = Notebook.width
        session.onSave = { [unowned self] in save($0) }
        defer { session.onSave = nil }
        do {
            try interpreter.run(
                notebook.source, cells: codeRanges, onStart: { self.start($0) }, onDisplay: { self.show($0) })
        } catch let failure as Failure {
            if failure.kind == .static { throw failure }
            fail(failure)
        }
        shortenPrinted()
        return notebook
    }

    private var codeRanges: [SourceRange] {
        notebook.cells.compactMap { if case .code(let code) = $0 { code.range } else { nil } }
    }

    private func start(_ index: Int) {
        shortenPrinted()
        current = index
        change { $0.state = .done }
        let line = code.map { notebook.source.line(at: $0.range.start) } ?? 1
        if !codeCells.isEmpty { onStart(index + 1, codeCells.count, line) }
    }

    private func shortenPrinted() {
        change { code in
            for case (let index, .printed(let text)) in code.outputs.enumerated() {
                code.outputs[index] = .printed(Notebook.shortened(text))
            }
        }
    }

    private func fail(_ failure: Failure) {
        let isInterrupted = failure.kind == .interrupted
        let message = isInterrupted ? "interrupted" : failure.diagnostics.first?.message ?? "the cell failed"
        let text = isInterrupted ? "interrupted\n" : DiagnosticRenderer().render(failure.diagnostics)
        change {
            $0.state = isInterrupted ? .interrupted : .failed
            $0.outputs.append(.failure(message: message, text: text))
        }
    }

    // MARK: The cell that runs

    private var code: Notebook.Code? {
        guard codeCells.indices.contains(current), case .code(let code) = notebook.cells[codeCells[current]] else {
            return nil
        }
        return code
    }

    private func change(_ body: (inout Notebook.Code) -> Void) {
        guard codeCells.indices.contains(current), case .code(var code) = notebook.cells[codeCells[current]] else {
            return
        }
        // The only reference, so that a cell that prints much appends in place.
        notebook.cells[codeCells[current]] = .prose("")
        body(&code)
        notebook.cells[codeCells[current]] = .code(code)
    }

    private func write(_ text: String) {
        let text = TerminalText.withoutSequences(text)
        change { code in
            if text.hasPrefix("note: ") {
                code.outputs.append(.note(String(text.dropFirst("note: ".count).trimmingSuffix { $0 == "\n" })))
            } else if case .printed(var printed)? = code.outputs.last {
                code.outputs.removeLast()
                printed += text
                code.outputs.append(.printed(printed))
            } else {
                code.outputs.append(.printed(text))
            }
        }
    }

    private func show(_ value: Value) {
        var outputs: [Notebook.Output] = []
        if case .foreign(let object) = value, let table = object as? TableValue {
            outputs = [.table(ReportTable(table.table))]
        } else if case .foreign(let object) = value, let pictured = object as? any Pictured {
            do {
                outputs = [.picture(try pictured.picture())]
            } catch {
                outputs = [.shown(interpreter.display(value)), .note("\(error)")]
            }
        } else {
            outputs = [.shown(TerminalText.withoutSequences(interpreter.display(value)))]
        }
        change { $0.outputs += outputs }
    }

    /// A chart that the cell has shown already gets the file's name and is not shown twice.
    private func save(_ picture: Picture) {
        change { code in
            let shown = code.outputs.firstIndex {
                if case .picture(let old) = $0 { old.isSame(as: picture) } else { false }
            }
            if let shown {
                code.outputs[shown] = .picture(picture)
            } else {
                code.outputs.append(.picture(picture))
            }
        }
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> SubSequence {
        var rest = self[...]
        while let last = rest.last, condition(last) { rest.removeLast() }
        return rest
    }
}
