import ArgumentParser
import Runtime

/// Writes scripts in the one canonical layout.
struct Format: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Write scripts in the one canonical layout.",
        discussion: "Comments and prose are kept, and so is what the script means. '-' formats standard input.")

    @Flag(help: "Change nothing; name the files whose layout differs and end with status 1.")
    var check = false

    @Argument(help: "The scripts.")
    var files: [String]

    func run() throws {
        let outcome = Program(Session.Options()).format(files: files, onlyCheck: check)
        if outcome != .done { throw ExitStatus(outcome) }
    }
}
