// Tokens to tree: the cursor, the guards and the recovery that the grammar's files (`ParseStatements`,
// `ParseExpressions`, `ParseLiterals`) share. The parser never gives up: it reports what it missed, leaves a `missing`
// node and resumes at the next separator or statement, so that all syntax errors of a file are reported at once. Every
// loop advances or stops, and no tree is higher than the nesting limit.

/// Parses one source.
struct Parser {
    let source: SourceFile
    let nesting: Int
    private let tokens: [Token]
    private var index = 0
    /// For each opening bracket or string, the index of its end.
    private let partners: [Int: Int]
    private(set) var diagnostics: [Diagnostic] = []
    /// How many problems were reported where the file ends.
    private(set) var problemsAtEnd = 0
    /// The token at which the last problem was reported: one problem a token is enough.
    private var lastProblem = -1
    /// The first token of the current statement.
    private var statementStart = 0
    private var depth = 0
    private var nameCount = 0
    private var functionCount = 0
    private var formulaCount = 0
    /// Inside `( )` and `[ ]` a line's end means nothing.
    var ignoresLineEnds = false

    /// A larger source is refused: no script is, and its tokens and tree would take gigabytes.
    static let largestSource = 16 << 20

    /// The tree and all problems of a source.
    static func parse(_ source: SourceFile, nesting: Int) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
        guard source.bytes.count <= largestSource else {
            let place = Place(source: source, range: .beginning)
            let tree = SyntaxTree(source: source, statements: [], nameCount: 0, functionCount: 0, formulaCount: 0)
            return (tree, [SyntaxMessages.sourceTooLarge(place, limit: largestSource)])
        }
        return parse(source, tokens: Lexer.tokens(of: source), nesting: nesting)
    }

    /// For tests, which drop tokens.
    static func parse(
        _ source: SourceFile, tokens: [Token], nesting: Int
    ) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
        var parser = Parser(source: source, tokens: tokens, nesting: nesting)
        let statements = parser.parseProgram()
        let tree = SyntaxTree(
            source: source, statements: statements, nameCount: parser.nameCount, functionCount: parser.functionCount,
            formulaCount: parser.formulaCount)
        return (tree, parser.diagnostics)
    }

    /// The problems of a source, when each of them is that the text ends; nil when one is found before.
    static func problemsOfEnd(_ source: SourceFile, tokens: [Token], nesting: Int) -> [Diagnostic]? {
        var parser = Parser(source: source, tokens: tokens, nesting: nesting)
        _ = parser.parseProgram()
        return parser.problemsAtEnd == parser.diagnostics.count ? parser.diagnostics : nil
    }

    private init(source: SourceFile, tokens: [Token], nesting: Int) {
        self.source = source
        self.nesting = nesting
        let end = source.bytes.count
        let last = Token(kind: .endOfFile, start: end, end: end, startsLine: true)
        self.tokens = tokens.last?.kind == .endOfFile ? tokens : tokens + [last]
        partners = Parser.partners(in: self.tokens)
    }

    /// Finds the end of each bracket in one pass, so that looking ahead (`(a, b) =>`) costs nothing.
    private static func partners(in tokens: [Token]) -> [Int: Int] {
        var partners: [Int: Int] = [:]
        var open: [Int] = []
        for (index, token) in tokens.enumerated() {
            switch token.kind {
            case .leftParen, .leftBracket, .leftBrace, .stringStart, .interpolationStart: open.append(index)
            case .rightParen, .rightBracket, .rightBrace, .stringEnd, .interpolationEnd:
                if let start = open.popLast() { partners[start] = index }
            default: break
            }
        }
        return partners
    }

    // MARK: Cursor

    var current: Token { tokens[index] }

    /// The end of the token before the current one.
    var previousEnd: Int { index > 0 ? tokens[index - 1].end : 0 }

    func peek(_ distance: Int) -> Token { tokens[min(index + distance, tokens.count - 1)] }

    /// The token behind the end of the bracket or string that is `distance` tokens ahead.
    func peek(behindPartnerOf distance: Int) -> Token? {
        guard let partner = partners[index + distance] else { return nil }
        return tokens[min(partner + 1, tokens.count - 1)]
    }

    func at(_ kind: TokenKind) -> Bool { current.kind == kind }

    /// Whether the current token may go on with the expression before it.
    var continues: Bool { !current.startsLine || ignoresLineEnds }

    /// Whether a bracket that is open here was never closed: the file ends, or a line begins with a word that opens a
    /// statement.
    var isCutShort: Bool {
        at(.endOfFile) || (current.startsLine && current.kind.startsStatement && peek(1).kind != .colon)
    }

    var atStatementEnd: Bool {
        current.startsLine || at(.semicolon) || at(.rightBrace) || at(.endOfFile)
    }

    @discardableResult
    mutating func advance() -> Token {
        let token = tokens[index]
        if index < tokens.count - 1 { index += 1 }
        return token
    }

    mutating func take(_ kind: TokenKind) -> Bool {
        guard at(kind) else { return false }
        advance()
        return true
    }

    func text(_ token: Token) -> String { source.text(token.range) }

    func range(from start: Int) -> SourceRange { SourceRange(start, previousEnd) }

    // MARK: Problems

    /// Reports a problem, unless one was reported at this token.
    mutating func report(_ message: (Place) -> Diagnostic, at range: SourceRange? = nil) {
        guard lastProblem != index else { return }
        lastProblem = index
        if at(.endOfFile) { problemsAtEnd += 1 }
        let place = range ?? current.range
        diagnostics.append(message(Place(source: source, range: place)))
    }

    /// Reports a problem that is no reason to resume elsewhere.
    mutating func remark(_ diagnostic: (Place) -> Diagnostic, at range: SourceRange) {
        diagnostics.append(diagnostic(Place(source: source, range: range)))
    }

    /// Takes a token or reports that it is missing.
    @discardableResult
    mutating func expect(_ kind: TokenKind, in construct: String) -> Bool {
        if take(kind) { return true }
        report(
            { [found = foundPhrase] in SyntaxMessages.expectedToken($0, kind.phrase, in: construct, found: found) },
            at: missingRange)
        return false
    }

    /// The current token as a message says it.
    var foundPhrase: String {
        if !ignoresLineEnds, current.startsLine, !at(.endOfFile) { return "the end of the line" }
        switch current.kind {
        case .endOfFile: return "the end of the file"
        case .name, .number: return "'\(text(current))'"
        default: return current.kind.phrase
        }
    }

    /// Where something is missing: at the end of an unfinished line, not at the beginning of the next.
    var missingRange: SourceRange {
        let isNewLine = current.startsLine && (!ignoresLineEnds || isCutShort) && index > statementStart
        return isNewLine ? SourceRange(previousEnd, previousEnd) : current.range
    }

    mutating func beginStatement() { statementStart = index }

    // MARK: Recovery

    /// Skips to one of the kinds, to the end of the enclosing bracket, or to what must be a new statement; brackets on
    /// the way are skipped whole.
    mutating func resume(at kinds: TokenKind...) {
        while !at(.endOfFile), !kinds.contains(current.kind) {
            if current.startsLine, current.kind.startsStatement { return }
            switch current.kind {
            case .rightParen, .rightBracket, .rightBrace, .interpolationEnd: return
            default: skipWhole()
            }
        }
    }

    /// Skips to the end of the statement.
    mutating func resumeAtStatementEnd() {
        while !atStatementEnd { skipWhole() }
    }

    /// Skips a token, or a bracket with all that it holds.
    private mutating func skipWhole() {
        if let partner = partners[index], partner > index { index = partner }
        advance()
    }

    // MARK: Guards

    /// Runs a parse function one level deeper; beyond the limit the rest of the file is skipped.
    mutating func nested<T>(_ fallback: T, _ parse: (inout Parser) -> T) -> T {
        guard depth < nesting else {
            giveUpNesting(at: current.range)
            return fallback
        }
        depth += 1
        defer { depth -= 1 }
        return parse(&self)
    }

    /// Runs a parse function in which line ends mean nothing, or mean something again.
    mutating func withLineEnds<T>(ignored: Bool, _ parse: (inout Parser) -> T) -> T {
        let saved = ignoresLineEnds
        ignoresLineEnds = ignored
        defer { ignoresLineEnds = saved }
        return parse(&self)
    }

    private mutating func giveUpNesting(at range: SourceRange) {
        guard !at(.endOfFile) || lastProblem != index else { return }
        index = tokens.count - 1
        lastProblem = -1
        report({ [nesting] in SyntaxMessages.nestingTooDeep($0, limit: nesting) }, at: range)
    }

    /// A node over its children; a chain that grows too high ends the parse like brackets do.
    mutating func node(_ kind: Expression.Kind, from start: Int, over heights: Int...) -> Expression {
        let range = range(from: start)
        let height = 1 + (heights.max() ?? 0)
        guard height <= nesting * 2 else {
            giveUpNesting(at: SourceRange(start, start))
            return Expression(kind: .missing, range: range)
        }
        return Expression(kind: kind, range: range, height: height)
    }

    // MARK: Numbered parts

    mutating func makeName(_ token: Token) -> Name { makeName(text(token), token.range) }

    mutating func makeName(_ text: String, _ range: SourceRange) -> Name {
        defer { nameCount += 1 }
        return Name(text: text, range: range, id: nameCount)
    }

    mutating func makeFunctionID() -> Int {
        defer { functionCount += 1 }
        return functionCount
    }

    mutating func makeFormulaID() -> Int {
        defer { formulaCount += 1 }
        return formulaCount
    }

    /// A name, or a report and a name that nothing can refer to.
    mutating func expectName(in construct: String) -> Name {
        if at(.name) { return makeName(advance()) }
        if current.kind.isKeyword {
            report { [word = text(current)] in SyntaxMessages.keywordAsName($0, word) }
            if continues { advance() }
        } else {
            let found = foundPhrase
            report(
                { SyntaxMessages.expectedToken($0, TokenKind.name.phrase, in: construct, found: found) },
                at: missingRange)
        }
        return makeName("", SourceRange(current.start, current.start))
    }
}

/// Ends a parse loop whose body took no token.
struct LoopProgress {
    private var position = -1

    mutating func hasAdvanced(_ parser: Parser) -> Bool {
        let start = parser.current.start
        defer { position = start }
        return start > position
    }
}
