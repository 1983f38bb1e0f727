// Statements, blocks, patterns, parameters (grammar: language specification, section 2).

extension Parser {
    mutating func parseProgram() -> [Statement] { parseStatements(until: .endOfFile) }

    /// Statements up to a closing brace or the end of the file.
    private mutating func parseStatements(until end: TokenKind) -> [Statement] {
        var statements: [Statement] = []
        var progress = LoopProgress()
        while !at(end), !at(.endOfFile), progress.hasAdvanced(self) {
            if take(.semicolon) { continue }
            if end == .endOfFile, [.rightBrace, .rightParen, .rightBracket].contains(current.kind) {
                report { [text = text(current)] in SyntaxMessages.unmatchedBracket($0, text) }
                advance()
                continue
            }
            statements.append(parseTerminatedStatement())
        }
        return statements
    }

    /// A statement and its end: a line's end, `;`, `}` or the end of the file.
    private mutating func parseTerminatedStatement() -> Statement {
        let problems = diagnostics.count
        beginStatement()
        var statement = nested(missingStatement()) { $0.parseStatement() }
        if !atStatementEnd {
            if diagnostics.count == problems { reportStatementEnd() }
            resumeAtStatementEnd()
        }
        statement.isSilent = at(.semicolon)
        return statement
    }

    private mutating func reportStatementEnd() {
        switch current.kind {
        case .invalid: reportInvalid()
        case .rightParen, .rightBracket:
            report { [text = text(current)] in SyntaxMessages.unmatchedBracket($0, text) }
        case .arrow: report(SyntaxMessages.functionNeedsParentheses)
        default: report { [found = foundPhrase] in SyntaxMessages.expectedStatementEnd($0, found: found) }
        }
    }

    private func missingStatement() -> Statement {
        Statement(kind: .missing, range: SourceRange(current.start, current.start))
    }

    private mutating func parseStatement() -> Statement {
        let start = current.start
        switch current.kind {
        case .let, .var: return parseBinding()
        case .fn: return parseFunction()
        case .for: return parseFor()
        case .while:
            advance()
            let condition = parseExpression()
            let body = parseBlock(after: "'while'")
            return statement(.whileLoop(condition, body), from: start, over: condition.height, body.height)
        case .return:
            advance()
            let value = atStatementEnd ? nil : parseExpression()
            return statement(.returnValue(value), from: start, over: value?.height ?? 0)
        case .break:
            advance()
            return statement(.breakLoop, from: start)
        case .continue:
            advance()
            return statement(.continueLoop, from: start)
        case .import: return parseImport()
        default: return parseExpressionStatement()
        }
    }

    private func statement(_ kind: Statement.Kind, from start: Int, over heights: Int...) -> Statement {
        Statement(kind: kind, range: range(from: start), height: 1 + (heights.max() ?? 0))
    }

    // MARK: Bindings

    private mutating func parseBinding() -> Statement {
        let keyword = advance()
        let isVariable = keyword.kind == .var
        let pattern = isVariable ? .name(expectName(in: "'var'")) : parsePattern()
        guard expect(.assign, in: "'\(keyword.kind.rawValue)'") else {
            return statement(.bind(pattern, missing(), isVariable: isVariable), from: keyword.start)
        }
        let value = parseExpression()
        return statement(.bind(pattern, value, isVariable: isVariable), from: keyword.start, over: value.height)
    }

    private mutating func parsePattern() -> Pattern {
        let start = current.start
        switch current.kind {
        case .leftBracket:
            advance()
            let names = parsePatternNames(until: .rightBracket)
            return .list(names, range(from: start))
        case .leftBrace:
            advance()
            let names = parsePatternNames(until: .rightBrace)
            return .record(names, range(from: start))
        default: return .name(expectName(in: "'let'"))
        }
    }

    private mutating func parsePatternNames(until end: TokenKind) -> [Name] {
        withLineEnds(ignored: true) { parser in
            var names: [Name] = []
            var progress = LoopProgress()
            while !parser.at(end), !parser.at(.endOfFile), progress.hasAdvanced(parser) {
                names.append(parser.expectName(in: "the pattern"))
                if !parser.take(.comma) { break }
            }
            parser.expect(end, in: "the pattern")
            return names
        }
    }

    // MARK: Functions

    private mutating func parseFunction() -> Statement {
        let keyword = advance()
        let start = keyword.start
        let help = keyword.startsLine ? Cells.prose(above: start, in: source) : ""
        let name = expectName(in: "'fn'")
        let functionStart = name.range.start
        let id = makeFunctionID()
        let parameters = at(.leftParen) ? parseParameters() : missingParameters()
        let body: Block
        if take(.assign) {
            body = blockOf(parseExpression())
        } else {
            body = parseBlock(after: "the parameters")
        }
        let function = Function(
            id: id, parameters: parameters, body: body, range: range(from: functionStart), help: help)
        let height = max(body.height, parameters.lazy.map { $0.defaultValue?.height ?? 0 }.max() ?? 0)
        return statement(.function(name, function), from: start, over: height)
    }

    private mutating func missingParameters() -> [Function.Parameter] {
        expect(.leftParen, in: "the function")
        return []
    }

    /// A block of one expression: the body after `=` or `=>`.
    func blockOf(_ expression: Expression) -> Block {
        let statement = Statement(
            kind: .expression(expression), range: expression.range, height: expression.height + 1)
        return Block(statements: [statement], range: expression.range)
    }

    /// `(a, b = 1, ...rest)`
    mutating func parseParameters() -> [Function.Parameter] {
        withLineEnds(ignored: true) { parser in
            parser.advance()
            var parameters: [Function.Parameter] = []
            var progress = LoopProgress()
            while !parser.at(.rightParen), !parser.at(.endOfFile), progress.hasAdvanced(parser) {
                let isRest = parser.take(.ellipsis)
                let name = parser.expectName(in: "the parameters")
                let value = !isRest && parser.take(.assign) ? parser.parseExpression() : nil
                parameters.append(Function.Parameter(name: name, defaultValue: value, isRest: isRest))
                if !parser.take(.comma) { break }
            }
            if !parser.at(.rightParen) {
                parser.expect(.rightParen, in: "the parameters")
                parser.resume(at: .rightParen, .leftBrace, .assign)
            }
            _ = parser.take(.rightParen)
            return parameters
        }
    }

    // MARK: Loops and imports

    private mutating func parseFor() -> Statement {
        let start = advance().start
        let clause = parseForClause(in: "'for'")
        let body = parseBlock(after: "'for'")
        return statement(.forLoop(clause, body), from: start, over: clause.sequence.height, body.height)
    }

    /// `name, index in sequence`, after `for`.
    mutating func parseForClause(in construct: String) -> ForClause {
        var names = [expectName(in: construct)]
        if take(.comma) { names.append(expectName(in: construct)) }
        guard expect(.in, in: construct) else { return ForClause(names: names, sequence: missing()) }
        return ForClause(names: names, sequence: parseExpression())
    }

    private mutating func parseImport() -> Statement {
        let start = advance().start
        let pathStart = current.start
        guard at(.stringStart) else {
            report(SyntaxMessages.expectedImportPath, at: missingRange)
            return statement(.missing, from: start)
        }
        guard let path = parsePlainString() else { return statement(.missing, from: start) }
        let pathRange = range(from: pathStart)
        if take(.as) {
            let name = expectName(in: "'import'")
            return statement(.importFile(path: path, pathRange: pathRange, name), from: start)
        }
        let stem = Parser.stem(of: path)
        if !Parser.isName(stem) {
            remark({ SyntaxMessages.importNeedsName($0, stem) }, at: pathRange)
        }
        return statement(.importFile(path: path, pathRange: pathRange, makeName(stem, pathRange)), from: start)
    }

    /// The file's name without folders and ending.
    private static func stem(of path: String) -> String {
        let file = path.split(separator: "/").last ?? ""
        return String(file.lastIndex(of: ".").map { file[..<$0] } ?? file)
    }

    static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, first.startsName else { return false }
        return bytes.allSatisfy(\.continuesName) && TokenKind.keywordsBySpelling[text] == nil
    }

    // MARK: Expressions and assignments

    private mutating func parseExpressionStatement() -> Statement {
        let start = current.start
        let target = parseExpression()
        guard continues, let operation = assignmentOperator(current.kind) else {
            return statement(.expression(target), from: start, over: target.height)
        }
        let sign = advance()
        if !isTarget(target) {
            remark(SyntaxMessages.cannotAssign, at: target.range)
        }
        let value = parseExpression()
        return statement(
            .assign(target, operation: operation, operationRange: sign.range, value), from: start,
            over: target.height, value.height)
    }

    /// Outer nil: no assignment. Inner nil: the plain `=`.
    private func assignmentOperator(_ kind: TokenKind) -> BinaryOperator?? {
        switch kind {
        case .assign: .some(nil)
        case .plusAssign: .add
        case .minusAssign: .subtract
        case .timesAssign: .multiply
        case .divideAssign: .divide
        default: nil
        }
    }

    private func isTarget(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .name, .missing: true
        case .index(let base, _), .field(let base, _): isTarget(base)
        default: false
        }
    }

    // MARK: Blocks

    /// `{ statements }`, after a word that asks for it.
    mutating func parseBlock(after construct: String) -> Block {
        guard at(.leftBrace) else {
            let (found, isAssignment) = (foundPhrase, at(.assign))
            report(
                {
                    isAssignment
                        ? SyntaxMessages.assignmentInCondition($0)
                        : SyntaxMessages.expectedToken($0, "'{'", in: construct, found: found)
                }, at: missingRange)
            resumeAtBlock()
            guard at(.leftBrace) else { return Block(statements: [], range: range(from: previousEnd)) }
            return parseBracedBlock()
        }
        return parseBracedBlock()
    }

    /// A brace further on this line is the block that was meant.
    private mutating func resumeAtBlock() {
        while !atStatementEnd, !at(.leftBrace), ![.rightParen, .rightBracket].contains(current.kind) { advance() }
    }

    mutating func parseBracedBlock() -> Block {
        let brace = advance()
        let empty = Block(statements: [], range: brace.range)
        return nested(empty) { parser in
            parser.withLineEnds(ignored: false) { parser in
                let statements = parser.parseStatements(until: .rightBrace)
                if !parser.take(.rightBrace) {
                    parser.report({ SyntaxMessages.unclosedBracket($0, "{", "}") }, at: brace.range)
                }
                return Block(statements: statements, range: parser.range(from: brace.start))
            }
        }
    }
}
