// Expressions: prefix and infix operators by the binding table of `Token`, then postfixes. What an operator's right
// side may hold follows from its level; `|>` takes a function (`x => …`) there, all others need it in parentheses.

extension Parser {
    mutating func parseExpression() -> Expression {
        nested(missing()) { $0.parseInfix(.pipe) }
    }

    /// An expression whose operators bind at least as tightly as `minimum`.
    private mutating func parseInfix(_ minimum: Binding.Level) -> Expression {
        let start = current.start
        var left = parsePrefix(minimum)
        var previous: Binding?
        while let binding = infixBinding, binding.level >= minimum {
            if let previous, previous.side == .none, previous.level == binding.level { reportChain(binding, left) }
            left = parseOperator(binding, left: left, from: start)
            previous = binding
        }
        return left
    }

    /// The binding of the current token as an infix operator. A line that begins with `|>` goes on with the one before.
    private var infixBinding: Binding? {
        guard continues || at(.pipe) else { return nil }
        if at(.not), peek(1).kind == .in { return TokenKind.in.binding }
        return current.kind.binding
    }

    private mutating func reportChain(_ binding: Binding, _ left: Expression) {
        let sign = current.range
        if binding.level == .compare {
            remark(SyntaxMessages.chainedComparison, at: sign)
        } else {
            remark({ [text = text(current)] in SyntaxMessages.chainedOperator($0, text) }, at: sign)
        }
    }

    private mutating func parseOperator(_ binding: Binding, left: Expression, from start: Int) -> Expression {
        let sign = advance()
        var signRange = sign.range
        if sign.kind == .not { signRange = SourceRange(sign.start, advance().end) }
        let right = parseRightSide(binding)
        switch sign.kind {
        case .pipe: return node(.pipe(left, right), from: start, over: left.height, right.height)
        case .and: return node(.and(left, right), from: start, over: left.height, right.height)
        case .or: return node(.or(left, right), from: start, over: left.height, right.height)
        case .tilde:
            return node(.formula(left, right, id: makeFormulaID()), from: start, over: left.height, right.height)
        case .rangeTo, .rangeUntil: return parseRangeStep(left, right, sign.kind, from: start)
        default:
            let operation = sign.kind == .not ? .excludes : BinaryOperator(rawValue: sign.kind.rawValue) ?? .equal
            return node(
                .binary(operation, signRange, left, right), from: start, over: left.height, right.height)
        }
    }

    private mutating func parseRightSide(_ binding: Binding) -> Expression {
        let level: Binding.Level = binding.level == .power ? .unary : binding.level.next
        return nested(missing()) { $0.parseInfix(level) }
    }

    /// `a..b by step`: `by` is a word only here.
    private mutating func parseRangeStep(
        _ from: Expression, _ to: Expression, _ sign: TokenKind, from start: Int
    ) -> Expression {
        var step: Expression?
        if continues, at(.name), text(current) == "by" {
            advance()
            step = nested(missing()) { $0.parseInfix(.concat) }
        }
        return node(
            .range(from, to, step: step, isInclusive: sign == .rangeTo), from: start,
            over: from.height, to.height, step?.height ?? 0)
    }

    // MARK: Prefixes

    private mutating func parsePrefix(_ minimum: Binding.Level) -> Expression {
        let start = current.start
        if minimum <= .lambda, let lambda = parseLambda() { return lambda }
        if at(.not), minimum <= .not {
            advance()
            let operand = nested(missing()) { $0.parseInfix(.not) }
            return node(.not(operand), from: start, over: operand.height)
        }
        if at(.minus) {
            advance()
            let operand = nested(missing()) { $0.parseInfix(.unary) }
            return node(.negate(operand), from: start, over: operand.height)
        }
        return parsePostfix()
    }

    /// `x => body` or `(a, b) => body`; nil when no function begins here.
    private mutating func parseLambda() -> Expression? {
        let start = current.start
        let parameters: [Function.Parameter]
        if at(.name), peek(1).kind == .arrow {
            parameters = [Function.Parameter(name: makeName(advance()), defaultValue: nil, isRest: false)]
        } else if at(.leftParen), peek(behindPartnerOf: 0)?.kind == .arrow {
            parameters = parseParameters()
        } else {
            return nil
        }
        let id = makeFunctionID()
        guard expect(.arrow, in: "the function") else { return missing() }
        let body: Block
        if at(.leftBrace), !opensRecord {
            body = parseBracedBlock()
        } else {
            body = blockOf(nested(missing()) { $0.parseInfix(.lambda) })
        }
        let function = Function(id: id, parameters: parameters, body: body, range: range(from: start), help: "")
        let height = parameters.lazy.map { $0.defaultValue?.height ?? 0 }.max() ?? 0
        return node(.lambda(function), from: start, over: body.height, height)
    }

    // MARK: Postfixes

    private mutating func parsePostfix() -> Expression {
        let start = current.start
        var expression = parsePrimary()
        while continues {
            switch current.kind {
            case .leftParen:
                let arguments = parseArguments()
                let height = arguments.lazy.map(\.value.height).max() ?? 0
                expression = node(.call(expression, arguments), from: start, over: expression.height, height)
            case .leftBracket: expression = parseIndex(expression, from: start)
            case .dot:
                advance()
                let name = parseFieldName()
                expression = node(.field(expression, name), from: start, over: expression.height)
            default: return expression
            }
        }
        return expression
    }

    /// After a dot any word is a field's name: `r.in`.
    private mutating func parseFieldName() -> Name {
        if current.kind.isKeyword, !current.startsLine { return makeName(advance()) }
        return expectName(in: "the field")
    }

    /// `(a, name: b, ...c)`
    private mutating func parseArguments() -> [Argument] {
        withLineEnds(ignored: true) { parser in
            let open = parser.advance()
            var arguments: [Argument] = []
            var progress = LoopProgress()
            while !parser.at(.rightParen), !parser.isCutShort, progress.hasAdvanced(parser) {
                let argument = parser.parseArgument()
                parser.checkOrder(argument, after: arguments.last)
                arguments.append(argument)
                if !parser.at(.comma), !parser.at(.rightParen) { parser.reportListEnd("the arguments", open) }
                if !parser.take(.comma) { break }
            }
            parser.close(open, .rightParen)
            return arguments
        }
    }

    private mutating func checkOrder(_ argument: Argument, after previous: Argument?) {
        guard case .named? = previous?.kind, case .positional = argument.kind else { return }
        if case .missing = argument.value.kind { return }
        remark(SyntaxMessages.positionalAfterNamed, at: argument.range)
    }

    private mutating func parseArgument() -> Argument {
        if take(.ellipsis) { return Argument(kind: .spread, value: parseExpression()) }
        let isNamed = (at(.name) || current.kind.isKeyword) && peek(1).kind == .colon
        let isMisnamed = at(.name) && peek(1).kind == .assign
        guard isNamed || isMisnamed else { return Argument(kind: .positional, value: parseExpression()) }
        let name = advance()
        let sign = advance()
        if isMisnamed {
            remark({ [text = text(name)] in SyntaxMessages.namedArgumentWithEquals($0, text) }, at: sign.range)
        }
        return Argument(kind: .named(text(name), name.range), value: parseExpression())
    }

    /// `[i]`, `[a:b]`, `[:b]`, `[a:]`, `[:]`
    private mutating func parseIndex(_ base: Expression, from start: Int) -> Expression {
        withLineEnds(ignored: true) { parser in
            let open = parser.advance()
            let from = parser.at(.colon) ? nil : parser.parseExpression()
            guard parser.take(.colon) else {
                parser.close(open, .rightBracket)
                let index = from ?? parser.missing()
                return parser.node(.index(base, index), from: start, over: base.height, index.height)
            }
            let to = parser.at(.rightBracket) ? nil : parser.parseExpression()
            parser.close(open, .rightBracket)
            return parser.node(
                .slice(base, from: from, to: to), from: start, over: base.height, from?.height ?? 0, to?.height ?? 0)
        }
    }

    // MARK: Ends of brackets

    /// Reports what stands where `,` or the closing bracket should, and skips to it.
    mutating func reportListEnd(_ construct: String, _ open: Token) {
        if isCutShort { return }
        if at(.invalid) {
            reportInvalid()
        } else {
            report { [found = foundPhrase] in
                SyntaxMessages.expectedToken($0, "',' or the closing bracket", in: construct, found: found)
            }
        }
        resume(at: .comma)
    }

    /// Takes the closing bracket; reports the opening one when it is missing.
    mutating func close(_ open: Token, _ kind: TokenKind) {
        if take(kind) { return }
        if !isCutShort, ![.rightParen, .rightBracket, .rightBrace].contains(current.kind) {
            report { [found = foundPhrase] in
                SyntaxMessages.expectedToken($0, kind.phrase, in: "the brackets", found: found)
            }
            resume(at: kind)
            if take(kind) { return }
        }
        report({ SyntaxMessages.unclosedBracket($0, open.kind.rawValue, kind.rawValue) }, at: open.range)
    }

    func missing() -> Expression {
        Expression(kind: .missing, range: SourceRange(current.start, current.start))
    }
}
