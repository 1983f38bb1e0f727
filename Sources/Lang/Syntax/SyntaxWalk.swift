// Visits every statement of a tree, outer before inner, in the order of the source.

enum SyntaxWalk {
    /// Calls `visit` with every statement, nested ones included.
    static func statements(of tree: SyntaxTree, visit: (Statement) -> Void) {
        for statement in tree.statements { walk(.statement(statement), visit) }
    }

    private static func walk(_ part: SyntaxPart, _ visit: (Statement) -> Void) {
        if case .statement(let statement) = part { visit(statement) }
        for inner in part.parts { walk(inner, visit) }
    }
}
