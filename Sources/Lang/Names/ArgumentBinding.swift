// Which argument goes to which parameter: positional ones in order, then by name, the rest to the parameters that
// collect. The check before the run and the call itself use the same rule.

/// The outcome of matching arguments with parameters.
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
    init(names: [String?], parameters declared: [Parameter], isPartial: Bool = false) {
        var given = [Bool](repeating: false, count: declared.count)
        var next = 0
        /// Only the first positional argument too many is reported.
        var isFull = false
        for (argument, name) in names.enumerated() {
            let parameter: Int?
            if let name {
                parameter = ArgumentBinding.parameter(named: name, declared)
                if parameter == nil { problems.append(.unknownName(argument: argument)) }
            } else {
                parameter = ArgumentBinding.positional(from: &next, declared)
                if parameter == nil, !isFull {
                    let positional = declared.filter { !$0.isNamedRest }
                    problems.append(.tooMany(argument: argument, takes: positional.count))
                }
                isFull = parameter == nil
            }
            parameters.append(parameter ?? -1)
            guard let parameter else { continue }
            if given[parameter], !declared[parameter].isVariadic, !declared[parameter].isNamedRest {
                problems.append(.givenTwice(argument: argument, parameter: parameter))
            }
            given[parameter] = true
        }
        guard !isPartial else { return }
        let misspelt = ArgumentBinding.misspelt(problems, names, declared)
        for (index, parameter) in declared.enumerated() where parameter.isRequired && !given[index] {
            if !misspelt.contains(parameter.name) { problems.append(.missing(parameter: index)) }
        }
    }

    /// The parameters that arguments of unknown names were meant for: nothing else is wrong with them.
    private static func misspelt(_ problems: [Problem], _ names: [String?], _ declared: [Parameter]) -> [String] {
        problems.compactMap { problem in
            guard case .unknownName(let argument) = problem, let name = names[argument] else { return nil }
            return NearestName.find(name, among: declared.map(\.name))
        }
    }

    /// The binding of a call of a native.
    init(names: [String?], signature: Signature) { self.init(names: names, parameters: signature.parameters) }

    /// The parameter of the next positional argument; one that collects takes all that follow.
    private static func positional(from next: inout Int, _ parameters: [Parameter]) -> Int? {
        while next < parameters.count, parameters[next].isNamedRest { next += 1 }
        guard next < parameters.count else { return nil }
        defer { if !parameters[next].isVariadic { next += 1 } }
        return next
    }

    private static func parameter(named name: String, _ parameters: [Parameter]) -> Int? {
        if let index = parameters.firstIndex(where: { $0.name == name && !$0.isVariadic && !$0.isNamedRest }) {
            return index
        }
        return parameters.firstIndex { $0.isNamedRest }
    }

    /// The diagnostic of a problem.
    /// - Parameters:
    ///   - place: gives the place of an argument, or of the call for what is missing.
    static func diagnostic(
        _ problem: Problem, names: [String?], function: String, parameters: [Parameter], place: (Int?) -> Place
    ) -> Diagnostic {
        switch problem {
        case .tooMany(let argument, let takes):
            return NameMessages.tooManyArguments(
                place(argument), function, takes: takes, namesOthers: parameters.contains { $0.isNamedRest })
        case .unknownName(let argument):
            let known = parameters.filter { !$0.isVariadic }.map(\.name)
            return NameMessages.unknownParameter(place(argument), names[argument] ?? "", of: function, known: known)
        case .givenTwice(let argument, let parameter):
            return NameMessages.argumentGivenTwice(place(argument), parameters[parameter].name, of: function)
        case .missing(let parameter):
            let missing = parameters[parameter]
            return NameMessages.missingArgument(place(nil), missing.name, takes: missing.kind.requirement, of: function)
        }
    }

    static func diagnostic(
        _ problem: Problem, names: [String?], signature: Signature, place: (Int?) -> Place
    ) -> Diagnostic {
        diagnostic(problem, names: names, function: signature.name, parameters: signature.parameters, place: place)
    }
}
