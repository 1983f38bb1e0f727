// Walks the tokens before a cursor once, with a stack of the brackets that are open.

/// What the tokens before a cursor tell.
struct CursorScan {
    /// An open bracket, string or interpolation.
    private struct Frame {
        let kind: TokenKind
        /// Index of the opening token.
        let opener: Int
        /// The function's name when the bracket opens its arguments.
        var callee: Range<Int>?
        var isCall = false
        /// Whether the names in it are bound: parameters of a `fn`, a pattern.
        var binds = false
        /// The first token of the current element.
        var itemStart: Int
        var itemName: String?
        var positional = 0
        var given: Set<String> = []
        var subjects: [[String]] = []
        /// The first tokens of the elements, where they are names.
        var names: [String] = []
    }

    let source: SourceFile
    let tokens: [Token]
    /// Where the token at the cursor begins, or the content of the string.
    private(set) var start: Int
    private let cursor: Int
    private var frames: [Frame] = []
    private var lastClosed: Frame?
    private(set) var locals: Set<String> = []
    private(set) var rows: Set<String> = []

    init(_ source: SourceFile, cursor: Int) {
        self.source = source
        self.cursor = cursor
        var tokens = Array(Lexer.tokens(of: source).dropLast())
        var start = cursor
        if let last = tokens.last, last.end == cursor, last.kind == .name || last.kind.isKeyword {
            start = last.start
            tokens.removeLast()
        }
        self.tokens = tokens
        self.start = start
        for index in tokens.indices { visit(index) }
        if let string = openString { self.start = string }
    }

    // MARK: Answers

    var kind: CursorContext.Kind {
        if openString != nil { return .string }
        let gap = SourceRange(tokens.last?.end ?? 0, start)
        if let line = source.text(gap).split(separator: "\n", omittingEmptySubsequences: false).last,
            line.contains("#")
        {
            return .nothing
        }
        guard let last = tokens.last else { return .name }
        switch last.kind {
        case .dot:
            guard let chain = chain(endingAt: tokens.count - 2) else { return .nothing }
            return .field(of: texts(chain))
        case .let, .var, .fn, .as, .catch, .number, .invalid: return startsLine(after: last) ? .name : .nothing
        case .name, .rightParen, .rightBracket, .rightBrace, .stringEnd, .true, .false, .none:
            // Behind a whole value only words such as `and` can follow, and they are short.
            return startsLine(after: last) ? .name : .nothing
        default: return .name
        }
    }

    /// The names of what the string at the cursor indexes, as in `a.b["`; empty when it stands elsewhere.
    var indexed: [String] {
        guard frames.count > 1, openString != nil, frames[frames.count - 2].kind == .leftBracket,
            frames[frames.count - 1].opener == frames[frames.count - 2].opener + 1
        else { return [] }
        return chain(endingAt: frames[frames.count - 2].opener - 1).map(texts) ?? []
    }

    /// Whether only an expression can stand at the cursor.
    var isInExpression: Bool { isInBrackets }

    var startsArgument: Bool {
        guard let frame = frames.last, frame.isCall else { return false }
        return frame.itemStart == tokens.count && kind == .name
    }

    var calls: [CursorContext.Call] {
        frames.reversed().filter(\.isCall).map { frame in
            var call = CursorContext.Call()
            let start = frame.callee.flatMap { pipeStart(before: $0.lowerBound) }
            let head = start.map(pipeHead)
            if let start, let callee = frame.callee { call.steps = steps(from: start, to: callee.lowerBound - 1) }
            call.function = frame.callee.map(texts) ?? []
            call.given = frame.given
            call.position = frame.positional + (head == nil ? 0 : 1)
            call.argument = frame.itemName
            call.subjects = (head.map { $0.isEmpty ? [] : [$0] } ?? []) + frame.subjects
            return call
        }
    }

    /// The names of arguments that follow in the innermost call, up to its end.
    static func argumentNames(_ rest: SourceFile) -> Set<String> {
        let tokens = Lexer.tokens(of: rest)
        var names: Set<String> = []
        var depth = 0
        for (index, token) in tokens.enumerated() where depth >= 0 {
            switch token.kind {
            case .leftParen, .leftBracket, .leftBrace, .interpolationStart: depth += 1
            case .rightParen, .rightBracket, .rightBrace, .interpolationEnd: depth -= 1
            case .colon where depth == 0 && index >= 2 && tokens[index - 2].kind == .comma:
                names.insert(rest.text(tokens[index - 1].range))
            default: break
            }
        }
        return names
    }

    // MARK: Walking

    private mutating func visit(_ index: Int) {
        let token = tokens[index]
        noteName(index)
        switch token.kind {
        case .leftParen: openParenthesis(index)
        case .leftBracket, .leftBrace, .stringStart, .interpolationStart:
            var frame = Frame(kind: token.kind, opener: index, itemStart: index + 1)
            frame.binds = index > 0 && tokens[index - 1].kind == .let
            frames.append(frame)
        case .rightParen, .rightBracket, .rightBrace, .stringEnd, .interpolationEnd:
            endItem(at: index)
            lastClosed = frames.popLast()
        case .comma: endItem(at: index)
        case .colon: nameItem(index)
        case .arrow: bindLambda(index)
        default: break
        }
    }

    private mutating func openParenthesis(_ index: Int) {
        var frame = Frame(kind: .leftParen, opener: index, itemStart: index + 1)
        let previous = index > 0 ? tokens[index - 1].kind : .endOfFile
        let continues = !tokens[index].startsLine || isInBrackets
        if continues, [.name, .rightParen, .rightBracket].contains(previous) {
            frame.callee = chain(endingAt: index - 1)
            let first = frame.callee?.lowerBound ?? 0
            frame.binds = first > 0 && tokens[first - 1].kind == .fn
            frame.isCall = !frame.binds
        }
        frames.append(frame)
    }

    private mutating func endItem(at index: Int) {
        guard var frame = frames.last else { return }
        let valueStart = frame.itemStart + (frame.itemName == nil ? 0 : 2)
        if frame.itemName == nil, index > frame.itemStart { frame.positional += 1 }
        if frame.isCall, let chain = chain(from: valueStart), chain.upperBound == index {
            frame.subjects.append(texts(chain))
        }
        frame.itemStart = index + 1
        frame.itemName = nil
        frames[frames.count - 1] = frame
    }

    private mutating func nameItem(_ index: Int) {
        guard var frame = frames.last, frame.isCall, index == frame.itemStart + 1 else { return }
        let name = source.text(tokens[index - 1].range)
        frame.itemName = name
        frame.given.insert(name)
        frames[frames.count - 1] = frame
    }

    /// A name that is bound where it stands.
    private mutating func noteName(_ index: Int) {
        guard tokens[index].kind == .name else { return }
        let name = source.text(tokens[index].range)
        let previous = index > 0 ? tokens[index - 1].kind : .endOfFile
        if [.let, .var, .fn, .for, .catch, .as].contains(previous) { locals.insert(name) }
        if index > 2, previous == .comma, tokens[index - 3].kind == .for { locals.insert(name) }
        guard let frame = frames.last, frame.itemStart == index || previous == .ellipsis else { return }
        frames[frames.count - 1].names.append(name)
        if frame.binds { locals.insert(name) }
    }

    private mutating func bindLambda(_ index: Int) {
        guard index > 0 else { return }
        let names =
            tokens[index - 1].kind == .name
            ? [source.text(tokens[index - 1].range)]
            : tokens[index - 1].kind == .rightParen ? lastClosed?.names ?? [] : []
        locals.formUnion(names)
        rows.formUnion(names)
    }

    // MARK: Parts

    /// Where the content of the string begins in which the cursor stands.
    private var openString: Int? {
        guard let frame = frames.last, frame.kind == .stringStart else { return nil }
        let quotes = tokens[frame.opener].range
        let text = source.text(SourceRange(quotes.end, cursor))
        // A string of one line ends with it, closed or not.
        if text.contains("\n"), !source.text(quotes).hasSuffix("\"\"\"") { return nil }
        return quotes.end
    }

    private var isInBrackets: Bool {
        frames.last.map { [.leftParen, .leftBracket, .interpolationStart].contains($0.kind) } ?? false
    }

    private func startsLine(after last: Token) -> Bool {
        !isInBrackets && source.text(SourceRange(last.end, start)).contains("\n")
    }

    private func texts(_ chain: Range<Int>) -> [String] {
        tokens[chain].filter { $0.kind != .dot }.map { source.text($0.range) }
    }

    /// `a.b.c` that ends with a token; nil when it is the field of something computed.
    private func chain(endingAt index: Int) -> Range<Int>? {
        guard tokens.indices.contains(index), isWord(index) else { return nil }
        var start = index
        while start > 0, tokens[start - 1].kind == .dot {
            guard start > 1, isWord(start - 2) else { return nil }
            start -= 2
        }
        return tokens[start].kind == .name ? start..<index + 1 : nil
    }

    /// `a.b.c` that begins with a token.
    private func chain(from index: Int) -> Range<Int>? {
        guard tokens.indices.contains(index), tokens[index].kind == .name else { return nil }
        var end = index + 1
        while end + 1 < tokens.count, tokens[end].kind == .dot, isWord(end + 1) { end += 2 }
        return index..<end
    }

    private func isWord(_ index: Int) -> Bool { tokens[index].kind == .name || tokens[index].kind.isKeyword }

    /// Where the pipe begins that ends before a token; nil when there is none.
    private func pipeStart(before index: Int) -> Int? {
        guard index > 0, tokens[index - 1].kind == .pipe else { return nil }
        var depth = 0
        var start = index - 1
        for position in stride(from: index - 2, through: 0, by: -1) {
            let token = tokens[position]
            switch token.kind {
            case .rightParen, .rightBracket, .rightBrace, .stringEnd, .interpolationEnd: depth += 1
            case .leftParen, .leftBracket, .leftBrace, .stringStart, .interpolationStart: depth -= 1
            case .assign, .comma, .colon, .semicolon, .arrow, .return, .in: if depth == 0 { depth = -1 }
            default: break
            }
            if depth < 0 { break }
            start = position
            if depth == 0, token.startsLine, token.kind != .pipe, !isInBrackets { break }
        }
        return start
    }

    /// The names with which a pipe begins, or of the first argument of the call with which it begins; empty when it begins
    /// with something else.
    private func pipeHead(from start: Int) -> [String] {
        // A text that begins with a pipe goes on from the last value.
        if tokens[start].kind == .pipe { return ["_"] }
        guard let head = chain(from: start), head.upperBound < tokens.count else { return [] }
        if tokens[head.upperBound].kind == .pipe { return texts(head) }
        guard tokens[head.upperBound].kind == .leftParen, let first = chain(from: head.upperBound + 1),
            first.upperBound < tokens.count, [.comma, .rightParen].contains(tokens[first.upperBound].kind)
        else { return [] }
        return texts(first)
    }
}
