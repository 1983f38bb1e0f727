// Whether more lines must follow: the REPL asks after every line. A text is open when its end is all that is wrong with
// it; a mistake before the end is shown at once instead of asking for more.

extension SourceFile {
    /// Whether the text ends inside a statement: in brackets, a block, a `"""` string, or behind what needs more.
    public var endsInsideStatement: Bool {
        let tokens = Lexer.tokens(of: self)
        guard !hasOpenLine(tokens) else { return false }
        guard let problems = Parser.problemsOfEnd(self, tokens: tokens, nesting: Limits().nesting) else { return false }
        return !problems.isEmpty && problems.allSatisfy { SourceFile.curedByMore.contains($0.id) }
    }

    /// Whether a string of one line is not closed, which no further line can mend.
    private func hasOpenLine(_ tokens: [Token]) -> Bool {
        var open: [Token] = []
        for token in tokens {
            if token.kind == .stringStart { open.append(token) }
            if token.kind == .stringEnd { _ = open.popLast() }
        }
        return open.contains { !text($0.range).hasSuffix("\"\"\"") }
    }

    /// What is no mistake until the text is known to end here.
    private static let curedByMore: Set<String> = [
        "expectedExpression", "expectedImportPath", "expectedToken", "unclosedBracket", "unterminatedString",
    ]
}
