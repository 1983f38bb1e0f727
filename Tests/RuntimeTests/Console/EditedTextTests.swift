import Testing

@testable import Runtime

@Suite struct EditedTextTests {
    /// The cursor is where "|" stands.
    private func text(_ marked: String) -> EditedText {
        let scalars = Array(marked.unicodeScalars)
        return EditedText(scalars.filter { $0 != "|" }, cursor: scalars.firstIndex(of: "|") ?? scalars.count)
    }

    private func moved(_ text: EditedText, to place: Int?) -> String? {
        guard let place, text.scalars.indices.contains(place) || place == text.scalars.count else { return nil }
        return EditedText.text(text.scalars[..<place]) + "|" + EditedText.text(text.scalars[place...])
    }

    static let moves = [
        ("ab|c", nil, nil), ("abc\nd|e", "a|bc\nde", nil), ("ab|c\nd", nil, "abc\nd|"), ("|\n\n", nil, "\n|\n"),
        ("a\nbcd|\ne", "a|\nbcd\ne", "a\nbcd\ne|"), ("漢字|é\nabc", nil, "漢字é\nab|c"), ("", nil, nil),
    ]

    @Test(arguments: moves) func arrowsMoveBetweenLines(before: String, above: String?, below: String?) {
        let text = text(before)
        #expect(moved(text, to: text.placeAbove) == above)
        #expect(moved(text, to: text.placeBelow) == below)
    }

    @Test func offsetsOfBytesBecomePlaces() {
        let text = text("é漢😀x|")
        #expect(
            text.scalars(in: 0..<10) == 0..<4 && text.scalars(in: 2..<5) == 1..<2 && text.scalars(in: 5..<5) == 2..<2)
        for range in [1..<2, 0..<11, 12..<13, -1..<2] { #expect(text.scalars(in: range) == nil) }
    }

    @Test func onlyBlanksBeforeTheCursorAreIndentation() {
        #expect(
            text("  |x").indentation == "  " && text("|").indentation == "    "
                && text("a\n    |").indentation?.count == 4)
        #expect(text("a|").indentation == nil && text("a |").indentation == nil)
    }

    @Test func aCursorOutsideIsBroughtBack() {
        #expect(EditedText(["a"], cursor: 5).cursor == 1 && EditedText([], cursor: -1).cursor == 0)
    }
}
