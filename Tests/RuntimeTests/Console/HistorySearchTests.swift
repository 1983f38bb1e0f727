import Testing

@testable import Runtime

@Suite struct HistorySearchTests {
    private let original = EditedText(Array("typed".unicodeScalars), cursor: 2)

    private func search(_ entries: String...) -> HistorySearch { HistorySearch(entries: entries, original: original) }

    @Test func theNewestEntryIsFoundFirst() {
        var search = search("max(x[0])", "min(x[1])", "max(x[1])", "1")
        #expect(search.shown == original)
        search.type("x[")
        #expect(search.shown.text == "max(x[1])" && search.shown.cursor == 4)
        search.advance(forward: false)
        #expect(search.shown.text == "min(x[1])")
        search.type("0")
        #expect(search.shown.text == "max(x[0])")
        search.erase()
        #expect(search.shown.text == "max(x[1])")
    }

    @Test func theSearchGoesBothWaysAndOverEqualEntries() {
        var search = search("ab 1", "ab 2", "ab 2", "ab 3")
        search.type("ab")
        for expected in ["ab 2", "ab 1"] {
            search.advance(forward: false)
            #expect(search.shown.text == expected)
        }
        search.advance(forward: true)
        search.advance(forward: true)
        #expect(search.shown.text == "ab 3")
        search.advance(forward: true)
        #expect(search.shown.text == "ab 3" && search.prompt == "(not found: ab) ")
    }

    @Test func whatIsNotThereLeavesWhatIsShown() {
        var search = search("abc")
        search.type("ab")
        search.type("x")
        #expect(search.prompt == "(not found: abx) ")
        search.erase()
        #expect(search.prompt == "(search: ab) " && search.shown.text == "abc")
        search.erase()
        search.erase()
        search.erase()
        #expect(search.shown == original && search.prompt == "(search: ) ")
    }

    @Test func capitalsCountOnceTheyAreTyped() {
        var search = search("GRÖSSE", "größe", "Größe")
        search.type("größe")
        #expect(search.shown.text == "Größe")
        search.advance(forward: false)
        #expect(search.shown.text == "größe")
        var exact = self.search("Max", "max")
        exact.type("M")
        #expect(exact.shown.text == "Max")
    }

    @Test func anEmptyHistoryHasNothing() {
        var search = search()
        search.type("a")
        search.advance(forward: false)
        search.advance(forward: true)
        search.erase()
        #expect(search.shown == original)
    }
}
