import Lang

/// What a session has run, in order: what was typed, how it ended and what it showed.
struct Transcript {
    struct Entry {
        /// The number of its prompt; nil for prose and comments, which run nothing.
        var number: Int?
        /// As it ran: with the `_` that a line beginning with `|>` leaves out.
        var text: String
        var hasSucceeded = true
        /// What it displayed and printed, without colours.
        var shown = ""
        /// The same as a report shows it.
        var shownOutputs: [Notebook.Output] = []
        /// The numbers of the outputs that there were before it, in order.
        var outputs: [Int] = []
    }

    private(set) var entries: [Entry] = []

    /// The number of the next prompt: entries that ran are counted.
    var nextNumber: Int { (entries.last { $0.number != nil }?.number ?? 0) + 1 }

    /// Those that can be run again.
    var succeeded: [Entry] { entries.filter(\.hasSucceeded) }

    mutating func add(_ entry: Entry) { entries.append(entry) }

    /// The text without the escape sequences of colours.
    static func plain(_ text: String) -> String {
        guard text.utf8.contains(0x1B) else { return text }
        return text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    }
}
