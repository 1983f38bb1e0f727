// Which argument goes to which parameter of a native: positional ones in order, then by name, the rest to the
// parameters that collect. The check before the run and the call itself use the same rule.

/// The outcome of matching arguments with the parameters of a signature.
struct ArgumentBinding {
    enum Problem {
        /// Index of the first positional argument too many.
        case tooMany(argument: Int, takes: Int)
        case unknownName(argument: Int)
        case givenTwice(argument: Int, parameter: Int)
        case missing(parameter: Int)
    }

    /// By argument: the index of its parameter.
    private(set) var parameters: [Int] = []
    private(set) var problems: [Problem] = []

    /// - Parameters:
    ///   - names: the arguments in order: nil for positional ones.
    ///   - isPartial: whether further arguments come from a spread, so that nothing can be called missing.
    init(names: [String?], signature: Signature, isPartial: Bool = false) {
        var given = [Bool](repeating: false, count: signature.parameters.count)
        var next = 0
        for (argument, name) in names.enumerated() {
            let parameter: Int?
            if let name {
                parameter = ArgumentBinding.parameter(named: name, signature)
                if parameter == nil { problems.append(.unknownName(argument: argument)) }
            } else {
                parameter = ArgumentBinding.positional(from: &next, signature)
                if parameter == nil { problems.append(.tooMany(argument: argument, takes: next)) }
            }
            parameters.append(parameter ?? -1)
            guard let parameter else {
                if name == nil { break }
                continue
            }
            let declared = signature.parameters[parameter]
            if given[parameter], !declared.isVariadic, !declared.isNamedRest {
                problems.append(.givenTwice(argument: argument, parameter: parameter))
            }
            given[parameter] = true
        }
        guard !isPartial else { return }
        for (index, parameter) in signature.parameters.enumerated() where parameter.isRequired && !given[index] {
            problems.append(.missing(parameter: index))
        }
    }

    /// The parameter of the next positional argument; one that collects takes all that follow.
    private static func positional(from next: inout Int, _ signature: Signature) -> Int? {
        while next < signature.parameters.count, signature.parameters[next].isNamedRest { next += 1 }
        guard next < signature.parameters.count else { return nil }
        defer { if !signature.parameters[next].isVariadic { next += 1 } }
        return next
    }

    private static func parameter(named name: String, _ signature: Signature) -> Int? {
        let parameters = signature.parameters
        if let index = parameters.firstIndex(where: { $0.name == name && !$0.isVariadic && !$0.isNamedRest }) {
            return index
        }
        return parameters.firstIndex { $0.isNamedRest }
    }

    /// The diagnostic of a problem.
    /// - Parameters:
    ///   - place: gives the place of an argument, or of the call for what is missing.
    static func diagnostic(
        _ problem: Problem, names: [String?], signature: Signature, place: (Int?) -> Place
    ) -> Diagnostic {
        switch problem {
        case .tooMany(let argument, let takes):
            return NameMessages.tooManyArguments(place(argument), signature.name, takes: takes)
        case .unknownName(let argument):
            let known = signature.parameters.filter { !$0.isVariadic }.map(\.name)
            return NameMessages.unknownParameter(
                place(argument), names[argument] ?? "", of: signature.name, known: known)
        case .givenTwice(let argument, let parameter):
            return NameMessages.argumentGivenTwice(
                place(argument), signature.parameters[parameter].name, of: signature.name)
        case .missing(let parameter):
            let missing = signature.parameters[parameter]
            return NameMessages.missingArgument(
                place(nil), missing.name, takes: missing.kind.phrase, of: signature.name)
        }
    }
}
