/// One entry of a table: a number, a string, a bool, or nothing.
///
/// Tables know one kind of absence: `none` in a script, an empty field in a CSV file and NaN in a column of numbers are
/// all `missing`. Everything that looks at single entries (rows, group keys, channels of a chart) sees this type;
/// columns themselves are packed arrays.
public enum Datum: Hashable, Sendable {
    case missing
    case number(Double)
    case string(String)
    case bool(Bool)

    /// A number, or `missing` for NaN and nil.
    public init(_ number: Double?) {
        if let number, !number.isNaN { self = .number(number) } else { self = .missing }
    }

    /// A string, or `missing` for nil.
    public init(_ string: String?) {
        if let string { self = .string(string) } else { self = .missing }
    }

    /// A bool, or `missing` for nil.
    public init(_ bool: Bool?) {
        if let bool { self = .bool(bool) } else { self = .missing }
    }

    public var isMissing: Bool { kind == nil }

    /// What a column must hold to take this entry; nil for a missing one, which fits any column.
    public var kind: ColumnKind? {
        switch self {
        case .missing: nil
        case .number(let value): value.isNaN ? nil : .number
        case .string: .string
        case .bool: .bool
        }
    }

    /// The entry as plain text, as names of pivoted columns, categories of a chart and CSV fields need it: numbers in
    /// the shortest form that reads back as the same double, whole ones without `.0`; "" when missing.
    public var text: String {
        switch self {
        case .missing: ""
        case .number(let value): plainNumber(value)
        case .string(let value): value
        case .bool(let value): value ? "true" : "false"
        }
    }
}

/// What a column holds.
public enum ColumnKind: String, Hashable, Sendable {
    case number, string, bool
}

/// The shortest decimal text that reads back as the same double; whole numbers without `.0`, "" for NaN.
func plainNumber(_ value: Double) -> String {
    if value.isNaN { return "" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
