import Testing

@testable import Runtime

@Suite struct CompletionListTests {
    private func candidates(_ texts: [String], detail: String = "") -> [Completion.Candidate] {
        texts.map { Completion.Candidate($0, detail: detail) }
    }

    @Test(arguments: [1, 2, 5, 20, 80, 300], [1, 3, 30]) func aListFits(width: Int, height: Int) {
        let names = (0..<200).map { "name_\($0)" }
        let lines = CompletionList.lines(candidates(names), width: width, height: height)
        #expect(lines.count <= max(2, height))
        #expect(lines.allSatisfy { $0.count < max(2, width) })
    }

    @Test func columnsAreReadDownwards() {
        let lines = CompletionList.lines(candidates(["a", "bb", "c", "d", "e"]), width: 12, height: 10)
        #expect(lines == ["a   c   e", "bb  d"])
    }

    @Test func whatIsLeftOutIsCounted() {
        let lines = CompletionList.lines(candidates((0..<100).map(String.init)), width: 20, height: 4)
        #expect(lines == ["0   3   6   9   12", "1   4   7   10  13", "2   5   8   11  14", "… and 85 more"])
    }

    @Test func fewCandidatesSayWhatTheyAre() {
        let lines = CompletionList.lines(
            candidates(["map", "max"], detail: "fn(list, function, and more)"), width: 24, height: 9)
        #expect(lines == ["map  fn(list, function…", "max  fn(list, function…"])
    }

    @Test func namesCannotSteerTheTerminal() {
        let lines = CompletionList.lines(candidates(["a\u{1B}[2J", "b\nc"]), width: 80, height: 9)
        #expect(lines == ["a\u{FFFD}[2J  b\u{FFFD}c"])
    }

    @Test func theCommonBeginningKeepsCharactersWhole() {
        let accents = candidates(["e\u{301}a", "e\u{302}b"])
        #expect(Completion(range: 0..<0, candidates: accents).commonPrefix.isEmpty)
        #expect(Completion(range: 0..<0, candidates: candidates(["größe_a", "größe_b"])).commonPrefix == "größe_")
        #expect(Completion(range: 0..<0, candidates: []).commonPrefix.isEmpty)
    }
}
