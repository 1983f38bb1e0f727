// Calls before the run: argument names, their number, and what is known of their values, for natives and for functions
// of the script and of the files that it imports.

extension CheckExpressions {
    func checkCall(_ callee: Expression, _ arguments: [Argument]) {
        let function = names.known(callee)
        switch function {
        case .native(let native): check(native, arguments, callee: callee)
        case .function(let shape): check(shape, arguments, callee: callee)
        default:
            guard !function.mayBe(.function), !expectsFailure else { return }
            report(callee.range) { RunMessages.notAFunction($0, got: function.phrase(for: .function)) }
        }
    }

    // MARK: Natives

    /// Reports what is wrong for the signature that fits best.
    private func check(_ native: NativeFunction, _ arguments: [Argument], callee: Expression) {
        let found = names.candidates(native, arguments.first).map { signature in
            problems(signature, arguments, callee: callee)
        }
        diagnostics += found.min { $0.count < $1.count } ?? []
    }

    private func problems(_ signature: Signature, _ arguments: [Argument], callee: Expression) -> [Diagnostic] {
        let certain = Argument.withCertainPlace(arguments)
        let binding = binding(certain, signature.parameters, isPartial: certain.count < arguments.count)
        let problems = diagnostics(binding, certain, of: signature.name, signature.parameters, callee: callee)
        guard !expectsFailure else { return problems }
        return problems + alternatives(signature, arguments, binding, callee: callee)
            + zip(certain, binding.parameters).compactMap { argument, parameter in
                guard signature.parameters.indices.contains(parameter) else { return nil }
                let declared = signature.parameters[parameter]
                let known = names.known(argument.value)
                guard !known.mayBe(declared.kind) else { return nil }
                return NameMessages.wrongArgument(
                    place(argument.value.range), declared.name, of: signature.name, takes: declared.kind.phrase,
                    got: known.phrase(for: declared.kind))
            }
    }

    /// Of parameters that exclude each other exactly one must be given; what may be none may be left out.
    private func alternatives(
        _ signature: Signature, _ arguments: [Argument], _ binding: ArgumentBinding, callee: Expression
    ) -> [Diagnostic] {
        let certain = Argument.withCertainPlace(arguments)
        guard !signature.exactlyOne.isEmpty, certain.count == arguments.count, binding.problems.isEmpty else {
            return []
        }
        let given = zip(certain, binding.parameters).filter { _, parameter in
            signature.exactlyOne.contains(signature.parameters[parameter].name)
        }.map(\.0)
        if given.allSatisfy({ names.known($0.value).isNothing }) {
            return [NameMessages.needsOneOf(place(callee.range), signature.exactlyOne, of: signature.name)]
        }
        let sure = given.filter { !names.known($0.value).mayBeNothing }
        guard sure.count > 1, let last = sure.last else { return [] }
        return [NameMessages.onlyOneOf(place(last.nameRange), signature.exactlyOne, of: signature.name)]
    }

    // MARK: Functions of scripts

    private func check(_ shape: FunctionShape, _ arguments: [Argument], callee: Expression) {
        let certain = Argument.withCertainPlace(arguments)
        let binding = binding(certain, shape.parameters, isPartial: certain.count < arguments.count)
        let name = callee.calledName
        let found = diagnostics(binding, certain, of: name ?? "the function", shape.parameters, callee: callee)
        for var diagnostic in found {
            if let name {
                let (source, range) = (shape.place.source, shape.place.range)
                diagnostic.notes.append(.init("'\(name)' is defined", source: source, range: range))
            }
            diagnostics.append(diagnostic)
        }
    }

    // MARK: Arguments and parameters

    private func binding(_ arguments: [Argument], _ parameters: [Parameter], isPartial: Bool) -> ArgumentBinding {
        ArgumentBinding(names: arguments.map(\.name), parameters: parameters, isPartial: isPartial)
    }

    private func diagnostics(
        _ binding: ArgumentBinding, _ arguments: [Argument], of function: String, _ parameters: [Parameter],
        callee: Expression
    ) -> [Diagnostic] {
        binding.problems.map { problem in
            ArgumentBinding.diagnostic(
                problem, names: arguments.map(\.name), function: function, parameters: parameters
            ) { argument in place(argument.map { arguments[$0].nameRange } ?? callee.range) }
        }
    }
}

extension Expression {
    /// The name by which the expression calls a function; nil when the function itself stands there.
    fileprivate var calledName: String? {
        switch kind {
        case .name(let name), .field(_, let name): name.text
        case .group(let inner): inner.calledName
        default: nil
        }
    }
}

extension Argument {
    /// The arguments whose parameter is certain: behind a spread only those with names.
    fileprivate static func withCertainPlace(_ arguments: [Argument]) -> [Argument] {
        var isBehindSpread = false
        return arguments.filter { argument in
            switch argument.kind {
            case .positional: return !isBehindSpread
            case .named: return true
            case .spread:
                isBehindSpread = true
                return false
            }
        }
    }

    fileprivate var name: String? {
        if case .named(let name, _) = kind { return name }
        return nil
    }

    fileprivate var nameRange: SourceRange {
        if case .named(_, let range) = kind { return range }
        return value.range
    }
}
