// Other spellings of a program: comments and line ends put wherever the language allows them, spaces taken away. Where
// they are allowed is not known here but tried out, so that the tests depend on the parser alone.

@testable import Lang

struct FormatMutations {
    private let source: SourceFile
    private let tokens: [Token]
    /// For each gap before a token, whether it lies inside a string.
    private let isInString: [Bool]

    init(_ text: String) {
        source = SourceFile(name: "test", text: text)
        tokens = Lexer.tokens(of: source)
        var depth = 0
        isInString = tokens.map { token in
            if token.kind == .stringEnd { depth -= 1 }
            defer { if token.kind == .stringStart { depth += 1 } }
            return depth > 0 || token.kind == .stringEnd
        }
    }

    /// The program with some texts put before its tokens.
    func inserting(_ insertion: (Int) -> String?) -> String {
        var result = ""
        var end = 0
        for (index, token) in tokens.enumerated() {
            result += source.text(SourceRange(end, token.start))
            if let text = insertion(index) { result += text }
            result += source.text(token.range)
            end = token.end
        }
        return result
    }

    /// The gaps before which a comment may end the line.
    func placesForLineEnds() -> [Int] {
        tokens.indices.filter { index in
            !isInString[index] && Self.parses(inserting { $0 == index ? " # c\n" : nil })
        }
    }

    /// The program with the least space that keeps its tokens apart, in its lines; comments are gone.
    func squeezed() -> String {
        var result: [UInt8] = []
        var end = 0
        for (index, token) in tokens.enumerated() {
            let between = source.bytes[end..<token.start]
            if isInString[index] {
                result += between
            } else if index > 0, token.startsLine {
                result += between.filter { $0 == UInt8(ascii: "\n") }
            } else if index > 0, !between.isEmpty, joins(index - 1, index) {
                result.append(UInt8(ascii: " "))
            }
            result += source.bytes[token.start..<token.end]
            end = token.end
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether two neighbours would be other tokens without a space between them. What follows a number may be part of
    /// it: `95%`, `10 %3`.
    private func joins(_ left: Int, _ right: Int) -> Bool {
        if tokens[left].kind == .number { return true }
        let text = source.text(tokens[left].range) + source.text(tokens[right].range)
        let kinds = Lexer.tokens(of: SourceFile(name: "pair", text: text)).map(\.kind)
        return kinds != [tokens[left].kind, tokens[right].kind, .endOfFile]
    }

    static func parses(_ text: String) -> Bool {
        Parser.parse(SourceFile(name: "test", text: text), nesting: 500).diagnostics.isEmpty
    }
}
