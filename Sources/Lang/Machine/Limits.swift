// What a script may use before it is stopped with an error: calls, nesting, and the user's patience.

/// Limits of a run.
public struct Limits {
    /// Calls of tx functions within one another.
    public var callDepth: Int
    /// Brackets, blocks and operators within one another in the source.
    public var nesting: Int
    /// Asked on loop back-edges, calls, and behind every native at top level; true stops the run with `Failure.Kind.interrupted`.
    public var isInterrupted: () -> Bool

    public init(callDepth: Int = 10_000, nesting: Int = 500, isInterrupted: @escaping () -> Bool = { false }) {
        self.callDepth = callDepth
        self.nesting = nesting
        self.isInterrupted = isInterrupted
    }
}

/// Thrown by the machine, or by a native that noticed the interrupt itself; `try` in tx does not catch it.
public struct Interruption: Error {
    public init() {}
}
