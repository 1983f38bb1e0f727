// Statements and blocks. A block of one statement that its author wrote on one line stays there if it fits; `if` with
// its `else`, and `try` with its `catch`, are broken in all their blocks or in none.

extension FormatSyntax {
    /// Statements, one a line; at most one empty line between two is kept.
    /// - Parameter first: what stands before the first if that needs no line of its own.
    mutating func statements(
        _ statements: [Statement], first: FormatDocument.Flat = .never, isTopLevel: Bool = false
    ) -> FormatDocument {
        let leading = semicolons()
        var parts = [leading.signs]
        var isBlank = leading.movesComments
        for (position, statement) in statements.enumerated() {
            parts.append(line(position == 0 ? first : .never, keepsBlank: position > 0, isBlank: isBlank))
            parts.append(self.statement(statement))
            let end = semicolons(silencing: isTopLevel && statement.isSilenced)
            parts.append(end.signs)
            isBlank = end.movesComments
        }
        return .sequence(parts)
    }

    private mutating func statement(_ statement: Statement) -> FormatDocument {
        switch statement.kind {
        case .bind(let pattern, let value, _):
            return .sequence([
                token(), .space, self.pattern(pattern), .space, token(), self.value(value),
            ])
        case .assign(let target, _, _, let value):
            return .sequence([expression(target), .space, token(), self.value(value)])
        case .function(_, let function): return self.function(function)
        case .forLoop(let clause, let body):
            return .group([token(), .space, self.clause(clause), .space, block(body)])
        case .whileLoop(let condition, let body):
            return .group([token(), .space, self.condition(condition), .space, block(body)])
        case .returnValue(let value):
            guard let value else { return token() }
            return .sequence([token(), .space, expression(value)])
        case .breakLoop, .continueLoop: return token()
        case .importFile:
            let path = [token(), .space, string()]
            return .sequence(at(.as) ? path + [.space, token(), .space, token()] : path)
        case .expression(let value): return expression(value)
        case .missing: return .empty
        }
    }

    private mutating func pattern(_ pattern: Pattern) -> FormatDocument {
        switch pattern {
        case .name: token()
        case .list(let names, _), .record(let names, _): brackets(count: names.count) { syntax, _ in syntax.token() }
        }
    }

    private mutating func function(_ function: Function) -> FormatDocument {
        let head = [token(), .space, token(), parameters(function), .space]
        guard at(.assign), let body = function.expressionBody else { return .group(head + [block(function.body)]) }
        return .sequence(head + [token(), value(body)])
    }

    mutating func parameters(_ function: Function) -> FormatDocument {
        brackets(count: function.parameters.count) { syntax, index in
            let parameter = function.parameters[index]
            if parameter.isRest { return .sequence([syntax.token(), syntax.token()]) }
            let name = syntax.token()
            guard let value = parameter.defaultValue else { return name }
            return .sequence([name, .space, syntax.token(), syntax.value(value)])
        }
    }

    /// `name, index in sequence`
    mutating func clause(_ clause: ForClause) -> FormatDocument {
        var parts = [token()]
        if clause.names.count > 1 { parts += [token(), .space, token()] }
        return .sequence(parts + [.space, token(), .space, condition(clause.sequence)])
    }

    /// What stands between a word and its block: further lines of a chain are set off from the block's.
    mutating func condition(_ expression: Expression) -> FormatDocument {
        guard expression.isChain else { return self.expression(expression) }
        return .group([.indent([self.expression(expression)])])
    }

    // MARK: Blocks

    /// `{ statements }`, to be broken along with the group it is in.
    mutating func block(_ block: Block) -> FormatDocument {
        let open = token()
        let isOneLine = block.statements.count <= 1 && !next.startsLine
        var inside = [statements(block.statements, first: isOneLine ? .space : .never)]
        let endsLine = next.startsLine
        inside.append(comments())
        if block.statements.isEmpty, !inside.contains(where: \.breaks) { return .sequence([open, token()]) }
        return .sequence([open, .indent(inside), .line(endsLine ? .never : .space), token()])
    }

    /// `if`, all its `else if` and its `else`.
    mutating func conditional(_ condition: Expression, _ body: Block, _ otherwise: Block?) -> FormatDocument {
        var parts = [token(), .space, self.condition(condition), .space, block(body)]
        var rest = otherwise
        while let block = rest {
            parts += [.space, token(), .space]
            rest = nil
            if at(.if), case .conditional(let condition, let body, let otherwise)? = block.expression?.kind {
                parts += [token(), .space, self.condition(condition), .space, self.block(body)]
                rest = otherwise
            } else {
                parts.append(self.block(block))
            }
        }
        return .group(parts)
    }

    mutating func attempt(_ body: Block, _ handler: Block) -> FormatDocument {
        .group([
            token(), .space, block(body), .space, token(), .space, token(), .space, block(handler),
        ])
    }
}

extension Statement {
    /// Whether a `;` keeps the value from being displayed; behind anything else it means nothing.
    fileprivate var isSilenced: Bool {
        if case .expression = kind { return isSilent }
        return false
    }
}

extension Block {
    /// The expression that is all of the block.
    var expression: Expression? {
        guard statements.count == 1, case .expression(let expression) = statements[0].kind else { return nil }
        return expression
    }
}

extension Function {
    /// The body where it is an expression and no block in braces.
    var expressionBody: Expression? {
        guard let expression = body.expression, expression.range == body.range else { return nil }
        return expression
    }
}
