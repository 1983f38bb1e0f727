import Compute
import Lang

/// The read–evaluate–print loop: entries run one after the other, names live on, errors end nothing.
///
/// Every entry that ran is in the transcript with what it showed; numbers count those entries, so a mistake that was
/// found before anything ran leaves the prompt as it was.
final class REPL {
    let session: Session
    let screen: Screen
    let program: ChildProgram
    private(set) var interpreter: Interpreter
    private(set) var transcript = Transcript()
    private(set) var outputs = Outputs()
    private let reader: (any EntryReader)?
    private let recorder = Recorder()
    /// Set by `:quit`.
    private var isDone = false

    /// What an entry displays and prints, as long as it runs.
    private final class Recorder {
        var text = ""
        var cell = CellRecorder()
        /// Nothing reaches the screen: a value is wanted for itself.
        var isSilent = false
    }

    /// - Parameter reader: nil reads from the terminal.
    init(
        session: Session, reader: (any EntryReader)? = nil, screen: Screen = .terminal,
        program: ChildProgram = .itself
    ) {
        self.session = session
        self.reader = reader
        self.screen = screen
        self.program = program
        interpreter = REPL.interpreter(session, screen, recorder)
        bindOutputs()
    }

    private static func interpreter(_ session: Session, _ screen: Screen, _ recorder: Recorder) -> Interpreter {
        Program.interpreter(session) { text in
            guard !recorder.isSilent else { return }
            recorder.text += text
            recorder.cell.write(text)
            session.progress.clear()
            screen.write(text)
        }
    }

    private func bindOutputs() {
        interpreter.define("_", .nothing)
        interpreter.define("out", .foreign(outputs))
    }

    // MARK: The loop

    func run() -> Outcome {
        Interrupt.install(endsProcess: false)
        screen.write("transfer-script \(Version.text). f? explains a function, :help says more, Ctrl-D leaves.\n")
        let reader =
            reader
            ?? LineEditor(history: .standard(), isOpen: TypedText.isOpen) { [weak self] text, cursor in
                self.flatMap { CompleteEntry.completion(text, cursor: cursor, facts: CompletionFacts($0.interpreter)) }
            }
        while !isDone {
            let prompt = "tx[\(transcript.nextNumber)]> "
            let continuation = String(repeating: " ", count: prompt.count - 3) + ".. "
            switch reader.entry(prompt: prompt, continuation: continuation) {
            case .end:
                screen.write("\n")
                return .done
            case .interrupted: continue
            case .text(let text):
                handle(text, reader)
            }
        }
        return .done
    }

    private func handle(_ text: String, _ reader: any EntryReader) {
        let pieces = TypedText.pieces(text)
        guard !pieces.isEmpty else { return }
        reader.remember(text)
        Interrupt.clear()
        interpreter.displayWidth = screen.width()
        do {
            for (index, piece) in pieces.enumerated() where try !obey(TypedText(piece)) {
                if index < pieces.count - 1 { screen.write("what follows was not run\n") }
                break
            }
        } catch {
            session.progress.clear()
            screen.write(error)
        }
        Interrupt.clear()
    }

    /// How other languages' sessions are left.
    private static let leaving: Set<String> = ["exit", "quit", "exit()", "quit()"]

    /// - Returns: false when code did not run to its end.
    private func obey(_ typed: TypedText) throws -> Bool {
        switch typed {
        case .blank: break
        case .prose(let prose): transcript.add(Transcript.Entry(text: prose))
        case .command(let name, let isForced, let argument):
            try REPLCommand.run(name, isForced: isForced, argument: argument, in: self)
        case .help(let name): try showHelp(of: name)
        case .code(let code):
            if REPL.leaving.contains(code), interpreter.value(of: String(code.prefix(4))) == nil {
                throw REPLProblem("'\(code)' means nothing here", help: "Ctrl-D or :quit leaves")
            }
            return execute(code)
        }
        return true
    }

    // MARK: Running

    /// Runs an entry, shows what it has to show and keeps it in the transcript.
    /// - Parameter file: where the text comes from, when it was not typed.
    /// - Returns: whether it ran to its end.
    @discardableResult
    func execute(_ code: String, from file: SourceFile? = nil) -> Bool {
        let number = transcript.nextNumber
        var entry = Transcript.Entry(number: number, text: code, outputs: outputs.numbers)
        session.findScript = { [unowned self, entry] in SourceFile(name: "tx", text: script(with: entry)) }
        (recorder.text, recorder.cell) = ("", CellRecorder())
        session.onSave = { [recorder] in if !recorder.isSilent { recorder.cell.save($0) } }
        let source = file ?? SourceFile(name: "tx[\(number)]", text: code)
        let statements = Outline(source)?.parts.map(\.range) ?? []
        var (current, hasSucceeded) = (0, true)
        do {
            let value = try interpreter.run(
                source, cells: statements, redefine: true, onStart: { current = $0 },
                onDisplay: { [unowned self] in display($0) })
            if let value {
                interpreter.define("_", value)
                outputs.add(value, number: number)
            }
        } catch {
            session.progress.clear()
            screen.write(error)
            hasSucceeded = false
            if let failure = error as? Failure, failure.kind == .static { return false }
            // The names of what ran stay, and so does its text.
            entry.hasSucceeded = current > 0
            if current > 0 { entry.text = source.text(SourceRange(0, statements[current].start)) }
        }
        session.progress.clear()
        recorder.cell.shorten()
        (entry.shown, entry.shownOutputs) = (Transcript.plain(recorder.text), recorder.cell.outputs)
        transcript.add(entry)
        session.findScript = { [unowned self] in SourceFile(name: "tx", text: script()) }
        return hasSucceeded
    }

    private func display(_ value: Value) {
        guard !recorder.isSilent else { return }
        let text = interpreter.display(value) + "\n"
        recorder.text += text
        recorder.cell.show(value, display: interpreter.display)
        session.progress.clear()
        if case .foreign(let object) = value, let pictured = object as? any Pictured,
            let picture = try? pictured.picture(), screen.show(picture)
        {
            return
        }
        screen.write(text)
    }

    /// Runs something of which nothing is shown, kept or counted; random numbers are not used up.
    /// - Throws: what the body throws.
    func quietly<Result>(_ body: (Interpreter) throws -> Result) throws -> Result {
        let (seed, drawings) = (session.seed, session.drawings)
        recorder.isSilent = true
        defer {
            recorder.isSilent = false
            (session.seed, session.drawings) = (seed, drawings)
        }
        return try body(interpreter)
    }

    /// The transcript as a script that runs on its own.
    func script(with entry: Transcript.Entry? = nil) -> String {
        TranscriptScript.text(of: transcript.succeeded + (entry.map { [$0] } ?? []), seed: session.options.seed)
    }

    // MARK: What commands change

    func quit() { isDone = true }

    /// Forgets all names, outputs and entries.
    func reset() {
        transcript = Transcript()
        outputs = Outputs()
        session.setSeed(session.options.seed)
        interpreter = REPL.interpreter(session, screen, recorder)
        bindOutputs()
    }
}
