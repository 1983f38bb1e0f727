import Foundation
import Glibc
import Lang

/// How a run of the program ended.
public enum Outcome: Equatable, Sendable {
    case done
    case failed
    /// Usage, syntax or names: nothing ran.
    case notStarted
    case interrupted
}

/// What each subcommand does: sets up a session and an interpreter, runs, and writes what went wrong.
public struct Program {
    let options: Session.Options

    public init(_ options: Session.Options) { self.options = options }

    /// Runs a script file.
    public func run(file: String) -> Outcome {
        guard let source = read(file) else { return .notStarted }
        return Program.onLargeStack { run(source, scriptFolder: (file as NSString).deletingLastPathComponent) }
    }

    /// Evaluates an expression of the command line.
    public func evaluate(_ expression: String) -> Outcome {
        Program.onLargeStack { run(SourceFile(name: "<command line>", text: expression), scriptFolder: ".") }
    }

    /// The REPL on a terminal, else the script that standard input holds.
    public func runStandardInput() -> Outcome {
        if isatty(STDIN_FILENO) == 1 { return Program.onLargeStack { REPL(session: Session(options: options)).run() } }
        guard let source = read("-") else { return .notStarted }
        return Program.onLargeStack { run(source, scriptFolder: ".") }
    }

    /// Reports what is wrong with scripts without running them.
    public func check(files: [String]) -> Outcome {
        var isSound = true
        for file in files {
            guard let source = read(file) else { return .notStarted }
            let interpreter = Program.interpreter(Session(options: options)) { _ in }
            let diagnostics = interpreter.check(source)
            Program.report(diagnostics)
            if diagnostics.contains(where: { $0.severity == .error }) { isSound = false }
        }
        return isSound ? .done : .notStarted
    }

    /// Writes the reference of one function or of all.
    public func document(_ name: String?, asMarkdown: Bool) -> Outcome {
        let signatures = Program.interpreter(Session(options: options)) { _ in }.signatures
        let reference = Reference(signatures)
        if asMarkdown {
            Terminal.output.write(reference.markdown)
        } else if let name {
            guard let text = reference.text(of: name, width: Terminal.output.width) else {
                let near = NearestName.find(name, among: signatures.map(\.name))
                let advice = near.map { ", did you mean '\($0)'?" } ?? ""
                Terminal.error.write("error: no function is called '\(name)'\(advice)\n")
                return .notStarted
            }
            Terminal.output.write(text)
        } else {
            Terminal.output.write(reference.index(width: Terminal.output.width))
        }
        return .done
    }

    // MARK: Running

    private func run(_ source: SourceFile, scriptFolder: String) -> Outcome {
        let session = Session(options: options, scriptFolder: scriptFolder.isEmpty ? "." : scriptFolder)
        session.script = source
        Interrupt.install()
        let interpreter = Program.interpreter(session) { text in
            session.progress.clear()
            Terminal.output.write(text)
        }
        do {
            try interpreter.run(source) { value in
                session.progress.clear()
                if Program.showsPicture(of: value) { return }
                let path = Program.drawnPath(of: value, in: session)
                Terminal.output.write((path ?? interpreter.display(value)) + "\n")
            }
            return .done
        } catch {
            session.progress.clear()
            return Program.report(error)
        }
    }

    /// Shows a chart in the terminal.
    /// - Returns: false when `value` has no picture or the terminal shows none; its text is to be written then.
    static func showsPicture(of value: Value) -> Bool {
        guard Terminal.output.obeysSequences, case .foreign(let object) = value,
            let pictured = object as? any Pictured, let picture = try? pictured.picture()
        else { return false }
        return InlinePicture.show(picture, on: .output)
    }

    /// Draws a chart that is shown where there is no terminal.
    /// - Returns: the file's path; nil when `value` is no chart or cannot be drawn, which has been said then.
    private static func drawnPath(of value: Value, in session: Session) -> String? {
        guard !Terminal.output.isInteractive, session.options.drawsFigures, case .foreign(let object) = value,
            let chart = object as? ChartValue
        else { return nil }
        do {
            return try session.draw(shown: chart.picture())
        } catch {
            Terminal.error.write("note: the chart was not drawn: \(error)\n")
            return nil
        }
    }

    /// An interpreter with the whole standard library.
    static func interpreter(_ session: Session, output: @escaping (String) -> Void) -> Interpreter {
        let limits = Limits(isInterrupted: { Interrupt.isRequested })
        let interpreter = Interpreter(natives: StandardLibrary.signatures(session), limits: limits, output: output)
        interpreter.displayWidth = Terminal.output.width
        session.importedFiles = { [weak interpreter] in interpreter?.importedFiles ?? [] }
        return interpreter
    }

    /// Writes an error and says how the run ended.
    static func report(_ error: any Error) -> Outcome {
        guard let failure = error as? Failure else {
            Terminal.error.write("error: \(error)\n")
            return .failed
        }
        switch failure.kind {
        case .static:
            report(failure.diagnostics)
            return .notStarted
        case .runtime:
            report(failure.diagnostics)
            return .failed
        case .interrupted:
            Terminal.error.write("interrupted\n")
            return .interrupted
        }
    }

    private static func report(_ diagnostics: [Diagnostic]) {
        guard !diagnostics.isEmpty else { return }
        Terminal.error.write(DiagnosticRenderer(usesColor: Terminal.error.hasColor).render(diagnostics))
    }

    /// A script, standard input for "-"; nil when it cannot be read, which has been said then.
    func read(_ file: String) -> SourceFile? {
        do {
            return try file == "-" ? SourceFile(standardInputAs: "<standard input>") : SourceFile(path: file)
        } catch let problem as FileProblem {
            Terminal.error.write("error: cannot read \(problem.path): \(problem.reason)\n")
        } catch {
            Terminal.error.write("error: cannot read \(file)\n")
        }
        return nil
    }

    /// Deep recursion of a script needs more stack than the main thread has; pages that are not touched cost nothing.
    static func onLargeStack(_ work: @escaping () -> Outcome) -> Outcome {
        final class Box {
            var work: () -> Outcome; var outcome = Outcome.failed;
            init(_ work: @escaping () -> Outcome) { self.work = work }
        }
        let box = Box(work)
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, 512 << 20)
        var thread = pthread_t()
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                let box = Unmanaged<Box>.fromOpaque(argument).takeUnretainedValue()
                box.outcome = box.work()
                return nil
            }, Unmanaged.passUnretained(box).toOpaque())
        guard status == 0 else { return work() }
        pthread_join(thread, nil)
        return box.outcome
    }
}
