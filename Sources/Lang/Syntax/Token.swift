// The one table of the language's words and signs: spelling, and for infix operators how tightly they bind and to
// which side. Lexer, parser and messages read it; precedence stands nowhere else.

/// What a token is.
enum TokenKind: String {
    // Words
    case `let`, `var`, fn, `if`, `else`, `for`, `in`, `while`, `break`, `continue`, `return`, `try`, `catch`
    case `import`, `as`, and, or, not, `true`, `false`, none

    // Signs
    case leftParen = "(", rightParen = ")", leftBracket = "[", rightBracket = "]", leftBrace = "{", rightBrace = "}"
    case comma = ",", colon = ":", semicolon = ";", dot = ".", ellipsis = "..."
    case assign = "=", plusAssign = "+=", minusAssign = "-=", timesAssign = "*=", divideAssign = "/="
    case arrow = "=>", pipe = "|>", tilde = "~", rangeTo = "..", rangeUntil = "..<", concat = "++"
    case plus = "+", minus = "-", times = "*", divide = "/", floorDivide = "//", remainder = "%", power = "^"
    case equal = "==", notEqual = "!=", less = "<", lessEqual = "<=", greater = ">", greaterEqual = ">="

    // What has a spelling of its own
    case name = "name", number = "number"
    /// `"`, `"""` or `r"`, then texts and interpolations, then the closing quotes (absent when unterminated).
    case stringStart = "string", stringText = "text", stringEnd = "\""
    case interpolationStart = "interpolation", interpolationEnd = "end of interpolation", formatSpec = "format"
    /// A byte that begins no token: malformed UTF-8, a control character, a sign of another language.
    case invalid = "invalid character"
    case endOfFile = "end of file"
}

/// A token: its kind and place. The text is read from the source when it is wanted.
struct Token {
    var kind: TokenKind
    var start: Int
    var end: Int
    /// Whether a line ends between the token before and this one.
    var startsLine = false

    var range: SourceRange { SourceRange(start, end) }
}

extension TokenKind {
    static let keywords: [TokenKind] = [
        .let, .var, .fn, .if, .else, .for, .in, .while, .break, .continue, .return, .try, .catch, .import, .as, .and,
        .or, .not, .true, .false, .none,
    ]

    /// Longest first, so that the first match is the longest.
    static let signs: [TokenKind] = [
        .rangeUntil, .ellipsis,
        .plusAssign, .minusAssign, .timesAssign, .divideAssign, .arrow, .pipe, .rangeTo, .concat, .floorDivide, .equal,
        .notEqual, .lessEqual, .greaterEqual,
        .leftParen, .rightParen, .leftBracket, .rightBracket, .leftBrace, .rightBrace, .comma, .colon, .semicolon,
        .dot, .assign, .tilde, .plus, .minus, .times, .divide, .remainder, .power, .less, .greater,
    ]

    /// The signs that begin with an ASCII byte, longest first, with their spellings.
    static let signsByFirstByte: [[(kind: TokenKind, spelling: [UInt8])]] = (0..<0x80 as Range<UInt8>).map { byte in
        signs.map { (kind: $0, spelling: Array($0.rawValue.utf8)) }.filter { $0.spelling.first == byte }
    }

    static let keywordsBySpelling = Dictionary(uniqueKeysWithValues: keywords.map { ($0.rawValue, $0) })

    var isKeyword: Bool { TokenKind.keywordsBySpelling[rawValue] == self }

    /// How a message calls the token.
    var phrase: String {
        switch self {
        case .name, .number, .invalid, .endOfFile: "a \(rawValue)"
        case .stringStart: "a string"
        case .stringText, .stringEnd, .interpolationStart, .interpolationEnd, .formatSpec: "the end of the string"
        default: "'\(rawValue)'"
        }
    }

    /// Statements that open with this word: where the parser resumes after an error.
    var startsStatement: Bool {
        switch self {
        case .let, .var, .fn, .for, .while, .break, .continue, .return, .import: true
        default: false
        }
    }
}

/// How an infix operator binds.
struct Binding {
    enum Side { case left, right, none }

    /// Levels of the grammar, loosest first.
    enum Level: Int, Comparable {
        case pipe, lambda, or, and, not, compare, formula, range, concat, sum, term, unary, power

        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }

        var next: Level { Level(rawValue: rawValue + 1) ?? .power }
    }

    let level: Level
    let side: Side
}

extension TokenKind {
    /// The binding of an infix operator; nil for everything else. (`not in` is found by the parser.)
    var binding: Binding? {
        switch self {
        case .pipe: Binding(level: .pipe, side: .left)
        case .or: Binding(level: .or, side: .left)
        case .and: Binding(level: .and, side: .left)
        case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .in: Binding(level: .compare, side: .none)
        case .tilde: Binding(level: .formula, side: .none)
        case .rangeTo, .rangeUntil: Binding(level: .range, side: .none)
        case .concat: Binding(level: .concat, side: .left)
        case .plus, .minus: Binding(level: .sum, side: .left)
        case .times, .divide, .floorDivide, .remainder: Binding(level: .term, side: .left)
        case .power: Binding(level: .power, side: .right)
        default: nil
        }
    }
}
