// What the parts of a source look like to a reader: the lexer's tokens sorted into a dozen kinds, comments and spaces
// between them included. Nothing is parsed, so broken sources have colours too. Invariant: the spans cover the source
// without gaps, in order.

/// The kinds of text that a source is made of.
public enum Highlighting {
    public enum Kind: String, CaseIterable, Sendable {
        case plain, keyword, constant, string, interpolation, number, comment, prose, function, argument, sign, invalid
    }

    public struct Span: Hashable, Sendable {
        public let kind: Kind
        public let range: SourceRange
    }

    /// The spans of a source; neighbours differ in kind.
    public static func spans(of source: SourceFile) -> [Span] {
        var spans: [Span] = []
        func add(_ kind: Kind, _ start: Int, _ end: Int) {
            guard start < end else { return }
            if let last = spans.last, last.kind == kind {
                spans[spans.count - 1] = Span(kind: kind, range: SourceRange(last.range.start, end))
            } else {
                spans.append(Span(kind: kind, range: SourceRange(start, end)))
            }
        }
        var position = 0
        for (kind, token) in classified(Lexer.tokens(of: source)) {
            for gap in between(position, token.start, in: source) { add(gap.kind, gap.range.start, gap.range.end) }
            add(kind, token.start, token.end)
            position = token.end
        }
        return spans
    }

    // MARK: Tokens

    /// The table: what a token is by itself.
    private static func kind(of token: TokenKind) -> Kind {
        switch token {
        case .let, .var, .fn, .if, .else, .for, .in, .while, .break, .continue, .return, .try, .catch, .import, .as,
            .and, .or, .not:
            .keyword
        case .true, .false, .none: .constant
        case .number: .number
        case .stringStart, .stringText, .stringEnd: .string
        case .interpolationStart, .interpolationEnd, .formatSpec: .interpolation
        case .invalid: .invalid
        case .name, .endOfFile: .plain
        default: .sign
        }
    }

    /// Tokens with their kinds; names by what stands around them.
    private static func classified(_ tokens: [Token]) -> [(kind: Kind, token: Token)] {
        /// Open brackets: whether a name before a `:` names an argument or a field there.
        var brackets: [Bool] = []
        return tokens.indices.map { index in
            let token = tokens[index]
            switch token.kind {
            case .leftParen, .leftBrace: brackets.append(true)
            case .leftBracket, .interpolationStart: brackets.append(false)
            case .rightParen, .rightBrace, .rightBracket, .interpolationEnd: _ = brackets.popLast()
            default: break
            }
            guard token.kind == .name else { return (kind(of: token.kind), token) }
            let next = index + 1 < tokens.count ? tokens[index + 1] : token
            let previous = index > 0 ? tokens[index - 1].kind : .endOfFile
            if next.kind == .colon, brackets.last == true { return (.argument, token) }
            let isCalled = next.kind == .leftParen && next.start == token.end
            return (isCalled || previous == .fn || previous == .pipe ? .function : .plain, token)
        }
    }

    // MARK: Between tokens

    /// Spaces and comments between two offsets. Where no token stands, a `#` opens a comment.
    private static func between(_ start: Int, _ end: Int, in source: SourceFile) -> [Span] {
        var spans: [Span] = []
        var position = start
        while position < end {
            let hash = source.bytes[position..<end].firstIndex(of: UInt8(ascii: "#")) ?? end
            spans.append(Span(kind: .plain, range: SourceRange(position, hash)))
            guard hash < end else { break }
            let lineEnd = source.bytes[hash..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
            let startsLine = source.bytes[source.lineRange(source.line(at: hash)).start..<hash].allSatisfy {
                $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
            }
            let isProse = startsLine && source.bytes[hash..<lineEnd].starts(with: "##".utf8)
            spans.append(Span(kind: isProse ? .prose : .comment, range: SourceRange(hash, lineEnd)))
            position = lineEnd
        }
        return spans
    }
}
