/// What is wrong with a table operation: one sentence, and advice when there is some.
///
/// Runtime turns it into a diagnostic at the call: `message` is the headline, `help` the `help:` line.
public struct TableError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence, no full stop.
    public var message: String
    /// What the user can do about it.
    public var help: String?

    public init(_ message: String, help: String? = nil) {
        self.message = message
        self.help = help
    }

    public var description: String { help.map { "\(message) (\($0))" } ?? message }

    /// A column that the table does not have; the help names the nearest one, or all when few.
    static func unknownColumn(_ name: String, among names: [String]) -> TableError {
        TableError("unknown column '\(name)'", help: adviceForUnknown(name, among: names))
    }
}

/// "did you mean 'accuracy'?" when a name is near; otherwise the list of what there is.
func adviceForUnknown(_ name: String, among names: [String]) -> String {
    let nearest = names.map { (name: $0, distance: editDistance(name.lowercased(), $0.lowercased())) }
        .min { $0.distance < $1.distance }
    if let nearest, nearest.distance <= max(1, name.count / 3) { return "did you mean '\(nearest.name)'?" }
    if names.isEmpty { return "the table has no columns" }
    let shown = names.prefix(8).joined(separator: ", ")
    return "there are: \(shown)\(names.count > 8 ? ", and \(names.count - 8) more" : "")"
}

/// Edits between two names, where swapping two neighbouring letters counts as one (optimal string alignment distance).
private func editDistance(_ first: String, _ second: String) -> Int {
    let a = Array(first), b = Array(second)
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 0..<a.count {
        var current = [i + 1]
        for j in 0..<b.count {
            var best = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforePrevious[j - 1] + 1) }
            current.append(best)
        }
        (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
}
