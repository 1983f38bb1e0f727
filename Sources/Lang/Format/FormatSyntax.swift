// Tree to document: the cursor over the tokens that all constructs share. The tree says what to lay out, but every text
// comes from the tokens, taken in their order, and each token brings along the comments before it: so none is lost,
// wherever it stands. Where a line may end, a comment behind the last token stays on its line.

struct FormatSyntax {
    let source: SourceFile
    private let tokens: [Token]
    private var index = 0
    /// What lies before the next token and was not yet laid out.
    private(set) var gap: Gap

    static func document(of tree: SyntaxTree, tokens: [Token]) -> FormatDocument {
        var syntax = FormatSyntax(source: tree.source, tokens: tokens)
        let statements = syntax.statements(tree.statements, isTopLevel: true)
        return .sequence([statements, syntax.comments()])
    }

    private init(source: SourceFile, tokens: [Token]) {
        self.source = source
        self.tokens = tokens
        gap = Gap(before: 0, of: tokens, in: source.bytes)
    }

    // MARK: Cursor

    var next: Token { tokens[index] }

    func at(_ kind: TokenKind) -> Bool { next.kind == kind }

    /// The next token, behind the comments before it.
    mutating func token() -> FormatDocument {
        let comments = comments()
        let text = text(next.range)
        move(to: index + 1)
        return .sequence([comments, text])
    }

    /// The whole string at the cursor as it is spelled, interpolations included.
    mutating func string() -> FormatDocument {
        let comments = comments()
        let start = next.start
        var depth = 0
        var end = index
        while end < tokens.count - 1 {
            if tokens[end].kind == .stringStart { depth += 1 }
            if tokens[end].kind == .stringEnd { depth -= 1 }
            end += 1
            if depth == 0 { break }
        }
        let text = text(SourceRange(start, tokens[max(end - 1, index)].end))
        move(to: end)
        return .sequence([comments, text])
    }

    private mutating func move(to index: Int) {
        self.index = min(index, tokens.count - 1)
        gap = Gap(before: self.index, of: tokens, in: source.bytes)
    }

    private func text(_ range: SourceRange) -> FormatDocument {
        let bytes = source.bytes[range.start..<range.end]
        guard let first = bytes.firstIndex(of: UInt8(ascii: "\n")), let last = bytes.lastIndex(of: UInt8(ascii: "\n"))
        else { return .source(range, width: columns(bytes)) }
        return .source(range, width: columns(bytes[..<first]), lastWidth: columns(bytes[(last + 1)...]))
    }

    private func columns(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.allSatisfy { $0 < 0x80 } ? bytes.count : TextWidth.columns(of: String(decoding: bytes, as: UTF8.self))
    }

    // MARK: Comments and line ends

    /// All comments before the next token.
    mutating func comments() -> FormatDocument {
        if gap.comments.isEmpty { return .empty }
        defer { gap.comments = [] }
        return .sequence(gap.comments.map { .comment($0, isBlank: $0.followsBlankLine) })
    }

    /// A place where a line may end, with the comments there.
    /// - Parameter keepsBlank: whether an empty line of the author's stays; those between comments always do.
    mutating func line(
        _ flat: FormatDocument.Flat, keepsBlank: Bool = false, isBlank: Bool = false
    ) -> FormatDocument {
        var parts: [FormatDocument] = []
        if let first = gap.comments.first, first.isTrailing {
            parts.append(.comment(first))
            gap.comments.removeFirst()
        }
        parts.append(.line(flat, isBlank: isBlank || (keepsBlank && gap.beginsWithBlankLine)))
        guard !gap.comments.isEmpty else { return .sequence(parts) }
        for (position, comment) in gap.comments.enumerated() {
            parts.append(.comment(comment, isBlank: position > 0 && comment.followsBlankLine))
        }
        gap.comments = []
        if gap.endsWithBlankLine { parts.append(.line(.never, isBlank: true)) }
        return .sequence(parts)
    }

    /// Whether a sign behind these comments must stay between them and those that follow: a comment that trails it
    /// would get a line of its own, and prose before it would join prose behind it.
    func separates(_ before: [Comment]) -> Bool {
        guard let last = before.last, let first = gap.comments.first else { return false }
        return !last.isTrailing || first.isTrailing
    }

    /// The `;` at the cursor, any number of them. One stays if it silences, and any that parts comments.
    /// - Returns: what to lay out, and whether it ends in a comment that stood apart from what comes next.
    mutating func semicolons(silencing: Bool = false) -> (signs: FormatDocument, movesComments: Bool) {
        var signs: [FormatDocument] = []
        var isWanted = silencing
        var movesComments = false
        /// Whether code stands before the signs, so that a comment behind them can trail it.
        var hasCode = index > 0
        /// Since the last sign that stays.
        var last: [Comment] = []
        while at(.semicolon) {
            let before = gap.comments
            if !before.isEmpty { last = before }
            let comments = comments()
            let sign = token()
            if separates(last) || (!hasCode && gap.comments.first?.isTrailing == true) {
                signs += [comments, sign]
                hasCode = true
                last = []
                movesComments = false
            } else {
                signs += isWanted ? [sign, comments] : [comments]
                movesComments = movesComments || before.last?.isTrailing == false
            }
            isWanted = false
        }
        return (.sequence(signs), movesComments)
    }

    /// What follows `=`, `=>`, `:`: beside it if it can be broken inside, else below it where it does not fit.
    mutating func value(_ expression: Expression) -> FormatDocument {
        if gap.comments.isEmpty, !expression.isChain { return .sequence([.space, self.expression(expression)]) }
        return .group([.indent([line(.space), self.expression(expression, isIndented: false)])])
    }
}
