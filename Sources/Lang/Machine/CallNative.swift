// A native's call: chooses the signature by the first argument, matches and checks the arguments against it, fills in
// defaults, runs the body.

extension Machine {
    func call(_ native: NativeFunction, _ positional: [Value], named: [(String, Value)]) throws -> Value {
        let signature = try choose(native, positional, named)
        let arguments = try bind(signature, positional, named)
        switch signature.body {
        case .elementwise(let function):
            let result = try Broadcast.map(arguments.values[0], function, name: signature.name)
            try checkInterruption()
            return result
        case .textual(let function): return .string(function(arguments.values[0].asString ?? ""))
        case .call(let body):
            let call = NativeCall(
                signature: signature, arguments: arguments.values, given: arguments.given, range: currentRange,
                sourcePath: currentSource?.path, machine: self)
            let result = try run(body, call)
            // A loop of long calls would look only once in many rounds.
            try checkInterruption()
            return result
        }
    }

    private func run(_ body: (NativeCall) throws -> Value, _ call: NativeCall) throws -> Value {
        do {
            let result = try body(call)
            // Straight-line code of slow natives has no loop that would look.
            if frameCount <= 1, limits.isInterrupted() { throw Interruption() }
            return result
        } catch var error as NativeError {
            if error.position == nil {
                error.position = call.signature.parameters.firstIndex { $0.name == error.parameter }
            }
            throw error
        }
    }

    /// Calls a native on behalf of another: what it says about its arguments has no place in the script.
    func callBack(_ native: NativeFunction, _ arguments: [Value]) throws -> Value {
        do {
            return try call(native, arguments, named: [])
        } catch var error as NativeError {
            error.parameter = nil
            throw error
        } catch let fault as ArgumentFault {
            throw Fault(fault.message)
        }
    }

    private var currentSource: SourceFile? { frameCount > 0 ? frames[frameCount - 1].chunk.source : nil }

    private var currentRange: SourceRange {
        guard frameCount > 0 else { return .beginning }
        let frame = frames[frameCount - 1]
        return frame.chunk.range(at: max(frame.pc - 1, 0))
    }

    /// The first signature whose first parameter accepts the first argument.
    private func choose(
        _ native: NativeFunction, _ positional: [Value], _ named: [(String, Value)]
    ) throws -> Signature {
        guard native.signatures.count > 1 else { return native.signatures[0] }
        for signature in native.signatures {
            guard let parameter = signature.parameters.first else { continue }
            let first = positional.first ?? named.first { $0.0 == parameter.name }?.1
            if let first, parameter.kind.accepts(first) { return signature }
        }
        guard let first = positional.first else {
            // Without arguments only a signature that needs none can be meant.
            return native.signatures.first { !$0.parameters.contains(where: \.isRequired) } ?? native.signatures[0]
        }
        var phrases: [String] = []
        for phrase in native.signatures.compactMap({ $0.parameters.first?.kind.phrase }) where !phrases.contains(phrase)
        {
            phrases.append(phrase)
        }
        let (name, takes, got) = (native.name, phrases.joined(separator: ", or "), first.phrase)
        throw ArgumentFault(argument: .position(0)) {
            RunMessages.noMatchingSignature($0, name, takes: takes, got: got)
        }
    }

    /// One value a parameter, and which were given (bit i: parameter i).
    private func bind(
        _ signature: Signature, _ positional: [Value], _ named: [(String, Value)]
    ) throws -> (values: [Value], given: UInt64) {
        if named.isEmpty, signature.isSimple, let values = try bind(signature, positional) {
            return (values, positional.count < 64 ? (1 << UInt64(positional.count)) - 1 : ~0)
        }
        return try bindAny(signature, positional, named)
    }

    /// The usual call: positional arguments, then defaults. nil when there are too many or too few.
    private func bind(_ signature: Signature, _ positional: [Value]) throws -> [Value]? {
        let parameters = signature.parameters
        guard positional.count <= parameters.count else { return nil }
        for (index, value) in positional.enumerated() where !parameters[index].kind.accepts(value) {
            throw mismatch(parameters[index], of: signature, value, argument: .position(index))
        }
        var values = positional
        for parameter in parameters[positional.count...] {
            guard let value = parameter.defaultValue else { return nil }
            values.append(value)
        }
        return values
    }

    private func bindAny(
        _ signature: Signature, _ positional: [Value], _ named: [(String, Value)]
    ) throws -> (values: [Value], given: UInt64) {
        let names: [String?] = positional.map { _ in nil } + named.map(\.0)
        let binding = ArgumentBinding(names: names, signature: signature)
        if let problem = binding.problems.first {
            throw bindingFault(problem, names: names, signature)
        }
        var values: [Value?] = Array(repeating: nil, count: signature.parameters.count)
        var rest: [Value] = []
        var namedRest = Record()
        for (argument, parameter) in binding.parameters.enumerated() {
            let declared = signature.parameters[parameter]
            let value = argument < positional.count ? positional[argument] : named[argument - positional.count].1
            guard declared.kind.accepts(value) else {
                throw mismatch(declared, of: signature, value, argument: .at(argument, name: names[argument]))
            }
            switch declared.role {
            case .required, .optional: values[parameter] = value
            case .rest: rest.append(value)
            case .namedRest: namedRest[names[argument] ?? ""] = value
            }
        }
        var given: UInt64 = 0
        for (index, value) in values.prefix(64).enumerated() where value != nil { given |= 1 << UInt64(index) }
        let complete = zip(values, signature.parameters).map { value, parameter -> Value in
            switch parameter.role {
            case .required: value ?? .nothing
            case .optional(let standard): value ?? standard
            case .rest: .list(rest)
            case .namedRest: .record(namedRest)
            }
        }
        return (complete, given)
    }

    private func mismatch(
        _ parameter: Parameter, of signature: Signature, _ value: Value, argument: ArgumentFault.Argument
    ) -> ArgumentFault {
        let (name, function, takes) = (parameter.name, signature.name, parameter.kind.phrase)
        let got = parameter.kind.got(value)
        return ArgumentFault(argument: argument) {
            NameMessages.wrongArgument($0, name, of: function, takes: takes, got: got)
        }
    }

    private func bindingFault(
        _ problem: ArgumentBinding.Problem, names: [String?], _ signature: Signature
    ) -> ArgumentFault {
        let argument: ArgumentFault.Argument
        switch problem {
        case .tooMany(let index, _), .unknownName(let index), .givenTwice(let index, _):
            argument = .at(index, name: names[index])
        case .missing: argument = .callee
        }
        let empty = Place(source: Machine.nowhere, range: .beginning)
        let diagnostic = ArgumentBinding.diagnostic(problem, names: names, signature: signature) { _ in empty }
        return ArgumentFault(argument: argument) { $0.moving(diagnostic) }
    }

    private static let nowhere = SourceFile(name: "", bytes: [])
}

/// A fault of one argument of the current call; the machine finds its range.
struct ArgumentFault: Error {
    enum Argument: Sendable {
        case callee
        case position(Int)
        case name(String)

        static func at(_ position: Int, name: String?) -> Argument { name.map { .name($0) } ?? .position(position) }
    }

    let argument: Argument
    let message: @Sendable (Place) -> Diagnostic

    init(argument: Argument, _ message: @escaping @Sendable (Place) -> Diagnostic) {
        self.argument = argument
        self.message = message
    }
}

extension Place {
    /// The diagnostic, pointing here.
    fileprivate func moving(_ diagnostic: Diagnostic) -> Diagnostic {
        Diagnostic(
            diagnostic.id, diagnostic.message, source: source, range: range, severity: diagnostic.severity,
            notes: diagnostic.notes, help: diagnostic.help)
    }
}
