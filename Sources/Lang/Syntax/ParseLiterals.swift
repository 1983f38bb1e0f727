// Primary expressions: numbers, strings, names, lists, records, groups, `if` and `try`.

extension Parser {
    mutating func parsePrimary() -> Expression {
        let start = current.start
        switch current.kind {
        case .number: return parseNumber()
        case .stringStart: return parseString()
        case .name:
            let name = makeName(advance())
            return node(.name(name), from: start)
        case .true, .false:
            let isTrue = advance().kind == .true
            return node(.bool(isTrue), from: start)
        case .none:
            advance()
            return node(.nothing, from: start)
        case .leftParen: return parseGroup()
        case .leftBracket: return parseList()
        case .leftBrace where opensRecord: return parseRecord()
        case .leftBrace: return parseStrayBlock()
        case .if: return parseIf()
        case .try: return parseTry()
        case .invalid:
            reportInvalid()
            advance()
            return missing()
        default: return missingExpression()
        }
    }

    private mutating func missingExpression() -> Expression {
        switch current.kind {
        case .dot where peek(1).kind == .number:
            report(SyntaxMessages.numberNeedsZero)
            advance()
            advance()
        case .not: report(SyntaxMessages.notNeedsParentheses)
        default:
            report({ [found = foundPhrase] in SyntaxMessages.expectedExpression($0, found: found) }, at: missingRange)
        }
        return missing()
    }

    /// Reports a character that begins no token, with the sign that a user of other languages looks for.
    mutating func reportInvalid() {
        let text = text(current)
        let isMalformed = String(validating: source.bytes[current.start..<current.end], as: UTF8.self) == nil
        if isMalformed {
            report(SyntaxMessages.malformedUTF8)
        } else {
            report { SyntaxMessages.invalidCharacter($0, text) }
        }
    }

    // MARK: Numbers

    private mutating func parseNumber() -> Expression {
        let token = advance()
        let spelling = text(token).filter { $0 != "_" }
        guard let number = Parser.number(spelling) else {
            remark({ SyntaxMessages.malformedNumber($0, spelling) }, at: token.range)
            return missing()
        }
        return node(.number(number), from: token.start)
    }

    private static func number(_ spelling: String) -> Double? {
        if spelling.hasPrefix("0x") || spelling.hasPrefix("0X") {
            return UInt64(spelling.dropFirst(2), radix: 16).map { Double($0) }
        }
        // The sum of both roundings must be the nearest double to 0.95, hence the exponent and no division.
        if spelling.hasSuffix("%") {
            let digits = spelling.dropLast()
            return digits.contains("e") || digits.contains("E")
                ? Double(digits).map { $0 / 100 } : Double(digits + "e-2")
        }
        return Double(spelling)
    }

    // MARK: Strings

    /// A string without interpolation; nil (and a report) when it has some.
    mutating func parsePlainString() -> String? {
        let start = current.range
        let string = parseString()
        guard case .string(let parts) = string.kind else { return nil }
        var text = ""
        for part in parts {
            guard case .text(let piece) = part else {
                remark(SyntaxMessages.interpolationNotAllowed, at: start)
                return nil
            }
            text += piece
        }
        return text
    }

    private mutating func parseString() -> Expression {
        let start = advance()
        let quotes = text(start)
        let isRaw = quotes.hasPrefix("r")
        var parts: [StringPart] = []
        var height = 0
        var isFirst = true
        while true {
            switch current.kind {
            case .stringText:
                let token = advance()
                var piece = decode(token, isRaw: isRaw)
                if isFirst, quotes.hasSuffix("\"\"\""), piece.first?.isNewline == true { piece.removeFirst() }
                parts.append(.text(piece))
            case .interpolationStart:
                let (expression, format) = parseInterpolation()
                height = max(height, expression.height)
                parts.append(.interpolation(expression, format: format))
            case .stringEnd:
                advance()
                return node(.string(parts), from: start.start, over: height)
            default:
                report(SyntaxMessages.unterminatedString, at: start.range)
                return node(.string(parts), from: start.start, over: height)
            }
            isFirst = false
        }
    }

    private mutating func parseInterpolation() -> (Expression, FormatSpec?) {
        let open = advance()
        let expression = withLineEnds(ignored: true) { $0.parseExpression() }
        var format: FormatSpec?
        if at(.formatSpec) {
            let token = advance()
            let spelling = String(text(token).dropFirst())
            format = FormatSpec(spelling)
            if format == nil { remark({ SyntaxMessages.malformedFormat($0, spelling) }, at: token.range) }
        }
        if !take(.interpolationEnd) {
            report({ SyntaxMessages.unclosedBracket($0, "{", "}") }, at: open.range)
            while ![.interpolationEnd, .stringEnd, .endOfFile].contains(current.kind), !current.startsLine { advance() }
            _ = take(.interpolationEnd)
        }
        return (expression, format)
    }

    /// The characters that a text token stands for.
    private mutating func decode(_ token: Token, isRaw: Bool) -> String {
        guard let text = String(validating: source.bytes[token.start..<token.end], as: UTF8.self) else {
            remark(SyntaxMessages.malformedUTF8, at: token.range)
            return ""
        }
        if isRaw || !text.utf8.contains(where: { "\\{}".utf8.contains($0) }) { return text }
        var result = ""
        var offset = token.start
        var rest = Substring(text)
        while let character = rest.popFirst() {
            let start = offset
            offset += character.utf8.count
            if character == "\\" {
                let before = rest.utf8.count
                let replacement = Escape.take(from: &rest)
                offset += before - rest.utf8.count
                if let replacement {
                    result.unicodeScalars.append(replacement)
                } else {
                    remark(SyntaxMessages.invalidEscape, at: SourceRange(start, offset))
                }
            } else {
                if (character == "{" || character == "}"), rest.first == character {
                    rest.removeFirst()
                    offset += 1
                }
                result.append(character)
            }
        }
        return result
    }

    // MARK: Brackets

    private mutating func parseGroup() -> Expression {
        let open = advance()
        return withLineEnds(ignored: true) { parser in
            let inner = parser.parseExpression()
            parser.close(open, .rightParen)
            return parser.node(.group(inner), from: open.start, over: inner.height)
        }
    }

    private mutating func parseList() -> Expression {
        let open = advance()
        return withLineEnds(ignored: true) { parser in
            var elements: [Expression] = []
            var progress = LoopProgress()
            while !parser.at(.rightBracket), !parser.isCutShort, progress.hasAdvanced(parser) {
                elements.append(parser.parseExpression())
                if elements.count == 1, parser.at(.for) { return parser.parseComprehension(elements[0], open) }
                if !parser.at(.comma), !parser.at(.rightBracket) { parser.reportListEnd("the list", open) }
                if !parser.take(.comma) { break }
            }
            parser.close(open, .rightBracket)
            return parser.node(.list(elements), from: open.start, over: elements.lazy.map(\.height).max() ?? 0)
        }
    }

    /// `element for name, index in sequence if condition]`
    private mutating func parseComprehension(_ element: Expression, _ open: Token) -> Expression {
        advance()
        let clause = parseForClause(in: "the comprehension")
        let condition = take(.if) ? parseExpression() : nil
        close(open, .rightBracket)
        return node(
            .comprehension(element, clause, condition: condition), from: open.start,
            over: element.height, clause.sequence.height, condition?.height ?? 0)
    }

    /// Whether the `{` here opens a record: `}`, `name :` or `string :` follows, or the text ends before it can.
    var opensRecord: Bool {
        func isColon(_ token: Token?) -> Bool { token.map { $0.kind == .colon || $0.kind == .endOfFile } ?? false }
        return switch peek(1).kind {
        case .rightBrace, .endOfFile: true
        case .stringStart: isColon(peek(behindPartnerOf: 1))
        case .name: isColon(peek(2))
        default: peek(1).kind.isKeyword && peek(2).kind == .colon
        }
    }

    private mutating func parseRecord() -> Expression {
        let open = advance()
        return withLineEnds(ignored: true) { parser in
            var fields: [RecordField] = []
            var progress = LoopProgress()
            while !parser.at(.rightBrace), !parser.isCutShort, progress.hasAdvanced(parser) {
                if let field = parser.parseRecordField() { fields.append(field) }
                if !parser.at(.comma), !parser.at(.rightBrace) { parser.reportListEnd("the record", open) }
                if !parser.take(.comma) { break }
            }
            parser.close(open, .rightBrace)
            parser.reportRepeatedFields(fields)
            return parser.node(.record(fields), from: open.start, over: fields.lazy.map(\.value.height).max() ?? 0)
        }
    }

    private mutating func parseRecordField() -> RecordField? {
        let start = current.start
        let name: String?
        if at(.stringStart) {
            name = parsePlainString()
        } else if current.kind.isKeyword {
            name = text(advance())
        } else {
            name = expectName(in: "the record").text
        }
        let nameRange = range(from: start)
        guard expect(.colon, in: "the record") else { return nil }
        let value = parseExpression()
        return name.map { RecordField(name: $0, nameRange: nameRange, value: value) }
    }

    private mutating func reportRepeatedFields(_ fields: [RecordField]) {
        var seen: Set<String> = []
        for field in fields where !seen.insert(field.name).inserted {
            remark({ SyntaxMessages.repeatedField($0, field.name) }, at: field.nameRange)
        }
    }

    /// A block where an expression should stand: reported, parsed for its own errors, and dropped.
    private mutating func parseStrayBlock() -> Expression {
        report(SyntaxMessages.strayBlock)
        _ = parseBracedBlock()
        return missing()
    }

    // MARK: Conditionals

    private mutating func parseIf() -> Expression {
        let start = advance().start
        let condition = parseExpression()
        let body = parseBlock(after: "'if'")
        var otherwise: Block?
        if take(.else) {
            if at(.if) {
                otherwise = blockOf(nested(missing()) { $0.parseIf() })
            } else {
                otherwise = parseBlock(after: "'else'")
            }
        }
        return node(
            .conditional(condition, body, otherwise: otherwise), from: start,
            over: condition.height, body.height, otherwise?.height ?? 0)
    }

    private mutating func parseTry() -> Expression {
        let start = advance().start
        let body = parseBlock(after: "'try'")
        guard expect(.catch, in: "'try'") else { return missing() }
        let name = expectName(in: "'catch'")
        let handler = parseBlock(after: "'catch'")
        return node(.attempt(body, name, handler: handler), from: start, over: body.height, handler.height)
    }
}
