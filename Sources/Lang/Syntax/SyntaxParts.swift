// What lies directly inside a statement, an expression or a function, in the order of the source. Passes that look at
// every node walk by it and name only the nodes that they care about.

/// A part of a tree that is walked on its own.
enum SyntaxPart {
    case statement(Statement)
    case expression(Expression)
    case block(Block)
    case function(Function)

    var parts: [SyntaxPart] {
        switch self {
        case .statement(let statement): statement.parts
        case .expression(let expression): expression.parts
        case .block(let block): block.statements.map { .statement($0) }
        case .function(let function): function.parts
        }
    }
}

extension Function {
    var parts: [SyntaxPart] { parameters.compactMap { $0.defaultValue.map { .expression($0) } } + [.block(body)] }
}

extension Statement {
    var parts: [SyntaxPart] {
        switch kind {
        case .bind(_, let value, _), .expression(let value), .returnValue(let value?): [.expression(value)]
        case .assign(let target, _, _, let value): [.expression(target), .expression(value)]
        case .function(_, let function): [.function(function)]
        case .forLoop(let clause, let body): [.expression(clause.sequence), .block(body)]
        case .whileLoop(let condition, let body): [.expression(condition), .block(body)]
        case .returnValue(nil), .breakLoop, .continueLoop, .importFile, .missing: []
        }
    }
}

extension Expression {
    var parts: [SyntaxPart] {
        switch kind {
        case .missing, .nothing, .bool, .number, .name: []
        case .string(let strings):
            strings.compactMap { if case .interpolation(let value, _) = $0 { .expression(value) } else { nil } }
        case .list(let elements): elements.map { .expression($0) }
        case .comprehension(let element, let clause, let condition):
            Self.parts([element, clause.sequence, condition])
        case .record(let fields): fields.map { .expression($0.value) }
        case .group(let inner), .negate(let inner), .not(let inner), .field(let inner, _): [.expression(inner)]
        case .binary(_, _, let left, let right), .and(let left, let right), .or(let left, let right),
            .index(let left, let right), .pipe(let left, let right), .formula(let left, let right, _):
            [.expression(left), .expression(right)]
        case .range(let from, let to, let step, _): Self.parts([from, to, step])
        case .slice(let base, let from, let to): Self.parts([base, from, to])
        case .call(let callee, let arguments): [.expression(callee)] + arguments.map { .expression($0.value) }
        case .lambda(let function): [.function(function)]
        case .conditional(let condition, let body, let otherwise):
            [.expression(condition), .block(body)] + (otherwise.map { [.block($0)] } ?? [])
        case .attempt(let body, _, let handler): [.block(body), .block(handler)]
        }
    }

    private static func parts(_ expressions: [Expression?]) -> [SyntaxPart] {
        expressions.compactMap { $0.map { .expression($0) } }
    }
}
