import ArgumentParser
import Runtime

/// Options that every subcommand that runs something understands.
struct CommonOptions: ParsableArguments {
    @Option(help: "Seed of everything random; seed(n) in the script overrides it.")
    var seed: UInt64 = 0

    @Option(help: "Threads of the compute engine (default: one a core).")
    var threads: Int?

    @Option(help: ArgumentHelp("Folder to look for data sets in, before the usual ones.", valueName: "dir"))
    var data: [String] = []

    @Option(help: ArgumentHelp("Folder of stored results (default: .transfer beside the script).", valueName: "dir"))
    var store: String?

    @Option(help: ArgumentHelp("Folder that the script writes to.", valueName: "dir"))
    var out: String = "."

    @Option(help: ArgumentHelp("A further folder that the script may write to.", valueName: "dir"))
    var allowWrite: [String] = []

    @Flag(help: "No progress display.")
    var quiet = false

    @Flag(help: "Draw no files of charts that are shown where output is no terminal.")
    var noFigures = false

    mutating func validate() throws {
        if let threads, threads < 1 {
            throw ValidationError("--threads takes a whole number of at least 1, got \(threads).")
        }
    }

    func sessionOptions(arguments: [String]) -> Session.Options {
        var options = Session.Options()
        options.seed = seed
        options.threads = threads
        options.dataFolders = data
        options.storeFolder = store
        options.outputFolder = out
        options.writableFolders = allowWrite
        options.isQuiet = quiet
        options.drawsFigures = !noFigures
        options.arguments = arguments
        return options
    }
}
