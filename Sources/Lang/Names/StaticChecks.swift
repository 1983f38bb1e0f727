// What is known to be wrong, or looks wrong, before anything runs. Errors are what fails whenever it is reached; they
// keep a script from running. Warnings are what runs but cannot be meant; only `check` shows them.

enum StaticChecks {
    /// - Parameter syntaxErrors: on their lines the tree is a guess, so nothing more is said about them.
    static func errors(_ tree: SyntaxTree, _ names: KnownNames, syntaxErrors: [Diagnostic]) -> [Diagnostic] {
        let lines = Set(syntaxErrors.map { tree.source.line(at: $0.range.start) })
        return CheckExpressions.check(tree, names).filter { !lines.contains(tree.source.line(at: $0.range.start)) }
    }

    /// Of a file without unknown names: a misspelt use would make its name look unused.
    static func warnings(_ tree: SyntaxTree, _ resolution: Resolution, builtins: Builtins) -> [Diagnostic] {
        CheckUnused.check(tree, resolution) + CheckFlow.check(tree, resolution, builtins)
    }
}

extension [Diagnostic] {
    /// Each problem once, by place; files in the order in which they come.
    var inOrder: [Diagnostic] {
        var files: [String: Int] = [:]
        for diagnostic in self {
            let name = diagnostic.source?.name ?? ""
            if files[name] == nil { files[name] = files.count }
        }
        let keyed = enumerated().map { position, diagnostic in
            (key: [files[diagnostic.source?.name ?? ""] ?? 0, diagnostic.range.start, position], diagnostic)
        }
        let sorted = keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.1)
        return sorted.enumerated().filter { position, diagnostic in
            !sorted[..<position].reversed().prefix { $0.range.start == diagnostic.range.start }
                .contains { $0.id == diagnostic.id && $0.message == diagnostic.message }
        }.map(\.element)
    }
}
