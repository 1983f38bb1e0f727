/// What is wrong with a chart or with the data it is given: one sentence, and advice when there is some.
///
/// Runtime turns it into a diagnostic at the call: `message` is the headline, `help` the `help:` line.
public struct ChartError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence, no full stop.
    public var message: String
    /// What the user can do about it.
    public var help: String?

    public init(_ message: String, help: String? = nil) {
        self.message = message
        self.help = help
    }

    public var description: String { help.map { "\(message) (\($0))" } ?? message }
}
