// What can be said about a call of a native before it runs: argument names, their number, and the kinds of literals.

enum StaticChecks {
    /// The problems of a call; none when some signature of the name takes it.
    static func check(
        _ native: NativeFunction, _ arguments: [Argument], callee: SourceRange, source: SourceFile
    ) -> [Diagnostic] {
        let found = candidates(native, arguments).map {
            check($0, arguments, callee: callee, source: source)
        }
        return found.min { $0.count < $1.count } ?? []
    }

    /// The signatures whose first parameter may take the first argument; all when that leaves none.
    private static func candidates(_ native: NativeFunction, _ arguments: [Argument]) -> [Signature] {
        guard native.signatures.count > 1, let first = arguments.first, case .positional = first.kind else {
            return native.signatures
        }
        let possible = native.signatures.filter { signature in
            signature.parameters.first.map { Literal(first.value).mayBe($0.kind) } ?? false
        }
        return possible.isEmpty ? native.signatures : possible
    }

    private static func check(
        _ signature: Signature, _ arguments: [Argument], callee: SourceRange, source: SourceFile
    ) -> [Diagnostic] {
        let direct = arguments.filter { if case .spread = $0.kind { false } else { true } }
        let names = direct.map(\.name)
        let binding = ArgumentBinding(names: names, signature: signature, isPartial: direct.count < arguments.count)
        var diagnostics = binding.problems.map { problem in
            ArgumentBinding.diagnostic(problem, names: names, signature: signature) { argument in
                Place(source: source, range: argument.map { direct[$0].nameRange } ?? callee)
            }
        }
        for (argument, parameter) in zip(direct, binding.parameters) where parameter >= 0 {
            let declared = signature.parameters[parameter]
            let literal = Literal(argument.value)
            guard !literal.mayBe(declared.kind) else { continue }
            diagnostics.append(
                NameMessages.wrongArgument(
                    Place(source: source, range: argument.value.range), declared.name, of: signature.name,
                    takes: declared.kind.phrase, got: literal.phrase(for: declared.kind)))
        }
        return diagnostics
    }

    /// What the source alone tells about an expression's value.
    private enum Literal {
        case value(Value)
        case type(String)
        case unknown

        init(_ expression: Expression) {
            switch expression.kind {
            case .nothing: self = .value(.nothing)
            case .bool(let bool): self = .value(.bool(bool))
            case .number(let number): self = .value(.number(number))
            case .group(let inner): self = Literal(inner)
            case .negate(let inner):
                if case .value(.number(let number)) = Literal(inner) {
                    self = .value(.number(-number))
                } else {
                    self = .unknown
                }
            case .string(let parts): self = Literal.string(parts)
            case .list(let elements): self = Literal.list(elements)
            case .comprehension, .range: self = .type("list")
            case .record: self = .type("record")
            case .lambda: self = .type("function")
            case .formula: self = .type("formula")
            default: self = .unknown
            }
        }

        private static func string(_ parts: [StringPart]) -> Literal {
            var text = ""
            for part in parts {
                guard case .text(let piece) = part else { return .type("string") }
                text += piece
            }
            return .value(.string(text))
        }

        private static func list(_ elements: [Expression]) -> Literal {
            var values: [Value] = []
            for element in elements {
                guard case .value(let value) = Literal(element) else { return .type("list") }
                values.append(value)
            }
            return .value(.list(values))
        }

        func mayBe(_ kind: ParameterKind) -> Bool {
            switch self {
            case .value(let value): kind.accepts(value)
            case .type(let type): kind.mayAccept(type: type)
            case .unknown: true
            }
        }

        func phrase(for kind: ParameterKind) -> String {
            switch self {
            case .value(let value): kind.got(value)
            case .type(let type): ParameterKind.withArticle(type)
            case .unknown: ""
            }
        }
    }
}

extension Argument {
    var name: String? {
        if case .named(let name, _) = kind { return name }
        return nil
    }

    var nameRange: SourceRange {
        if case .named(_, let range) = kind { return range }
        return value.range
    }
}
