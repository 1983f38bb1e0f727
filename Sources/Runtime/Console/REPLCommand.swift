import Lang

/// A command that begins with `:`. `:help`, completion and the loop read the one table below.
struct REPLCommand: Sendable {
    /// What stands behind the name.
    enum Argument: Sendable { case nothing, entry, file, function }

    /// What was typed behind the name.
    struct Invocation {
        let argument: String
        /// Whether a `!` stands behind the name.
        let isForced: Bool
    }

    let name: String
    var aliases: [String] = []
    let takes: Argument
    /// How the argument is called in `:help`.
    var usage = ""
    let summary: String
    let body: @Sendable (REPL, Invocation) throws -> Void

    static let all: [REPLCommand] = [
        REPLCommand(name: "help", takes: .nothing, summary: "what can be typed here") { repl, _ in repl.showOverview()
        },
        REPLCommand(
            name: "doc", takes: .function, usage: "[NAME]", summary: "the reference of a function; without it, of all"
        ) { try $0.showReference($1.argument) },
        REPLCommand(
            name: "type", takes: .entry, usage: "EXPR", summary: "the type of a value, which is computed but not kept"
        ) { try $0.showType($1.argument) },
        REPLCommand(
            name: "time", takes: .entry, usage: "EXPR", summary: "run it and say how long it takes"
        ) { try $0.time($1.argument) },
        REPLCommand(name: "vars", takes: .nothing, summary: "the names of this session") { repl, _ in repl.showNames()
        },
        REPLCommand(name: "load", takes: .file, usage: "FILE", summary: "run a script in this session") {
            try $0.load($1.argument)
        },
        REPLCommand(
            name: "save", takes: .file, usage: "FILE",
            summary: "write what succeeded as a script and run that; ':save!' replaces a file"
        ) { try $0.save($1.argument, replaces: $1.isForced) },
        REPLCommand(
            name: "report", takes: .file, usage: "FILE",
            summary: "write the session as a report, .html, .md or .ipynb; ':report!' replaces"
        ) { try $0.report($1.argument, replaces: $1.isForced) },
        REPLCommand(name: "reset", takes: .nothing, summary: "forget all names and entries") { repl, _ in repl.reset()
        },
        REPLCommand(name: "quit", aliases: ["q"], takes: .nothing, summary: "leave, as Ctrl-D and ':q' do") { repl, _ in
            repl.quit()
        },
    ]

    static func named(_ name: String) -> REPLCommand? { all.first { $0.name == name || $0.aliases.contains(name) } }

    /// - Throws: `REPLProblem`, or what the command throws.
    static func run(_ name: String, isForced: Bool, argument: String, in repl: REPL) throws {
        guard let command = named(name) else {
            let near = NearestName.find(name, among: all.map(\.name)).map { "did you mean ':\($0)'?" }
            throw REPLProblem("unknown command ':\(name)'", help: near ?? ":help lists the commands")
        }
        let needsArgument = !command.usage.isEmpty && !command.usage.hasPrefix("[")
        guard !argument.isEmpty || !needsArgument else {
            throw REPLProblem("':\(command.name)' takes \(command.usage)", help: command.summary)
        }
        guard argument.isEmpty || command.takes != .nothing else {
            throw REPLProblem("':\(command.name)' takes nothing behind it")
        }
        if command.takes == .entry, argument.hasPrefix(":") {
            throw REPLProblem("':\(command.name)' takes \(command.usage), not a command")
        }
        let text = command.takes == .entry ? TypedText.continued(argument) : argument
        try command.body(repl, Invocation(argument: text, isForced: isForced))
    }

    /// `:doc [NAME]`
    var heading: String { ":\(name)\(usage.isEmpty ? "" : " " + usage)" }
}
