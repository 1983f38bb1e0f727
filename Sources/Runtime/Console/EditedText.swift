/// A text that is being edited, and the cursor in it. Places are counted in Unicode scalars, as libedit counts them.
struct EditedText: Equatable {
    let scalars: [Unicode.Scalar]
    /// Within 0...scalars.count.
    let cursor: Int

    init(_ scalars: [Unicode.Scalar], cursor: Int) {
        self.scalars = scalars
        self.cursor = min(max(0, cursor), scalars.count)
    }

    static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    var text: String { EditedText.text(scalars[...]) }
    var beforeCursor: String { EditedText.text(scalars[..<cursor]) }

    private var lineStart: Int { scalars[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0 }

    /// The place above the cursor in a block of lines; nil in the first one.
    var placeAbove: Int? {
        guard lineStart > 0 else { return nil }
        let end = lineStart - 1
        let start = scalars[..<end].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        return min(start + cursor - lineStart, end)
    }

    /// The place below the cursor in a block of lines; nil in the last one.
    var placeBelow: Int? {
        guard let end = scalars[cursor...].firstIndex(of: "\n") else { return nil }
        let limit = scalars[(end + 1)...].firstIndex(of: "\n") ?? scalars.count
        return min(end + 1 + cursor - lineStart, limit)
    }

    /// The spaces up to the next level, where only blanks stand before the cursor in its line.
    var indentation: String? {
        let before = scalars[lineStart..<cursor]
        guard before.allSatisfy({ $0 == " " || $0 == "\t" }) else { return nil }
        return String(repeating: " ", count: 4 - before.count % 4)
    }

    /// A range of UTF-8 offsets as one of scalars; nil when it does not lie within the text.
    func scalars(in range: Range<Int>) -> Range<Int>? {
        var (offset, lower, upper) = (0, Int?.none, Int?.none)
        for index in 0...scalars.count {
            if offset == range.lowerBound { lower = index }
            if offset == range.upperBound { upper = index }
            if index < scalars.count { offset += UTF8.width(scalars[index]) }
        }
        guard let lower, let upper else { return nil }
        return lower..<upper
    }
}
