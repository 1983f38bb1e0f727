/// What went wrong in the engine, a file or a numerical routine: facts first, then one sentence.
///
/// Runtime turns it into a diagnostic: `message` is the headline, `remedy` becomes a `help:` line.
public struct ComputeError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        case missingData, badFile, badArgument, badGraph, numerical, engine, inputOutput, cancelled
    }

    public var kind: Kind
    /// The file, layer or parameter at fault, when there is one.
    public var subject: String?
    /// One sentence, no full stop, that states what was expected and what was found.
    public var message: String
    /// What the user can do about it.
    public var remedy: String?

    public init(_ kind: Kind, _ message: String, subject: String? = nil, remedy: String? = nil) {
        self.kind = kind
        self.subject = subject
        self.message = message
        self.remedy = remedy
    }

    public var description: String {
        let place = subject.map { "\($0): " } ?? ""
        let advice = remedy.map { " (\($0))" } ?? ""
        return place + message + advice
    }
}
