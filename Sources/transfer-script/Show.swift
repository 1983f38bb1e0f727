import ArgumentParser
import Runtime

/// What made a picture or a report, read from the file itself.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what made a picture or report: script, seed, data, version.",
        discussion: "Reads .png, .svg, .pdf, .html, .md and .ipynb files that transfer-script wrote.")

    @Flag(help: "Write the script that is in the file, byte for byte.")
    var script = false

    @Argument(help: "The picture or report.")
    var file: String

    func run() throws {
        let outcome = Program(Session.Options()).show(file: file, onlyScript: script)
        if outcome != .done { throw ExitStatus(outcome) }
    }
}
