// "Did you mean": the known name with the smallest edit distance, if it is near enough to be a slip.

public enum NearestName {
    /// The nearest candidate; nil when none is near. Ties go to the first in alphabetical order.
    public static func find(_ name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased())
        // One slip in three characters; a name of one or two letters is too short to guess from.
        let limit = min(3, wanted.count / 3)
        guard limit > 0 else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in candidates where candidate != name {
            let letters = Array(candidate.lowercased())
            guard abs(letters.count - wanted.count) <= limit else { continue }
            let found = distance(wanted, letters)
            guard found <= limit else { continue }
            if let current = best, (current.distance, current.name) <= (found, candidate) { continue }
            best = (candidate, found)
        }
        return best?.name
    }

    /// Edits (insert, delete, replace, swap neighbours) between two words.
    /// - Complexity: O(a.count · b.count)
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var before: [Int] = []
        var previous = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in b.indices {
                var least = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
                row.append(least)
            }
            before = previous
            previous = row
        }
        return previous[b.count]
    }
}
