// Expressions. Operators of one level and pipes are chains: on one line, or a line for each operand. Lines of a chain
// end behind an operator, where the language allows it everywhere, and before `|>`.

extension FormatSyntax {
    /// - Parameter isIndented: whether further lines of a chain stand one level to the right of its first.
    mutating func expression(_ expression: Expression, isIndented: Bool = true) -> FormatDocument {
        switch expression.kind {
        case .missing: return .empty
        case .nothing, .bool, .number, .name: return token()
        case .string: return string()
        case .list(let elements):
            let isNumeric = elements.allSatisfy { $0.literalNumber != nil }
            return brackets(count: elements.count, isNumeric ? .filled : .elements) { $0.expression(elements[$1]) }
        case .comprehension(let element, let clause, let condition):
            return comprehension(element, clause, condition)
        case .record(let fields): return record(fields)
        case .group(let inner):
            return brackets(count: 1, .single) { syntax, _ in syntax.expression(inner, isIndented: false) }
        case .negate(let inner): return .sequence([token(), self.expression(inner)])
        case .not(let inner): return .sequence([token(), .space, self.expression(inner)])
        case .binary(.power, _, let left, let right):
            return .sequence([self.expression(left), token(), self.expression(right)])
        case .binary, .and, .or, .formula: return chain(expression, isIndented: isIndented)
        case .range(let from, let to, let step, _): return range(from, to, step)
        case .call, .index, .slice, .field: return postfixes(expression)
        case .pipe: return pipes(expression, isIndented: isIndented)
        case .lambda(let function): return lambda(function)
        case .conditional(let condition, let body, let otherwise): return conditional(condition, body, otherwise)
        case .attempt(let body, _, let handler): return attempt(body, handler)
        }
    }

    private mutating func range(_ from: Expression, _ to: Expression, _ step: Expression?) -> FormatDocument {
        let range = [expression(from), token(), expression(to)]
        guard let step else { return .sequence(range) }
        return .sequence(range + [.space, token(), .space, expression(step)])
    }

    // MARK: Chains

    /// `a + b - c`
    private mutating func chain(_ expression: Expression, isIndented: Bool) -> FormatDocument {
        let level = expression.chainLevel
        var operands: [Expression] = []
        var rest = expression
        while rest.chainLevel == level, let (left, right) = rest.operands {
            operands.append(right)
            rest = left
        }
        let first = self.expression(rest)
        var tail: [FormatDocument] = []
        for operand in operands.reversed() {
            tail += [.space, token()]
            if at(.in) { tail += [.space, token()] }  // of `not in`
            tail += [line(.space), self.expression(operand)]
        }
        return .group([first, isIndented ? .indent(tail) : .sequence(tail)])
    }

    /// `a |> f |> g`: stays broken where its author broke it.
    private mutating func pipes(_ expression: Expression, isIndented: Bool) -> FormatDocument {
        var functions: [Expression] = []
        var rest = expression
        while case .pipe(let left, let right) = rest.kind {
            functions.append(right)
            rest = left
        }
        let head = self.expression(rest)
        var tail: [FormatDocument] = []
        var isBroken = false
        for function in functions.reversed() {
            isBroken = isBroken || next.startsLine
            tail += [line(.space), token(), .space]
            let part = self.expression(function)
            tail.append(functions.count == 1 && part.breaks && !isBroken ? .hug(part) : part)
        }
        let steps = isIndented ? FormatDocument.indent(tail) : .sequence(tail)
        // Behind a bracket that is broken anyway, pipes go on in its last line if they fit there.
        if head.breaks || rest.isLiteralBracket { return .sequence([head, .group([steps], broken: isBroken)]) }
        return .group([head, steps], broken: isBroken)
    }

    // MARK: Brackets

    private mutating func comprehension(
        _ element: Expression, _ clause: ForClause, _ condition: Expression?
    ) -> FormatDocument {
        brackets(count: 1, .single) { syntax, _ in
            var parts = [
                syntax.expression(element), syntax.line(.space), syntax.token(), .space, syntax.clause(clause),
            ]
            if let condition {
                parts += [syntax.line(.space), syntax.token(), .space, syntax.expression(condition)]
            }
            return .sequence(parts)
        }
    }

    private mutating func record(_ fields: [RecordField]) -> FormatDocument {
        brackets(count: fields.count) { syntax, index in
            let name = syntax.at(.stringStart) ? syntax.string() : syntax.token()
            return .sequence([name, syntax.token(), syntax.value(fields[index].value)])
        }
    }

    private mutating func lambda(_ function: Function) -> FormatDocument {
        let parameters = at(.leftParen) ? self.parameters(function) : token()
        let head = [parameters, .space, token()]
        if let body = function.expressionBody { return .sequence(head + [value(body)]) }
        return .sequence(head + [.space, .group([block(function.body)])])
    }

    // MARK: Postfixes

    /// `a.b(c)[d]`
    private mutating func postfixes(_ expression: Expression) -> FormatDocument {
        var steps: [Expression] = []
        var rest = expression
        while let base = rest.postfixBase {
            steps.append(rest)
            rest = base
        }
        var parts = [self.expression(rest)]
        for step in steps.reversed() {
            switch step.kind {
            case .call(let callee, let arguments):
                // `95% (x)` calls a number, `95%(x)` is a remainder.
                if case .number = callee.kind { parts.append(.space) }
                parts.append(call(arguments))
            case .index(_, let index):
                parts.append(brackets(count: 1, .single) { syntax, _ in syntax.expression(index) })
            case .slice(_, let from, let to): parts.append(slice(from, to))
            default: parts += [token(), token()]
            }
        }
        return .sequence(parts)
    }

    private mutating func call(_ arguments: [Argument]) -> FormatDocument {
        brackets(count: arguments.count, style(of: arguments)) { syntax, index in
            let value = arguments[index].value
            switch arguments[index].kind {
            case .positional: return syntax.expression(value)
            case .named: return .sequence([syntax.token(), syntax.token(), syntax.value(value)])
            case .spread: return .sequence([syntax.token(), syntax.expression(value)])
            }
        }
    }

    private func style(of arguments: [Argument]) -> BracketStyle {
        guard let last = arguments.last?.value else { return .elements }
        if arguments.count > 1 { return last.isBlockFunction ? .hugging : .elements }
        return last.isString ? .lone : last.isHuggable ? .hugging : .elements
    }

    private mutating func slice(_ from: Expression?, _ to: Expression?) -> FormatDocument {
        brackets(count: 1, .single) { syntax, _ in
            var parts: [FormatDocument] = []
            if let from { parts.append(syntax.expression(from)) }
            parts.append(syntax.token())
            if let to { parts.append(syntax.expression(to)) }
            return .sequence(parts)
        }
    }
}
