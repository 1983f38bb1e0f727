// Visits every statement and expression of a tree, outer before inner, in the order of the source.

enum SyntaxWalk {
    /// Calls `visit` with every statement, nested ones included.
    static func statements(of tree: SyntaxTree, visit: (Statement) -> Void) {
        withoutActuallyEscaping(visit) { visit in
            tree.statements.forEach { Walker(onStatement: visit).walk($0) }
        }
    }

    private struct Walker {
        let onStatement: (Statement) -> Void

        func walk(_ block: Block) { block.statements.forEach { walk($0) } }

        func walk(_ statement: Statement) {
            onStatement(statement)
            switch statement.kind {
            case .bind(_, let value, _), .expression(let value), .returnValue(let value?): walk(value)
            case .assign(let target, _, _, let value): [target, value].forEach { walk($0) }
            case .function(_, let function): walk(function)
            case .forLoop(let clause, let body):
                walk(clause.sequence)
                walk(body)
            case .whileLoop(let condition, let body):
                walk(condition)
                walk(body)
            case .returnValue(nil), .breakLoop, .continueLoop, .importFile, .missing: break
            }
        }

        func walk(_ function: Function) {
            function.parameters.forEach { $0.defaultValue.map { walk($0) } }
            walk(function.body)
        }

        func walk(_ expression: Expression) {
            switch expression.kind {
            case .missing, .nothing, .bool, .number, .name: break
            case .string(let parts):
                for case .interpolation(let value, _) in parts { walk(value) }
            case .list(let elements): elements.forEach { walk($0) }
            case .comprehension(let element, let clause, let condition):
                [element, clause.sequence].forEach { walk($0) }
                condition.map { walk($0) }
            case .record(let fields): fields.forEach { walk($0.value) }
            case .group(let inner), .negate(let inner), .not(let inner), .field(let inner, _): walk(inner)
            case .binary(_, _, let left, let right), .and(let left, let right), .or(let left, let right),
                .index(let left, let right), .pipe(let left, let right), .formula(let left, let right, _):
                [left, right].forEach { walk($0) }
            case .range(let from, let to, let step, _):
                [from, to].forEach { walk($0) }
                step.map { walk($0) }
            case .slice(let base, let from, let to): [base, from, to].forEach { $0.map { walk($0) } }
            case .call(let callee, let arguments):
                walk(callee)
                arguments.forEach { walk($0.value) }
            case .lambda(let function): walk(function)
            case .conditional(let condition, let body, let otherwise):
                walk(condition)
                walk(body)
                otherwise.map { walk($0) }
            case .attempt(let body, _, let handler):
                walk(body)
                walk(handler)
            }
        }
    }
}
