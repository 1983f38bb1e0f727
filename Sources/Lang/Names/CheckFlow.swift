// Code that is never reached, statements whose value is dropped and that do nothing else, and conditions that are
// written out as `true` or `false` (`while true` is how an endless loop is written).

/// Checks the statements of one file.
final class CheckFlow {
    private let source: SourceFile
    private let resolution: Resolution
    private let error: Int?
    private var diagnostics: [Diagnostic] = []

    static func check(_ tree: SyntaxTree, _ resolution: Resolution, _ builtins: Builtins) -> [Diagnostic] {
        let checks = CheckFlow(tree, resolution, builtins)
        // A value at the top level is displayed, or a `;` says that it is not wanted.
        checks.check(tree.statements) { _ in true }
        return checks.diagnostics
    }

    private init(_ tree: SyntaxTree, _ resolution: Resolution, _ builtins: Builtins) {
        source = tree.source
        self.resolution = resolution
        error = builtins.names["error"]
    }

    private func report(_ range: SourceRange, _ message: (Place) -> Diagnostic) {
        diagnostics.append(message(Place(source: source, range: range)))
    }

    // MARK: Walking

    private func check(_ statements: [Statement], isUsed: (Int) -> Bool) {
        for (index, statement) in statements.enumerated() {
            check(statement, isUsed: isUsed(index))
            guard neverCompletes(statement), index + 1 < statements.count else { continue }
            return reportUnreachable(statements[index + 1], after: statement)
        }
    }

    /// - Parameter isUsed: whether the value of the last statement is the value of something.
    private func check(_ block: Block, isUsed: Bool) {
        let last = block.statements.count - 1
        check(block.statements) { isUsed && $0 == last }
    }

    private func check(_ statement: Statement, isUsed: Bool) {
        switch statement.kind {
        case .expression(let expression):
            check(expression, isUsed: isUsed)
            if !isUsed, !expression.mayDoSomething { reportNoEffect(expression) }
        case .forLoop(let clause, let body):
            check(clause.sequence, isUsed: true)
            check(body, isUsed: false)
        case .whileLoop(let condition, let body):
            if case .bool(false) = condition.kind {
                report(condition.range) { NameMessages.constantCondition($0, isTrue: false) }
            }
            check(condition, isUsed: true)
            check(body, isUsed: false)
        default: statement.parts.forEach(check)
        }
    }

    private func check(_ part: SyntaxPart) {
        switch part {
        case .expression(let expression): check(expression, isUsed: true)
        case .function(let function):
            function.parameters.forEach { $0.defaultValue.map { check($0, isUsed: true) } }
            check(function.body, isUsed: true)
        case .block(let block): check(block, isUsed: true)
        case .statement(let statement): check(statement, isUsed: true)
        }
    }

    private func check(_ expression: Expression, isUsed: Bool) {
        switch expression.kind {
        case .conditional(let condition, let body, let otherwise):
            if case .bool(let isTrue) = condition.kind {
                report(condition.range) { NameMessages.constantCondition($0, isTrue: isTrue) }
            }
            check(condition, isUsed: true)
            [body, otherwise].forEach { $0.map { check($0, isUsed: isUsed) } }
        case .attempt(let body, _, let handler):
            [body, handler].forEach { check($0, isUsed: isUsed) }
        case .group(let inner): check(inner, isUsed: isUsed)
        default: expression.parts.forEach(check)
        }
    }

    // MARK: What is reported

    private func reportUnreachable(_ statement: Statement, after end: Statement) {
        let word = source.text(end.range).prefix { $0.isLetter }
        let note = Diagnostic.Note("nothing gets past this '\(word)'", source: source, range: end.range)
        report(statement.range) { NameMessages.unreachable($0, after: note) }
    }

    private func reportNoEffect(_ expression: Expression) {
        var isComparison = false
        if case .binary(.equal, _, let left, _) = expression.kind, case .name = left.kind { isComparison = true }
        report(expression.range) { NameMessages.noEffect($0, isComparison: isComparison) }
    }

    // MARK: Facts

    /// Whether control never gets behind the statement.
    private func neverCompletes(_ statement: Statement) -> Bool {
        switch statement.kind {
        case .returnValue, .breakLoop, .continueLoop: true
        case .whileLoop(let condition, let body):
            if case .bool(true) = condition.kind { !body.breaksLoop } else { false }
        case .expression(let expression): neverCompletes(expression)
        default: false
        }
    }

    private func neverCompletes(_ block: Block) -> Bool { block.statements.contains(where: neverCompletes) }

    private func neverCompletes(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .call(let callee, _): isError(callee)
        case .conditional(_, let body, let otherwise?): neverCompletes(body) && neverCompletes(otherwise)
        case .attempt(let body, _, let handler): neverCompletes(body) && neverCompletes(handler)
        default: false
        }
    }

    private func isError(_ callee: Expression) -> Bool {
        guard case .name(let name) = callee.kind, let error else { return false }
        return resolution.places[name.id] == .builtin(error)
    }
}

extension Block {
    /// Whether a `break` in here ends the loop whose body this is.
    fileprivate var breaksLoop: Bool { statements.contains { SyntaxPart.statement($0).breaksLoop } }
}

extension SyntaxPart {
    fileprivate var breaksLoop: Bool {
        switch self {
        case .statement(let statement):
            switch statement.kind {
            case .breakLoop: true
            case .forLoop, .whileLoop, .function: false
            default: statement.parts.contains(where: \.breaksLoop)
            }
        case .function: false
        case .expression, .block: parts.contains(where: \.breaksLoop)
        }
    }
}

extension Expression {
    /// Whether computing the expression may do more than make a value; failing does not count. A bare `none` says on
    /// purpose that nothing is done, and the blocks of `if` and `try` answer for themselves.
    fileprivate var mayDoSomething: Bool {
        switch kind {
        case .nothing: true
        case .group(let inner): inner.mayDoSomething
        default: runsCode
        }
    }
}
