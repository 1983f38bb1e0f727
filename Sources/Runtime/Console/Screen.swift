import Lang

/// Where a session shows things: the terminal, or in tests a text.
struct Screen {
    var write: (String) -> Void
    var writeError: (String) -> Void
    var width: () -> Int
    var usesColor: Bool
    /// False where the picture cannot be shown.
    var show: (Picture) -> Bool

    static var terminal: Screen {
        Screen(
            write: { Terminal.output.write($0) }, writeError: { Terminal.error.write($0) },
            width: { Terminal.output.width }, usesColor: Terminal.error.hasColor,
            show: { InlinePicture.show($0, on: .output) })
    }

    func write(_ problem: REPLProblem) {
        writeError("error: \(problem.message)\n" + (problem.help.map { "  = help: \($0)\n" } ?? ""))
    }

    func write(_ error: any Error) {
        switch error {
        case let problem as REPLProblem: write(problem)
        case let failure as Failure where failure.kind == .interrupted: writeError("interrupted\n")
        case let failure as Failure:
            writeError(DiagnosticRenderer(usesColor: usesColor).render(failure.diagnostics))
        default: writeError("error: \(error)\n")
        }
    }
}

/// What is wrong with a command: nothing of a script, so that it has no place to point at.
struct REPLProblem: Error, Equatable {
    let message: String
    var help: String?

    init(_ message: String, help: String? = nil) {
        self.message = message
        self.help = help
    }
}
