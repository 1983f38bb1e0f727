import Compute
import Foundation
import Lang

// `report`: runs a script once and writes the notebook of the run.

extension Program {
    /// Runs a script and writes its report; the report of a run that failed or was interrupted is written too.
    /// - Parameter output: the report's file, its format by the ending; beside the script as HTML when nil.
    public func report(file: String, to output: String?) -> Outcome {
        guard let source = read(file) else { return .notStarted }
        let report: ReportFile
        do {
            report = try ReportFile(output, script: file)
            try report.checkIsWritable()
        } catch {
            _ = Program.report(error)
            return .notStarted
        }
        return Program.onLargeStack { write(source, to: report) }
    }

    private func write(_ source: SourceFile, to report: ReportFile) -> Outcome {
        let folder = (source.name as NSString).deletingLastPathComponent
        let session = Session(options: options, scriptFolder: folder.isEmpty ? "." : folder)
        session.script = source
        Interrupt.install()
        let status = CellStatus(isQuiet: options.isQuiet)
        do {
            let notebook = try NotebookRun(source, session: session, onStart: status.show).run()
            session.progress.clear()
            status.clear()
            try report.write(notebook, session.provenance().record, folder: folder.isEmpty ? "." : folder)
            for failure in notebook.failures { Terminal.error.write(failure) }
            Terminal.output.write(report.path + "\n")
            return notebook.outcome
        } catch {
            session.progress.clear()
            status.clear()
            return Program.report(error)
        }
    }
}

extension Notebook {
    /// What a plain run would have written to the error stream.
    fileprivate var failures: [String] {
        cells.flatMap { cell -> [String] in
            guard case .code(let code) = cell else { return [] }
            return code.outputs.compactMap { if case .failure(_, let text) = $0 { text } else { nil } }
        }
    }
}

/// One line on the terminal's error stream that says which cell runs.
private struct CellStatus {
    private let isShown: Bool

    init(isQuiet: Bool) { isShown = !isQuiet && Terminal.error.isInteractive }

    func show(number: Int, count: Int, line: Int) {
        guard isShown else { return }
        Terminal.error.write("\r" + "cell \(number) of \(count), line \(line)" + "\u{1B}[K")
    }

    func clear() {
        if isShown { Terminal.error.write("\r\u{1B}[K") }
    }
}
