/// An incremental search through earlier entries: each key narrows what is shown, Ctrl-R and Ctrl-S go on to older and
/// newer entries. The pattern is plain text, for entries are full of brackets; capitals count once it has some.
struct HistorySearch {
    private(set) var pattern = ""
    private var isFailing = false
    /// Which entry is shown; their count while it is none.
    private var place: Int
    private let entries: [String]
    /// What stood in the line before.
    let original: EditedText

    init(entries: [String], original: EditedText) {
        self.entries = entries
        self.original = original
        place = entries.count
    }

    /// What the line shows: the entry found, the cursor at the pattern.
    var shown: EditedText {
        guard entries.indices.contains(place), let offset = offset(in: entries[place]) else { return original }
        return EditedText(Array(entries[place].unicodeScalars), cursor: offset)
    }

    var prompt: String { "(\(isFailing ? "not found" : "search"): \(pattern)) " }

    /// Makes the pattern longer; what is shown stays while it fits.
    mutating func type(_ text: String) {
        pattern += text
        find(from: min(place, entries.count - 1), forward: false)
    }

    /// Takes the pattern's last character away, and searches from the newest entry.
    mutating func erase() {
        pattern = String(pattern.dropLast())
        place = entries.count
        isFailing = false
        if !pattern.isEmpty { find(from: entries.count - 1, forward: false) }
    }

    /// Goes on to the next entry that fits and is another one.
    mutating func advance(forward: Bool) {
        let known = shown.text
        var start = place
        repeat {
            start += forward ? 1 : -1
        } while entries.indices.contains(start) && entries[start] == known
        find(from: start, forward: forward)
    }

    private mutating func find(from start: Int, forward: Bool) {
        let places = stride(from: start, to: forward ? entries.count : -1, by: forward ? 1 : -1)
        let found = places.first { offset(in: entries[$0]) != nil }
        isFailing = found == nil && !pattern.isEmpty
        if let found { place = found }
    }

    /// Where the pattern stands in an entry, in scalars.
    private func offset(in entry: String) -> Int? {
        if pattern.isEmpty { return nil }
        let text = pattern.contains(where: \.isUppercase) ? entry : entry.lowercased()
        return text.firstRange(of: pattern).map {
            text.unicodeScalars.distance(from: text.startIndex, to: $0.lowerBound)
        }
    }
}
