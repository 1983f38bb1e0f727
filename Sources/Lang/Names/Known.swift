// What the source alone tells about a value: nothing, its kind, or the value itself. Errors found before the run rest on
// it, so it claims only what holds whenever the code runs.

/// Knowledge about the value of an expression.
indirect enum Known {
    case unknown
    /// A literal.
    case value(Value)
    /// Some value of a kind.
    case kind(ParameterKind)
    /// A list literal of which not every element is known as a value.
    case list([Element])
    case function(FunctionShape)
    case native(NativeFunction)

    struct Element {
        let known: Known
        /// The name that stands for the element, if it is a bare name.
        let name: String?
    }

    /// Whether a parameter of the kind may take the value.
    func mayBe(_ kind: ParameterKind) -> Bool {
        switch self {
        case .unknown: true
        case .value(let value): kind.accepts(value)
        case .kind(let known): known.overlaps(kind)
        case .list(let elements): Known.mayBe(elements, kind)
        case .function, .native: kind.overlaps(.function)
        }
    }

    /// Whether it is none for sure.
    var isNothing: Bool {
        if case .value(let value) = self { return value.isNothing }
        return false
    }

    /// Whether it may be none.
    var mayBeNothing: Bool {
        switch self {
        case .unknown: true
        case .value(let value): value.isNothing
        // No string is among no choices: what is left of the optional kind is none.
        case .kind(let kind): kind.overlaps(.optional(.choice([])))
        case .list, .function, .native: false
        }
    }

    private static func mayBe(_ elements: [Element], _ kind: ParameterKind) -> Bool {
        switch kind {
        case .any: true
        case .list(let element): elements.allSatisfy { $0.known.mayBe(element) }
        case .optional(let kind): mayBe(elements, kind)
        case .oneOf(let kinds): kinds.contains { mayBe(elements, $0) }
        case .nonEmpty(let kind): !elements.isEmpty && mayBe(elements, kind)
        case .distinct(let kind): mayBe(elements, kind) && repeated(elements) == nil
        default: false
        }
    }

    /// What stands twice among elements, as a message shows it: a name, or a value.
    private static func repeated(_ elements: [Element]) -> String? {
        var names: Set<String> = []
        var values: Set<ValueKey> = []
        for element in elements {
            if let name = element.name, !names.insert(name).inserted { return "'\(name)'" }
            if case .value(let value) = element.known, !values.insert(ValueKey(value)).inserted { return value.phrase }
        }
        return nil
    }

    /// How a message calls the value where a kind was expected.
    func phrase(for kind: ParameterKind) -> String {
        switch self {
        case .unknown: "something else"
        case .value(let value): kind.got(value)
        case .kind(let known): known.phrase
        case .list(let elements): Known.phrase(elements, for: kind)
        case .function, .native: ParameterKind.function.phrase
        }
    }

    private static func phrase(_ elements: [Element], for kind: ParameterKind) -> String {
        if let element = kind.elementKind, let wrong = elements.first(where: { !$0.known.mayBe(element) }) {
            return "one with \(wrong.known.phrase(for: element))"
        }
        if kind.elementKind != nil, let repeated = repeated(elements) { return "one with \(repeated) twice" }
        return ParameterKind.list().phrase
    }
}

/// What a call of a tx function must fit: its parameters, and where they stand.
struct FunctionShape {
    let parameters: [Parameter]
    let place: Place

    /// - Returns: nil when the parameters are not all there, after a syntax error.
    init?(_ function: Function, in source: SourceFile) {
        guard function.parameters.allSatisfy({ !$0.name.text.isEmpty }) else { return nil }
        parameters = function.parameters.map { parameter in
            let name = parameter.name.text
            if parameter.isRest { return .rest(name, .any) }
            return parameter.defaultValue == nil ? Parameter(name, .any) : Parameter(name, .any, default: .nothing)
        }
        place = Place(source: source, range: function.range)
    }
}
