import ArgumentParser
import Runtime

/// The reference of the standard library, from the signatures themselves.
struct Doc: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Reference of the standard library.")

    @Flag(help: "Write the whole reference as Markdown.")
    var markdown = false

    @Argument(help: "A function; without it, all are listed.")
    var name: String?

    func run() throws {
        let outcome = Program(Session.Options()).document(name, asMarkdown: markdown)
        if outcome != .done { throw ExitStatus(outcome) }
    }
}
