// A parameter of a native function: its name, what it takes and its default. Argument checks, `check`, help and the
// reference read the same declaration; the wording of what a kind takes is written once, in `ParameterKind.phrase`.

/// One parameter of a `Signature`.
public struct Parameter {
    /// How arguments reach the parameter.
    public enum Role {
        case required
        /// May be left out.
        case optional(Value)
        /// Takes all further positional arguments, as a list.
        case rest
        /// Takes all named arguments that no other parameter is called by, as a record.
        case namedRest
    }

    public let name: String
    public let kind: ParameterKind
    public let role: Role
    public let help: String

    /// A parameter that must be given.
    public init(_ name: String, _ kind: ParameterKind, _ help: String = "") {
        self.init(name: name, kind: kind, role: .required, help: help)
    }

    /// A parameter with a default. The default is not checked against the kind: `.nothing` may stand for "not given".
    public init(_ name: String, _ kind: ParameterKind, default value: Value, _ help: String = "") {
        self.init(name: name, kind: kind, role: .optional(value), help: help)
    }

    /// The parameter that takes all further positional arguments; each must be of the kind.
    public static func rest(_ name: String, _ kind: ParameterKind, _ help: String = "") -> Parameter {
        Parameter(name: name, kind: kind, role: .rest, help: help)
    }

    /// The parameter that takes all further named arguments; each must be of the kind.
    public static func namedRest(_ name: String, _ kind: ParameterKind, _ help: String = "") -> Parameter {
        Parameter(name: name, kind: kind, role: .namedRest, help: help)
    }

    private init(name: String, kind: ParameterKind, role: Role, help: String) {
        self.name = name
        self.kind = kind
        self.role = role
        self.help = help
    }

    public var defaultValue: Value? {
        if case .optional(let value) = role { return value }
        return nil
    }

    public var isRequired: Bool {
        if case .required = role { return true }
        return false
    }

    public var isVariadic: Bool {
        if case .rest = role { return true }
        return false
    }

    public var isNamedRest: Bool {
        if case .namedRest = role { return true }
        return false
    }
}

/// What a parameter takes.
public indirect enum ParameterKind {
    case any
    case number(ClosedRange<Double>? = nil)
    /// A whole number.
    case integer(ClosedRange<Int>? = nil)
    case string
    case bool
    case list(of: ParameterKind = .any)
    case record
    case function
    /// One of these strings.
    case choice([String])
    case foreign(typeName: String)
    case formula
    case oneOf([ParameterKind])
    /// The kind, or `none`.
    case optional(ParameterKind)
    /// A list or a string of the kind that is not empty.
    case nonEmpty(ParameterKind)
    /// A list of the kind in which no element equals another.
    case distinct(ParameterKind)

    /// A number or a list of numbers.
    public static var numeric: ParameterKind { .oneOf([.number(), .list(of: .number())]) }
    public static var numbers: ParameterKind { .list(of: .number()) }
    public static var strings: ParameterKind { .list(of: .string) }
}
