import ArgumentParser
import Runtime

/// Runs a script and writes a notebook of what it did.
struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a script and write its report: prose, code and results on one page.",
        discussion: "What the script prints goes into the report. A cell that fails is shown with its error.")

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "The report: .html to read and share, .md for Markdown, .ipynb for Jupyter (default: beside the script, .html).",
            valueName: "file"))
    var output: String?

    @OptionGroup var common: CommonOptions

    @Argument(help: "The script (- for standard input), then the words that its args() gives.")
    var words: [String]

    func run() throws {
        guard let script = words.first else { throw ValidationError("Name the script to report on.") }
        let options = common.sessionOptions(arguments: Array(words.dropFirst()))
        let outcome = Program(options).report(file: script, to: output)
        if outcome != .done { throw ExitStatus(outcome) }
    }
}
