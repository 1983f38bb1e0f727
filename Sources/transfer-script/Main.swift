import ArgumentParser
import CMalloc
import Runtime

/// The program: subcommands parse the command line and call Runtime; nothing is computed here.
@main
struct TransferScript: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer-script",
        abstract: "Does a better source model transfer better? Runs studies written in tx.",
        usage: """
            transfer-script                      REPL on a terminal, otherwise runs standard input
            transfer-script study.tx [ARG ...]   run a script
            transfer-script -e 'EXPR'            evaluate and display
            transfer-script check FILE ...       find mistakes without running
            transfer-script fmt [--check] FILE ...   write the canonical layout
            transfer-script report FILE [-o OUT] run and write a report: .html, .md or .ipynb
            transfer-script doc [NAME]           reference of the standard library
            transfer-script show [--script] FILE what made a picture or report
            """,
        version: Version.text,
        subcommands: [Run.self, Check.self, Format.self, Report.self, Doc.self, Show.self],
        defaultSubcommand: Run.self)

    static func main() {
        keepFreedMemory()
        do {
            var command = try parseAsRoot()
            try command.run()
            end(with: .done)
        } catch {
            let status = ExitStatus(of: error)
            // What a run has to say it has said; only the parser's own errors and help are written here.
            let text = error is ExitStatus ? "" : fullMessage(for: error)
            if !text.isEmpty {
                let stream: Terminal = status == .done ? .output : .error
                stream.write(text.hasSuffix("\n") ? text : text + "\n")
            }
            end(with: status)
        }
    }

    /// A result that did not reach its file must not look like one that did.
    private static func end(with status: ExitStatus) -> Never {
        guard status == .done, let reason = Terminal.output.loss else { status.exit() }
        Terminal.error.write("error: the output could not be written: \(reason)\n")
        ExitStatus.failed.exit()
    }

    /// Lists of a million numbers come and go in every line of arithmetic. The allocator's defaults would return their
    /// pages to the kernel and fetch them again each time, which takes longer than the arithmetic.
    private static func keepFreedMemory() {
        mallopt(M_MMAP_THRESHOLD, 32 << 20)
        mallopt(M_TRIM_THRESHOLD, 256 << 20)
    }
}
