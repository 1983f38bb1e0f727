// Names that are bound but never read. Assigning a variable, or a part of it, is no use of it. Parameters and the names
// of loops and of `catch` are part of a form and may go unread; so may names that begin with `_`.

enum CheckUnused {
    static func check(_ tree: SyntaxTree, _ resolution: Resolution) -> [Diagnostic] {
        locals(tree, resolution) + (isModule(tree) ? [] : globals(tree, resolution))
    }

    private static func locals(_ tree: SyntaxTree, _ resolution: Resolution) -> [Diagnostic] {
        resolution.variables.filter { [.let, .var, .function].contains($0.kind) && !$0.isRead }.compactMap {
            warning($0.name, at: Place(source: tree.source, range: $0.range), isAssigned: $0.isAssigned)
        }
    }

    /// Top-level `let` and `var`: nobody imports a file that does something by itself for its names.
    private static func globals(_ tree: SyntaxTree, _ resolution: Resolution) -> [Diagnostic] {
        tree.statements.flatMap { statement -> [Diagnostic] in
            guard case .bind(let pattern, _, _) = statement.kind else { return [] }
            return pattern.names.filter { !resolution.readGlobals.contains($0.text) }.compactMap {
                warning(
                    $0.text, at: Place(source: tree.source, range: $0.range),
                    isAssigned: resolution.assignedGlobals.contains($0.text))
            }
        }
    }

    /// A file of nothing but bindings is there to be imported.
    private static func isModule(_ tree: SyntaxTree) -> Bool {
        tree.statements.allSatisfy { statement in
            switch statement.kind {
            case .bind, .function, .importFile: true
            default: false
            }
        }
    }

    private static func warning(_ name: String, at place: Place, isAssigned: Bool) -> Diagnostic? {
        if name.hasPrefix("_") { return nil }
        return isAssigned ? NameMessages.assignedNeverRead(place, name) : NameMessages.unusedName(place, name)
    }
}
