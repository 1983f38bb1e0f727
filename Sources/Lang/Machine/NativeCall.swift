// What the body of a native function sees: its arguments, checked and completed with defaults once, by parameter name
// or position, and the few services of the machine that a native may need.

/// One call of a native function.
public struct NativeCall {
    public let signature: Signature
    /// One value a parameter, in order; a `rest` parameter holds a list, a `namedRest` parameter a record.
    public let arguments: [Value]
    /// Bit i: parameter i was given, not defaulted.
    let given: UInt64
    /// The call in the source.
    public let range: SourceRange
    /// The path of the file in which the call stands; nil for text that came from no file.
    public let sourcePath: String?
    let machine: Machine

    public var name: String { signature.name }

    // MARK: Services

    /// Calls a tx or native function.
    /// - Throws: what the function throws; let it pass.
    public func invoke(_ function: Value, _ arguments: [Value]) throws -> Value {
        try machine.invoke(function, arguments)
    }

    /// The function of an argument, to be called often.
    public func function(_ name: String) throws -> Callback { Callback(try value(name), machine: machine) }

    /// Writes to the script's output.
    public func output(_ text: String) { machine.output(text) }
    /// Shows a value as a top-level expression does.
    public func display(_ value: Value) { machine.onDisplay(value) }

    /// The terminal's width in columns.
    public var displayWidth: Int { machine.displayWidth }

    /// - Throws: `Interruption` when the user asked to stop; call it every few milliseconds of work.
    public func checkInterruption() throws { try machine.checkInterruption() }

    // MARK: Arguments

    public func value(_ name: String) throws -> Value { arguments[try position(name)] }

    public func value(_ position: Int) throws -> Value {
        guard arguments.indices.contains(position) else { throw NativeError.noParameter("\(position)", self) }
        return arguments[position]
    }

    /// Whether the caller gave the argument (it may still equal the default).
    public func has(_ name: String) throws -> Bool { given & (1 << UInt64(try position(name))) != 0 }

    private func position(_ name: String) throws -> Int {
        guard let position = signature.parameters.firstIndex(where: { $0.name == name }) else {
            throw NativeError.noParameter(name, self)
        }
        return position
    }
}

extension NativeCall {
    public func number(_ name: String) throws -> Double { try required(name, \.asNumber, "number") }
    public func string(_ name: String) throws -> String { try required(name, \.asString, "string") }
    public func bool(_ name: String) throws -> Bool { try required(name, \.asBool, "bool") }
    public func list(_ name: String) throws -> List { try required(name, \.asList, "list") }
    public func record(_ name: String) throws -> Record { try required(name, \.asRecord, "record") }

    public func integer(_ name: String) throws -> Int {
        guard let integer = Int(exactly: try number(name)) else {
            throw NativeError("'\(name)' takes a whole number", parameter: name)
        }
        return integer
    }

    public func values(_ name: String) throws -> [Value] { try list(name).values }

    /// - Throws: `NativeError` when an element is no number.
    public func numbers(_ name: String) throws -> [Double] {
        guard let numbers = try list(name).numbers else {
            throw NativeError("'\(name)' takes a list of numbers", parameter: name)
        }
        return numbers
    }

    public func strings(_ name: String) throws -> [String] {
        try list(name).map { value in
            guard let string = value.asString else {
                throw NativeError("'\(name)' takes a list of strings", parameter: name)
            }
            return string
        }
    }

    public func formula(_ name: String) throws -> Formula {
        guard case .formula(let formula) = try value(name) else { throw mismatch(name, "formula") }
        return formula
    }

    public func foreign<T>(_ name: String, as type: T.Type = T.self) throws -> T {
        guard case .foreign(let object) = try value(name), let typed = object as? T else {
            throw mismatch(name, "\(type)")
        }
        return typed
    }

    public func foreigns<T>(_ name: String, as type: T.Type = T.self) throws -> [T] {
        try list(name).map { value in
            guard case .foreign(let object) = value, let typed = object as? T else { throw mismatch(name, "\(type)") }
            return typed
        }
    }

    public func optionalNumber(_ name: String) throws -> Double? {
        try value(name).isNothing ? nil : number(name)
    }
    public func optionalInteger(_ name: String) throws -> Int? {
        try value(name).isNothing ? nil : integer(name)
    }
    public func optionalString(_ name: String) throws -> String? {
        try value(name).isNothing ? nil : string(name)
    }
    public func optionalBool(_ name: String) throws -> Bool? {
        try value(name).isNothing ? nil : bool(name)
    }
    public func optionalNumbers(_ name: String) throws -> [Double]? {
        try value(name).isNothing ? nil : numbers(name)
    }
    public func optionalForeign<T>(_ name: String, as type: T.Type = T.self) throws -> T? {
        try value(name).isNothing ? nil : foreign(name, as: type)
    }

    private func required<T>(_ name: String, _ read: (Value) -> T?, _ type: String) throws -> T {
        guard let typed = read(try value(name)) else { throw mismatch(name, type) }
        return typed
    }

    /// The declared kind admits what the body did not expect: the declaration is wrong, the script gets an error.
    private func mismatch(_ name: String, _ type: String) -> NativeError {
        NativeError("'\(name)' takes a \(type)", parameter: name)
    }
}
