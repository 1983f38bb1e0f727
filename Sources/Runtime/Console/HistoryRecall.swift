/// Going through earlier entries with the arrows: those that begin with what stood before the cursor, each text once in a
/// row. An empty beginning fits all.
struct HistoryRecall {
    private let entries: [String]
    private let beginning: String
    /// What stood in the line before.
    private let original: String
    /// Which entry is shown; their count while it is the original.
    private var place: Int

    init(entries: [String], at content: EditedText) {
        self.entries = entries
        beginning = content.beforeCursor
        original = content.text
        place = entries.count
    }

    /// What the line shows.
    var shown: String { entries.indices.contains(place) ? entries[place] : original }

    /// Goes on to an older or newer entry, and behind the newest to what stood in the line.
    /// - Returns: false where there is none.
    mutating func advance(forward: Bool) -> Bool {
        let known = shown
        var next = place + (forward ? 1 : -1)
        while entries.indices.contains(next), entries[next] == known || !entries[next].hasPrefix(beginning) {
            next += forward ? 1 : -1
        }
        guard entries.indices.contains(next) || forward && place < entries.count else { return false }
        place = min(next, entries.count)
        return true
    }
}
