/// What stands before the cursor and could be written instead.
public struct Completion: Equatable, Sendable {
    public struct Candidate: Equatable, Sendable {
        /// Replaces the range.
        public var text: String
        /// What it is, e.g. "fn(x, by: …)"; may be empty.
        public var detail: String

        public init(_ text: String, detail: String = "") {
            self.text = text
            self.detail = detail
        }
    }

    /// UTF-8 offsets in the entry's text.
    public var range: Range<Int>
    /// Sorted.
    public var candidates: [Candidate]

    public init(range: Range<Int>, candidates: [Candidate]) {
        self.range = range
        self.candidates = candidates
    }

    /// What all candidates begin with.
    var commonPrefix: String {
        guard let first = candidates.first?.text else { return "" }
        return candidates.dropFirst().reduce(first) { prefix, candidate in
            String(zip(prefix, candidate.text).prefix { $0 == $1 }.map(\.0))
        }
    }
}
