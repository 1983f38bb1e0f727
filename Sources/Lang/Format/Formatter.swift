// `fmt`: the one layout of a script. No options, so that nobody argues; what the author decides is what readers go by:
// empty lines, comments, and where brackets, pipes and blocks shall be broken although they would fit.
//
// - Four spaces a level, lines up to 100 columns (comments and strings are never cut), one statement a line, at most one
//   empty line, none at the edges of a block. Line ends are LF, the last line has one, a byte order mark goes.
// - Spaces around infix operators, but not around `^`, `..` and the `:` of slices; `name: value`; `{a: 1}` for records,
//   `{ a }` for blocks.
// - Brackets that do not fit have an element a line and a comma behind the last; lists of numbers fill their lines. A
//   comma that the author put behind the last element keeps them so. A function with a block that is the last argument,
//   and a bracket that is the only one, open on the line of the call.
// - `|>` that do not fit stand at the beginnings of lines, all of a chain; so they do where the author broke the chain.
// - Operators that do not fit stand at the ends of lines, all of a level.
// - A block of one statement stays on its line if the author wrote it so and it fits.
// - `;` stays only where it silences a value. Parentheses, numbers and strings stay as they are written.
// - Comments stay where they are: on lines of their own, or behind code with two spaces. One before a comma goes behind
//   it. `#%%` in the first column stays there, elsewhere it stays away from there.

public enum Formatter {
    /// The canonical text of a source.
    /// - Parameter width: the columns of a line; tests use small ones.
    /// - Throws: the problems of a source with syntax errors, which is never laid out; the limit that a source of much
    ///   nesting would exceed by its indentation.
    public static func format(_ source: SourceFile, width: Int = 100) throws(Failure) -> String {
        let nesting = Limits().nesting
        let (tree, diagnostics) = Parser.parse(source, nesting: nesting)
        guard diagnostics.isEmpty else { throw Failure(.static, diagnostics) }
        if String(validating: source.bytes, as: UTF8.self) == nil {
            throw Failure(.static, [SyntaxMessages.malformedUTF8(malformedPlace(in: source))])
        }
        let tokens = Lexer.tokens(of: source)
        let document = FormatSyntax.document(of: tree, tokens: tokens)
        let bytes = FormatPrinter.print(document, of: source, width: width)
        guard bytes.count <= Parser.largestSource else {
            let place = Place(source: source, range: .beginning)
            throw Failure(.static, [SyntaxMessages.sourceTooLarge(place, limit: Parser.largestSource)])
        }
        let result = SourceFile(name: source.name, path: source.path, bytes: bytes)
        if let problem = FormatCheck.problem(tree, tokens, in: result) { throw Failure(.static, [problem]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Only a comment can have malformed bytes and no other problem.
    private static func malformedPlace(in source: SourceFile) -> Place {
        for line in 1...source.lineCount {
            let range = source.lineRange(line)
            if String(validating: source.bytes[range.start..<range.end], as: UTF8.self) == nil {
                return Place(source: source, range: range)
            }
        }
        return Place(source: source, range: .beginning)
    }
}
