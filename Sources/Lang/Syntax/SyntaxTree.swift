// The syntax tree: plain values with ranges. What the parser did not find stays in as `missing`, so that later stages
// see a whole tree of a broken file. Names and functions are numbered in the order of the source; the resolver's
// findings are arrays by those numbers, and the tree itself never changes.

/// A parsed source.
struct SyntaxTree {
    let source: SourceFile
    let statements: [Statement]
    /// How many names, functions and formulas are numbered.
    let nameCount: Int
    let functionCount: Int
    let formulaCount: Int
}

/// An occurrence of a name: a declaration or a use.
struct Name {
    let text: String
    let range: SourceRange
    let id: Int
}

struct Statement {
    indirect enum Kind {
        case bind(Pattern, Expression, isVariable: Bool)
        /// `target = value`; `operation` is `+` for `+=`.
        case assign(Expression, operation: BinaryOperator?, operationRange: SourceRange, Expression)
        case function(Name, Function)
        case forLoop(ForClause, Block)
        case whileLoop(Expression, Block)
        case returnValue(Expression?)
        case breakLoop
        case continueLoop
        case importFile(path: String, pathRange: SourceRange, Name)
        case expression(Expression)
        case missing
    }

    let kind: Kind
    let range: SourceRange
    var height = 1
    /// Whether a `;` follows: the value is not displayed.
    var isSilent = false
}

struct Block {
    let statements: [Statement]
    let range: SourceRange

    var height: Int { 1 + (statements.lazy.map(\.height).max() ?? 0) }
}

/// `for name, index in sequence`.
struct ForClause {
    let names: [Name]
    let sequence: Expression
}

/// What `let` binds.
enum Pattern {
    case name(Name)
    case list([Name], SourceRange)
    case record([Name], SourceRange)

    var names: [Name] {
        switch self {
        case .name(let name): [name]
        case .list(let names, _), .record(let names, _): names
        }
    }
}

struct Function {
    struct Parameter {
        let name: Name
        let defaultValue: Expression?
        /// `...name`: takes all further positional arguments.
        let isRest: Bool
    }

    let id: Int
    let parameters: [Parameter]
    let body: Block
    /// From the name or the parameters to the end of the body.
    let range: SourceRange
    /// The prose directly above a `fn`.
    let help: String
}

struct Expression {
    indirect enum Kind {
        case missing
        case nothing
        case bool(Bool)
        case number(Double)
        case string([StringPart])
        case name(Name)
        case list([Expression])
        case comprehension(Expression, ForClause, condition: Expression?)
        case record([RecordField])
        case group(Expression)
        case negate(Expression)
        case not(Expression)
        case binary(BinaryOperator, SourceRange, Expression, Expression)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case range(Expression, Expression, step: Expression?, isInclusive: Bool)
        case formula(Expression, Expression, id: Int)
        case call(Expression, [Argument])
        case index(Expression, Expression)
        case slice(Expression, from: Expression?, to: Expression?)
        case field(Expression, Name)
        case pipe(Expression, Expression)
        case lambda(Function)
        case conditional(Expression, Block, otherwise: Block?)
        case attempt(Block, Name, handler: Block)
    }

    let kind: Kind
    let range: SourceRange
    /// Nodes on the longest way down. Bounded (`Limits.nesting`), because later stages walk the tree by recursion.
    var height = 1
}

enum BinaryOperator: String {
    case add = "+", subtract = "-", multiply = "*", divide = "/", floorDivide = "//", remainder = "%", power = "^"
    case concat = "++"
    case equal = "==", notEqual = "!=", less = "<", lessEqual = "<=", greater = ">", greaterEqual = ">="
    case contains = "in", excludes = "not in"
}

struct Argument {
    enum Kind {
        case positional
        case named(String, SourceRange)
        case spread
    }

    let kind: Kind
    let value: Expression

    var range: SourceRange {
        if case .named(_, let range) = kind { return range.joined(with: value.range) }
        return value.range
    }
}

struct RecordField {
    let name: String
    let nameRange: SourceRange
    let value: Expression
}

enum StringPart {
    case text(String)
    case interpolation(Expression, format: FormatSpec?)
}
