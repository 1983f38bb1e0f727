// Errors on their way through the machine. Operations throw a `Fault` (which message, no place) or a `NativeError`;
// the loop adds place and call stack once, where it happened, and from then on it is a `RunError` until a `try` of the
// script or the interpreter takes it.

/// An error of an operation that does not know where it stands.
struct Fault: Error {
    let message: @Sendable (Place) -> Diagnostic

    init(_ message: @escaping @Sendable (Place) -> Diagnostic) { self.message = message }
}

/// An error with its place and call stack.
struct RunError: Error {
    let diagnostic: Diagnostic
    /// What `catch e` sees as `e.kind`.
    let kind: String

    /// What `catch e` binds.
    var record: Value {
        let line = diagnostic.source.map { Double($0.line(at: diagnostic.range.start)) }
        return .record([
            "message": .string(diagnostic.message),
            "kind": .string(kind),
            "file": .string(diagnostic.source?.name ?? ""),
            "line": line.map { .number($0) } ?? .nothing,
        ])
    }
}

/// What `error(…)` and `assert(…)` throw.
struct Raised: Error {
    let message: String
    let isAssertion: Bool
}
