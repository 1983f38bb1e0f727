// What a native function throws: facts without a place. The machine adds the range of the argument and the call stack.

/// An error of a native function.
public struct NativeError: Error {
    public let message: String
    public let help: String?
    /// The parameter at fault: the excerpt then points at its argument.
    public var parameter: String?
    /// The parameter's place in its signature; the machine fills it in.
    var position: Int?
    /// What `catch e` sees as `e.kind`.
    public let kind: String

    public init(_ message: String, help: String? = nil, parameter: String? = nil, kind: String = "native") {
        self.message = message
        self.help = help
        self.parameter = parameter
        self.kind = kind
    }

    static func noParameter(_ name: String, _ call: NativeCall) -> NativeError {
        NativeError("'\(call.name)' is declared without the parameter '\(name)' that it reads")
    }
}
