import ArgumentParser
import Runtime

/// Runs a script, an expression, standard input or the REPL: the default subcommand.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run a script (the default).")

    @Option(
        name: .customShort("e"), parsing: .unconditional,
        help: ArgumentHelp("Evaluate this instead of a file.", valueName: "expr"))
    var expression: String?

    @OptionGroup var common: CommonOptions

    @Argument(help: "The script, then the words that its args() gives.")
    var words: [String] = []

    func run() throws {
        let outcome: Outcome
        if let expression {
            outcome = Program(common.sessionOptions(arguments: words)).evaluate(expression)
        } else if let script = words.first {
            outcome = Program(common.sessionOptions(arguments: Array(words.dropFirst()))).run(file: script)
        } else {
            outcome = Program(common.sessionOptions(arguments: [])).runStandardInput()
        }
        if outcome != .done { throw ExitStatus(outcome) }
    }
}
