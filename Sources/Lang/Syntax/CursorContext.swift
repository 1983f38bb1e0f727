// What can be written at a place of a text that is not finished: the completion of the REPL asks. Only tokens are
// looked at, since half a statement has no tree; what the tokens leave open is answered with "nothing can be said".

/// The surroundings of a cursor.
public struct CursorContext {
    public enum Kind: Equatable, Sendable {
        /// A name that stands by itself.
        case name
        /// A name behind a dot; the names before it, outermost first.
        case field(of: [String])
        /// The inside of a string.
        case string
        /// A new name, a number, a comment, or a place where an operator belongs.
        case nothing
    }

    /// A call whose parentheses are open at the cursor.
    public struct Call: Sendable {
        /// The function's names with what stands before their dots; empty when it is computed.
        public var function: [String] = []
        /// Names of the arguments that are given by name, before or behind the cursor.
        public var given: Set<String> = []
        /// How many arguments without a name come before the one at the cursor, a piped value included.
        public var position = 0
        /// The name of the argument in which the cursor stands.
        public var argument: String?
        /// The arguments, and the beginning of the pipe, that are plain names (with fields).
        public var subjects: [[String]] = []
        /// The finished calls of the pipe that the call goes on from.
        public var steps: [Step] = []
    }

    public let kind: Kind
    /// What is written already: the beginning of the name, or of the string's content. UTF-8 offsets.
    public let range: Range<Int>
    /// Whether an argument begins at the cursor, so that its name can be written.
    public let startsArgument: Bool
    /// Whether only an expression can stand at the cursor.
    public let isInExpression: Bool
    /// The names of what the string at the cursor indexes, as in `a.b["`; empty when it stands elsewhere.
    public let indexed: [String]
    /// Innermost first.
    public let calls: [Call]
    /// Names that the text itself binds.
    public let locals: Set<String>
    /// Those of them that are parameters of a `x => …`.
    public let rows: Set<String>

    /// The words of the language that can stand at the cursor.
    public var keywords: [String] {
        TokenKind.keywords.filter { !isInExpression || !CursorContext.statements.contains($0) }.map(\.rawValue)
    }

    /// Words that begin statements, which stand in no bracket.
    private static let statements: Set<TokenKind> = [.let, .var, .while, .return, .break, .continue, .import]

    /// Whether a text can stand as a name in a script.
    public static func isName(_ text: String) -> Bool { Parser.isName(text) }

    /// - Parameter cursor: a UTF-8 offset in `text`.
    public init(_ text: String, cursor: Int) {
        let bytes = Array(text.utf8)
        let cursor = min(max(cursor, 0), bytes.count)
        let before = SourceFile(name: "", bytes: Array(bytes[..<cursor]))
        let scan = CursorScan(before, cursor: cursor)
        let behind = SourceFile(name: "", bytes: Array(bytes[cursor...]))
        kind = scan.kind
        range = scan.start..<cursor
        startsArgument = scan.startsArgument
        isInExpression = scan.isInExpression
        indexed = scan.indexed
        var calls = scan.calls
        if !calls.isEmpty, kind != .string { calls[0].given.formUnion(CursorScan.argumentNames(behind)) }
        self.calls = calls
        locals = scan.locals
        rows = scan.rows
    }
}
