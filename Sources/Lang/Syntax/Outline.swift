// The top level of a source from outside: which statements it has, what they bind, and where names are read. The REPL
// writes its entries into a script by it. Ranges are of the source's bytes, so that a text is changed piece by piece
// and all that is not changed (comments, layout) stays.

/// The statements of a source.
public struct Outline {
    public struct Part {
        public enum Kind {
            /// `let` or `var`.
            case binding(Binding)
            case function(Definition)
            case imported(path: String, name: String)
            /// Its value is displayed.
            case expression
            case other
        }

        public let kind: Kind
        public let range: SourceRange
        /// Whether a `;` follows.
        public let isSilent: Bool

        /// The global names that the statement binds.
        public var names: [String] {
            switch kind {
            case .binding(let binding): binding.names
            case .function(let definition): [definition.name]
            case .imported(_, let name): [name]
            case .expression, .other: []
            }
        }
    }

    public struct Binding {
        public enum Shape: Sendable { case name, list, record }

        public let shape: Shape
        public let names: [String]
        public let isVariable: Bool
        public let value: SourceRange
    }

    /// `fn name(parameters) body`.
    public struct Definition {
        public let name: String
        /// With the parentheses.
        public let parameters: SourceRange
        /// With its braces when it is a block.
        public let body: SourceRange
        public let isBlock: Bool
    }

    /// A place where a global name is read.
    public struct Use {
        public let name: String
        /// The name, with the index when a number follows in brackets.
        public let range: SourceRange
        /// The number in `name[3]`.
        public let index: Int?
    }

    public let parts: [Part]
    /// In the order of the source. A name that a function has as a parameter is not global in it.
    public let uses: [Use]

    /// - Returns: nil when the source has a syntax error.
    public init?(_ source: SourceFile) {
        let (tree, problems) = Parser.parse(source, nesting: Limits().nesting)
        guard problems.isEmpty else { return nil }
        parts = tree.statements.map { Part($0, source) }
        var uses: [Use] = []
        for statement in tree.statements { Outline.collect(.statement(statement), hidden: [], into: &uses) }
        self.uses = uses.sorted { $0.range.start < $1.range.start }
    }

    private static func collect(_ part: SyntaxPart, hidden: Set<String>, into uses: inout [Use]) {
        var hidden = hidden
        if case .expression(let expression) = part, let use = use(expression) {
            if !hidden.contains(use.name) { uses.append(use) }
            return
        }
        hidden.formUnion(part.localNames)
        for inner in part.parts { collect(inner, hidden: hidden, into: &uses) }
    }

    private static func use(_ expression: Expression) -> Use? {
        if case .name(let name) = expression.kind { return Use(name: name.text, range: name.range, index: nil) }
        guard case .index(let base, let index) = expression.kind, case .name(let name) = base.kind,
            let number = number(index), let position = Int(exactly: number)
        else { return nil }
        return Use(name: name.text, range: expression.range, index: position)
    }

    private static func number(_ expression: Expression) -> Double? {
        switch expression.kind {
        case .number(let number): number
        case .negate(let inner): number(inner).map { -$0 }
        default: nil
        }
    }
}

extension Outline.Part {
    fileprivate init(_ statement: Statement, _ source: SourceFile) {
        range = statement.range
        isSilent = statement.isSilent
        switch statement.kind {
        case .bind(let pattern, let value, let isVariable):
            kind = .binding(
                Outline.Binding(
                    shape: pattern.shape, names: pattern.names.map(\.text), isVariable: isVariable,
                    value: value.range))
        case .function(let name, let function):
            kind = .function(Outline.Definition(name: name.text, function, source))
        case .importFile(let path, _, let name): kind = .imported(path: path, name: name.text)
        case .expression: kind = .expression
        default: kind = .other
        }
    }
}

extension Outline.Definition {
    /// The tokens between name and body are the parameters and, before an expression, the `=`.
    fileprivate init(name: String, _ function: Function, _ source: SourceFile) {
        self.name = name
        body = function.body.range
        let head = SourceFile(name: "", text: source.text(SourceRange(function.range.start, body.start)))
        let tokens = Lexer.tokens(of: head)
        let open = tokens.first { $0.kind == .leftParen }?.start ?? 0
        let close = tokens.last { $0.kind == .rightParen }?.end ?? open
        isBlock = tokens.dropLast().last?.kind != .assign
        parameters = SourceRange(function.range.start + open, function.range.start + close)
    }
}

extension SyntaxPart {
    /// The names that the part binds for what is inside it.
    fileprivate var localNames: [String] {
        switch self {
        case .function(let function): function.parameters.map(\.name.text)
        case .block(let block): block.statements.flatMap(\.declaredNames).map(\.text)
        case .statement(let statement):
            if case .forLoop(let clause, _) = statement.kind { clause.names.map(\.text) } else { [] }
        case .expression(let expression):
            if case .comprehension(_, let clause, _) = expression.kind { clause.names.map(\.text) } else { [] }
        }
    }
}

extension Pattern {
    fileprivate var shape: Outline.Binding.Shape {
        switch self {
        case .name: .name
        case .list: .list
        case .record: .record
        }
    }
}
