// What a parameter kind accepts, and how messages and help say it: the only place that knows either.

extension ParameterKind {
    public func accepts(_ value: Value) -> Bool {
        switch (self, value) {
        case (.any, _), (.string, .string), (.bool, .bool), (.record, .record), (.formula, .formula): true
        case (.number(let range), .number(let number)): range?.contains(number) ?? true
        case (.integer(let range), .number(let number)): ParameterKind.isInteger(number, in: range)
        case (.list(let element), .list(let list)): ParameterKind.all(of: list, are: element)
        case (.function, .closure), (.function, .native): true
        case (.choice(let names), .string(let name)): names.contains(name.text)
        case (.foreign(let typeName), .foreign(let object)): object.typeName == typeName
        case (.oneOf(let kinds), _): kinds.contains { $0.accepts(value) }
        case (.optional(let kind), _): value.isNothing || kind.accepts(value)
        case (.nonEmpty(let kind), _): kind.accepts(value) && !ParameterKind.isEmpty(value)
        case (.distinct(let kind), _): kind.accepts(value) && ParameterKind.repeated(in: value) == nil
        default: false
        }
    }

    private static func isEmpty(_ value: Value) -> Bool {
        value.asList.map(\.isEmpty) ?? value.asString.map(\.isEmpty) ?? false
    }

    /// The first element of a list that equals one before it.
    private static func repeated(in value: Value) -> Value? {
        var seen: Set<ValueKey> = []
        return value.asList?.values.first { !seen.insert(ValueKey($0)).inserted }
    }

    private static func isInteger(_ number: Double, in range: ClosedRange<Int>?) -> Bool {
        guard let integer = Int(exactly: number) else { return false }
        return range?.contains(integer) ?? true
    }

    /// A packed list of numbers is accepted without looking at its elements.
    private static func all(of list: List, are element: ParameterKind) -> Bool {
        if case .any = element { return true }
        if list.numbers != nil, element.acceptsAllNumbers { return true }
        return list.values.allSatisfy { element.accepts($0) }
    }

    private var acceptsAllNumbers: Bool {
        switch self {
        case .any, .number(nil): true
        case .oneOf(let kinds): kinds.contains { $0.acceptsAllNumbers }
        case .optional(let kind): kind.acceptsAllNumbers
        default: false
        }
    }

    /// Whether a value of this kind, of which nothing else is known before the run, may be one of another. Of lists
    /// the elements decide, although an empty list of one kind is one of any other.
    func overlaps(_ other: ParameterKind) -> Bool {
        switch (self, other) {
        case (.any, _), (_, .any), (.optional, .optional): true
        case (.oneOf(let kinds), _): kinds.contains { $0.overlaps(other) }
        case (_, .oneOf(let kinds)): kinds.contains { overlaps($0) }
        case (.optional(let kind), _), (.nonEmpty(let kind), _), (.distinct(let kind), _): kind.overlaps(other)
        case (_, .optional(let kind)), (_, .nonEmpty(let kind)), (_, .distinct(let kind)): overlaps(kind)
        case (.choice(let names), .choice(let others)): names.contains { others.contains($0) }
        case (.list(let element), .list(let otherElement)): element.overlaps(otherElement)
        case (.foreign(let typeName), .foreign(let otherName)): typeName == otherName
        case (.number, .number), (.number, .integer), (.integer, .number), (.integer, .integer): true
        case (.string, .string), (.string, .choice), (.choice, .string): true
        case (.bool, .bool), (.record, .record), (.function, .function), (.formula, .formula): true
        default: false
        }
    }

    /// Whether values of the kind may be foreign ones.
    var admitsForeign: Bool {
        switch self {
        case .any, .foreign: true
        case .oneOf(let kinds): kinds.contains(where: \.admitsForeign)
        case .optional(let kind), .nonEmpty(let kind), .distinct(let kind): kind.admitsForeign
        default: false
        }
    }

    /// What the elements must be, of a kind that takes lists.
    var elementKind: ParameterKind? {
        switch self {
        case .list(let element): element
        case .optional(let kind), .nonEmpty(let kind), .distinct(let kind): kind.elementKind
        default: nil
        }
    }

    /// "a number from 0 to 1", "a list of strings", "a table or none".
    public var phrase: String {
        switch self {
        case .any: "any value"
        case .number(let range): "a number" + ParameterKind.phrase(range?.lowerBound, range?.upperBound)
        case .integer(let range):
            "a whole number"
                + ParameterKind.phrase(range.map { Double($0.lowerBound) }, range.map { Double($0.upperBound) })
        case .string: "a string"
        case .bool: "true or false"
        case .list(of: .any): "a list"
        case .list(let element): "a list of \(element.plural)"
        case .record: "a record"
        case .function: "a function"
        case .choice(let names): names.map { Escape.quote($0) }.joined(separator: " or ")
        case .foreign(let typeName): ParameterKind.withArticle(typeName)
        case .formula: "a formula"
        case .oneOf(let kinds): kinds.map(\.phrase).joined(separator: " or ")
        case .optional(let kind): "\(kind.phrase) or none"
        case .nonEmpty(let kind): "a non-empty " + kind.phrase.dropFirst(kind.phrase.hasPrefix("a ") ? 2 : 0)
        case .distinct(let kind): kind.phrase + ", no two alike"
        }
    }

    /// The phrase where it says something.
    var requirement: String? {
        if case .any = self { return nil }
        return phrase
    }

    /// How a message calls a value that is not accepted: a list by its first wrong element.
    func got(_ value: Value) -> String {
        guard case .list(let list) = value, let element = elementKind else { return value.phrase }
        if let wrong = list.values.first(where: { !element.accepts($0) }) { return "one with \(wrong.phrase)" }
        if list.isEmpty { return "an empty one" }
        return ParameterKind.repeated(in: value).map { "one with \($0.phrase) twice" } ?? value.phrase
    }

    private var plural: String {
        switch self {
        case .any: "values"
        case .number(let range): "numbers" + ParameterKind.phrase(range?.lowerBound, range?.upperBound)
        case .integer(let range):
            "whole numbers"
                + ParameterKind.phrase(range.map { Double($0.lowerBound) }, range.map { Double($0.upperBound) })
        case .string: "strings"
        case .bool: "truth values"
        case .list: "lists"
        case .record: "records"
        case .function: "functions"
        case .foreign(let typeName): "\(typeName)s"
        case .formula: "formulas"
        case .optional(let kind): "\(kind.plural) or none"
        case .nonEmpty(let kind): "non-empty \(kind.plural)"
        case .distinct(let kind): kind.plural
        case .choice, .oneOf: "values, each \(phrase)"
        }
    }

    static func withArticle(_ noun: String) -> String {
        let isVowel = noun.first.map { "aeiou".contains($0) } ?? false
        return noun == "none" ? noun : (isVowel ? "an " : "a ") + noun
    }

    /// A bound at or beyond what a whole number or finite double can be is no bound to speak of.
    private static func phrase(_ low: Double?, _ high: Double?) -> String {
        let low = low.flatMap { $0 <= -Double(Int.max) ? nil : NumberFormat.text($0) }
        let high = high.flatMap { $0 >= Double(Int.max) ? nil : NumberFormat.text($0) }
        switch (low, high) {
        case (let low?, let high?): return " from \(low) to \(high)"
        case (let low?, nil): return " of at least \(low)"
        case (nil, let high?): return " of at most \(high)"
        case (nil, nil): return ""
        }
    }
}
