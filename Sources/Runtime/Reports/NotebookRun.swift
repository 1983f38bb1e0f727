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
    private var recorder = CellRecorder()
    private lazy var interpreter = Program.interpreter(session) { [unowned self] in recorder.write($0) }

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
        session.onSave = { [unowned self] in recorder.save($0) }
        defer { session.onSave = nil }
        do {
            try interpreter.run(
                notebook.source, cells: codeRanges, onStart: { self.start($0) },
                onDisplay: { value in self.recorder.show(value, display: self.interpreter.display) })
        } catch let failure as Failure {
            if failure.kind == .static { throw failure }
            fail(failure)
        }
        finishCell()
        return notebook
    }

    private var codeRanges: [SourceRange] {
        notebook.cells.compactMap { if case .code(let code) = $0 { code.range } else { nil } }
    }

    private func start(_ index: Int) {
        finishCell()
        current = index
        change { $0.state = .done }
        let line = code.map { notebook.source.line(at: $0.range.start) } ?? 1
        if !codeCells.isEmpty { onStart(index + 1, codeCells.count, line) }
    }

    private func finishCell() {
        recorder.shorten()
        change { $0.outputs += recorder.outputs }
        recorder = CellRecorder()
    }

    private func fail(_ failure: Failure) {
        let isInterrupted = failure.kind == .interrupted
        let message = isInterrupted ? "interrupted" : failure.diagnostics.first?.message ?? "the cell failed"
        recorder.fail(
            message: message,
            text: isInterrupted ? "interrupted\n" : DiagnosticRenderer().render(failure.diagnostics))
        change { $0.state = isInterrupted ? .interrupted : .failed }
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
        body(&code)
        notebook.cells[codeCells[current]] = .code(code)
    }
}
