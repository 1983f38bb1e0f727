// Expressions that fail whenever they are reached: calls that do not fit, operators on what they do not take,
// conditions that are no truth values. Code that is never reached is checked like any other.
//
// In the body of a `try` the script says that it expects failure, so what depends on values is left to the run there;
// names of arguments and their number are still checked, as unknown names are.

/// Checks the expressions of one file.
final class CheckExpressions {
    let names: KnownNames
    var diagnostics: [Diagnostic] = []
    /// Whether the code stands in the body of a `try`.
    private(set) var expectsFailure = false

    static func check(_ tree: SyntaxTree, _ names: KnownNames) -> [Diagnostic] {
        let checks = CheckExpressions(names)
        for statement in tree.statements { checks.check(.statement(statement)) }
        return checks.diagnostics
    }

    private init(_ names: KnownNames) { self.names = names }

    func place(_ range: SourceRange) -> Place { Place(source: names.source, range: range) }

    func report(_ range: SourceRange, _ message: (Place) -> Diagnostic) { diagnostics.append(message(place(range))) }

    private func check(_ part: SyntaxPart) {
        switch part {
        case .statement(let statement): check(statement)
        case .expression(let expression): return check(expression)
        case .block, .function: break
        }
        part.parts.forEach(check)
    }

    private func check(_ statement: Statement) {
        switch statement.kind {
        case .forLoop(let clause, _): checkSequence(clause.sequence)
        case .whileLoop(let condition, _): checkCondition(condition)
        default: break
        }
    }

    private func check(_ expression: Expression) {
        switch expression.kind {
        case .call(let callee, let arguments): checkCall(callee, arguments)
        case .pipe(let left, let right): return checkPipe(left, right)
        case .formula(let left, let right, _): return [left, right].forEach(checkTerms)
        case .attempt(let body, _, let handler): return checkAttempt(body, handler)
        case .binary(let operation, _, let left, let right): checkOperator(operation, left, right, expression.range)
        case .negate(let inner): checkNegation(inner)
        case .and(let left, let right), .or(let left, let right): [left, right].forEach(checkCondition)
        case .not(let inner): checkCondition(inner)
        case .conditional(let condition, _, _): checkCondition(condition)
        case .comprehension(_, let clause, let condition):
            checkSequence(clause.sequence)
            condition.map(checkCondition)
        case .index(let base, _), .slice(let base, _, _): checkBase(base)
        default: break
        }
        expression.parts.forEach(check)
    }

    private func checkPipe(_ left: Expression, _ right: Expression) {
        let first = Argument(kind: .positional, value: left)
        check(left)
        if case .call(let callee, let arguments) = right.kind {
            checkCall(callee, [first] + arguments)
            right.parts.forEach(check)
        } else {
            checkCall(right, [first])
            check(right)
        }
    }

    /// The outermost `+` of a formula separates terms and adds nothing; nor does a `- 1` subtract.
    private func checkTerms(_ side: Expression) {
        if let rest = side.withoutIntercept { return checkTerms(rest) }
        if case .binary(.add, _, let left, let right) = side.kind { return [left, right].forEach(checkTerms) }
        check(side)
    }

    private func checkAttempt(_ body: Block, _ handler: Block) {
        let saved = expectsFailure
        expectsFailure = true
        check(.block(body))
        expectsFailure = saved
        check(.block(handler))
    }
}
