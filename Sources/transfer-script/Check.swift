import ArgumentParser
import Runtime

/// Reports everything that can be known about scripts without running them.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find mistakes in syntax, names and arguments without running anything.")

    @Argument(help: "The scripts.")
    var files: [String]

    func run() throws {
        let outcome = Program(Session.Options()).check(files: files)
        if outcome != .done { throw ExitStatus(outcome) }
    }
}
