// Looks up what is known about expressions and names. A name tells something when it is bound once and for all: by
// `let`, by `fn`, or by a local `var` that nothing assigns. A global `var` may be assigned by a later run, and in a
// session where globals may be bound anew none of them tells anything.

/// The knowledge about one resolved file.
struct KnownNames {
    let source: SourceFile
    private let resolution: Resolution
    private let module: Module
    private let builtins: Builtins
    /// Whether what a global is bound to holds for good.
    private let trustsGlobals: Bool
    /// By the start of the declaration.
    private var locals: [Int: Known] = [:]

    /// Collects what the bindings of the file tell; the module keeps what it learns about its globals for importers.
    init(_ tree: SyntaxTree, _ resolution: Resolution, module: Module, builtins: Builtins, redefine: Bool) {
        source = tree.source
        self.resolution = resolution
        self.module = module
        self.builtins = builtins
        trustsGlobals = !redefine
        SyntaxWalk.statements(of: tree) { statement in
            switch statement.kind {
            case .bind(.name(let name), let value, let isVariable): learn(name, known(value), isVariable: isVariable)
            case .function(let name, let function): learn(name, shape(function), isVariable: false)
            default: break
            }
        }
    }

    private mutating func learn(_ name: Name, _ known: Known, isVariable: Bool) {
        guard !name.text.isEmpty else { return }
        if let variable = resolution.declarations[name.id] {
            if !variable.isAssigned { locals[name.range.start] = known }
        } else if !isVariable {
            module.learn(name.text, known, from: Place(source: source, range: name.range))
        }
    }

    // MARK: Names

    private func known(_ name: Name) -> Known {
        if let variable = resolution.declarations[name.id] { return locals[variable.range.start] ?? .unknown }
        switch resolution.places[name.id] {
        case .global: return trustsGlobals ? module.globals[name.text]?.known ?? .unknown : .unknown
        case .builtin(let index):
            if case .native(let native) = builtins.values[index] { return .native(native) }
            return .value(builtins.values[index])
        default: return .unknown
        }
    }

    /// A field of an imported file.
    private func known(_ base: Expression, field: String) -> Known {
        guard case .name(let name) = base.kind else { return .unknown }
        if let variable = resolution.declarations[name.id] {
            return variable.module?.globals[field]?.known ?? .unknown
        }
        guard trustsGlobals, case .global = resolution.places[name.id] else { return .unknown }
        return module.globals[name.text]?.module?.globals[field]?.known ?? .unknown
    }

    private func shape(_ function: Function) -> Known {
        FunctionShape(function, in: source).map { .function($0) } ?? .unknown
    }

    // MARK: Expressions

    func known(_ expression: Expression) -> Known {
        switch expression.kind {
        case .nothing: .value(.nothing)
        case .bool(let bool): .value(.bool(bool))
        case .number(let number): .value(.number(number))
        case .string(let parts): KnownNames.string(parts)
        case .name(let name): known(name)
        case .field(let base, let name): known(base, field: name.text)
        case .group(let inner): known(inner)
        case .negate(let inner): negated(known(inner))
        case .list(let elements): list(elements)
        case .comprehension: .kind(.list())
        case .range: .kind(.numbers)
        case .record: .kind(.record)
        case .lambda(let function): shape(function)
        case .formula: .kind(.formula)
        case .not, .and, .or: .kind(.bool)
        case .binary(let operation, _, let left, let right): result(of: operation, left, right)
        case .call(let callee, let arguments): result(ofCalling: callee, arguments.first)
        case .pipe(let left, let right): result(ofPiping: left, into: right)
        default: .unknown
        }
    }

    private static func string(_ parts: [StringPart]) -> Known {
        var text = ""
        for part in parts {
            guard case .text(let piece) = part else { return .kind(.string) }
            text += piece
        }
        return .value(.string(text))
    }

    private func list(_ elements: [Expression]) -> Known {
        let parts = elements.map { element -> Known.Element in
            if case .name(let name) = element.kind { return .init(known: known(name), name: name.text) }
            return .init(known: known(element), name: nil)
        }
        let values = parts.compactMap { if case .value(let value) = $0.known { value } else { nil } }
        return values.count == parts.count ? .value(.list(values)) : .list(parts)
    }

    private func negated(_ known: Known) -> Known {
        if case .value(.number(let number)) = known { return .value(.number(-number)) }
        return .unknown
    }

    /// Results are never computed: doubling a string a few dozen times would fill the memory.
    private func result(of operation: BinaryOperator, _ left: Expression, _ right: Expression) -> Known {
        switch operation {
        case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .contains, .excludes: .kind(.bool)
        case .concat: known(left).isCertainly(.string) ? .kind(.string) : .unknown
        default: known(left).isCertainly(.number()) && known(right).isCertainly(.number()) ? .kind(.number()) : .unknown
        }
    }

    private func result(ofPiping left: Expression, into right: Expression) -> Known {
        let first = Argument(kind: .positional, value: left)
        if case .call(let callee, _) = right.kind { return result(ofCalling: callee, first) }
        return result(ofCalling: right, first)
    }

    /// What a native declares to return.
    private func result(ofCalling callee: Expression, _ first: Argument?) -> Known {
        guard case .native(let native) = known(callee) else { return .unknown }
        let kinds = candidates(native, first).map(\.returns)
        if kinds.count == 1, let kind = kinds[0] { return .kind(kind) }
        let all = kinds.compactMap { $0 }
        return all.count == kinds.count ? .kind(.oneOf(all)) : .unknown
    }

    /// The signatures whose first parameter may take the first argument; all when that leaves none.
    func candidates(_ native: NativeFunction, _ first: Argument?) -> [Signature] {
        guard native.signatures.count > 1, let first, case .positional = first.kind else { return native.signatures }
        let value = known(first.value)
        let possible = native.signatures.filter { $0.parameters.first.map { value.mayBe($0.kind) } ?? false }
        return possible.isEmpty ? native.signatures : possible
    }
}

extension Known {
    /// Whether the value is of the kind for sure: one of the plain kinds, without ranges.
    fileprivate func isCertainly(_ kind: ParameterKind) -> Bool {
        switch (self, kind) {
        case (.value(let value), _): kind.accepts(value)
        case (.kind(.string), .string), (.kind(.choice), .string): true
        case (.kind(.number), .number), (.kind(.integer), .number): true
        default: false
        }
    }
}
