// What went wrong, as a value: an identifier, one sentence, the range at fault, notes and help. The catalogues make
// diagnostics, `DiagnosticRenderer` prints them; nothing else in the program formats an error of a script.

/// One message about a script.
public struct Diagnostic: Sendable {
    public enum Severity: String, Sendable { case error, warning }

    /// A further sentence, at a place of its own or without one.
    public struct Note: Sendable {
        public let message: String
        public let source: SourceFile?
        public let range: SourceRange

        public init(_ message: String, source: SourceFile? = nil, range: SourceRange = .beginning) {
            self.message = message
            self.source = source
            self.range = range
        }
    }

    /// The name of its static member in the catalogue that made it.
    public let id: String
    public let severity: Severity
    public let message: String
    /// The file at fault; nil only where there is none.
    public let source: SourceFile?
    public let range: SourceRange
    public var notes: [Note]
    public var help: [String]

    public init(
        _ id: String, _ message: String, source: SourceFile? = nil, range: SourceRange = .beginning,
        severity: Severity = .error, notes: [Note] = [], help: [String] = []
    ) {
        self.id = id
        self.severity = severity
        self.message = message
        self.source = source
        self.range = range
        self.notes = notes
        self.help = help
    }
}

/// Why a script was not run to its end.
public struct Failure: Error {
    public enum Kind: Sendable {
        /// Found before anything ran: syntax, names, arguments.
        case `static`
        case runtime
        case interrupted
    }

    public let kind: Kind
    public let diagnostics: [Diagnostic]

    public init(_ kind: Kind, _ diagnostics: [Diagnostic]) {
        self.kind = kind
        self.diagnostics = diagnostics
    }
}
