import Lang

// What explains: `:help`, `:doc`, `f?`.

extension REPL {
    func showOverview() {
        let commands = REPLCommand.all.map { ($0.heading, $0.summary) }
        let lines = (REPL.keys + commands).map { "  \($0.0.padded(toDisplayWidth: 18)) \($0.1)" }
        screen.write(lines.joined(separator: "\n") + "\n")
    }

    private static let keys = [
        ("f?  ?f  help(f)", "the reference of a function"),
        ("_  out[n]", "the last value, the value of entry n"),
        ("|> f", "go on from the last value"),
        ("EXPR;", "compute without showing"),
        ("Tab", "complete names, arguments, fields, columns, files"),
        ("Ctrl-C  Ctrl-D", "stop what runs; leave"),
    ]

    /// - Throws: `REPLProblem` for a name that nothing is called by.
    func showReference(_ name: String) throws {
        if name.isEmpty { return screen.write(Reference(interpreter.signatures).index(width: screen.width())) }
        try showHelp(of: name)
    }

    /// Says what a name stands for: a function with its reference, any other value with its type.
    /// - Parameter name: with fields behind dots; empty for `?` alone.
    /// - Throws: `REPLProblem` for a name that nothing is called by.
    func showHelp(of name: String) throws {
        if name.isEmpty { return showOverview() }
        let facts = CompletionFacts(interpreter)
        guard let value = facts.value(of: name.split(separator: ".").map(String.init)) else {
            let near = NearestName.find(name, among: facts.names).map { "did you mean '\($0)'?" }
            throw REPLProblem("nothing is called '\(name)'", help: near ?? ":doc lists all functions")
        }
        switch value {
        case .native(let native):
            screen.write(SignatureHelp.text(of: native, width: interpreter.displayWidth) + "\n")
        case .closure(let closure):
            let lines = closure.help.split(separator: "\n").map { "\n  \($0)" }
            screen.write("fn \(closure.heading)\(lines.joined())\n")
        default: screen.write("\(name): \(ValueSummary.type(value))\n")
        }
    }
}
