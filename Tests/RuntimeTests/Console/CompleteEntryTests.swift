import Lang
import Testing

@testable import Runtime

/// Completions, as texts that replace what is written; `¦` marks the cursor.
@Suite struct CompleteEntryTests {
    private let facts: CompletionFacts

    init() throws {
        let interpreter = Program.interpreter(Session(options: Session.Options())) { _ in }
        let setup = """
            let scores = table(name: ["a", "b"], narrow: [1, 2], "top 1": [3, 4])
            let rec = {alpha: 1, beta: {gamma: 2}, "odd name": 3}
            fn own(first, second = 2, ...rest) = first
            let module = {helper: own, t: scores}
            let _hidden = 1
            let _ = scores
            let picture = chart(scores)
            """
        try interpreter.run(SourceFile(name: "setup", text: setup.replacing("\"top 1\": [3, 4]", with: "top1: [3, 4]")))
        var facts = CompletionFacts(interpreter)
        facts.home = "/home/me"
        facts.files = { folder in
            [
                ".": ["data/", "deep.csv", "study.tx", ".hidden", "a\"b.csv"], "data/": ["train.csv", "test.csv"],
                "/home/me/": ["notes.tx"],
            ][folder]
        }
        self.facts = facts
    }

    private func completion(_ marked: String) -> Completion? {
        let parts = marked.split(separator: "¦", maxSplits: 1, omittingEmptySubsequences: false)
        return CompleteEntry.completion(parts.joined(), cursor: parts[0].utf8.count, facts: facts)
    }

    private func texts(_ marked: String) -> [String] { completion(marked)?.candidates.map(\.text) ?? [] }

    @Test func namesOfAllKindsComplete() {
        #expect(texts("sco¦") == ["scores"])
        #expect(texts("1 + sqr¦") == ["sqrt"])
        #expect(texts("whi¦") == ["while"])
        #expect(texts("let local_thing = 1\nloc¦") == ["local_thing"])
        #expect(completion("1 + sco¦")?.range == 4..<7)
        #expect(completion("sqr¦")?.candidates.first?.detail == "fn sqrt(x)")
        #expect(completion("own¦")?.candidates.first?.detail == "fn own(first, second = 2, ...rest)")
    }

    @Test func oddNamesComeLast() {
        #expect(texts("f(_¦") == ["_", "_hidden"])
    }

    @Test func capitalsDoNotMatterWhereNothingElseFits() { #expect(texts("SCO¦") == ["scores"]) }

    @Test func nothingIsOfferedWhereNothingFits() {
        for marked in ["¦", "let sco¦", "12¦", "# sco¦", "\"scores {¦", "nope.f¦", "rec.alpha.x¦", "f().x¦", "1 ¦"] {
            #expect(texts(marked).isEmpty, "\(marked)")
        }
    }

    @Test func argumentNamesOfNativesCompleteOnce() {
        #expect(texts("logreg(l¦").first == "l2:")
        #expect(!texts("logreg(l2: 1, ¦").contains("l2:"))
        #expect(!texts("logreg(¦, l2: 1)").contains("l2:"))
        #expect(texts("sort(scores, ¦") == ["by:", "descending:"])
        #expect(texts("scores |> sort(¦") == ["by:", "descending:"])
        #expect(texts("sort(scores, by: ¦").isEmpty)
    }

    @Test func argumentNamesOfOwnFunctionsComplete() {
        #expect(texts("own(1, ¦") == ["second:"])
        #expect(texts("module.helper(f¦").first == "first:")
    }

    @Test func fieldsAndColumnsCompleteBehindADot() {
        #expect(texts("rec.¦") == ["alpha", "beta"])
        #expect(texts("rec.beta.g¦") == ["gamma"])
        #expect(texts("scores.na¦") == ["name", "narrow"])
        #expect(texts("module.t.to¦") == ["top1"])
        #expect(completion("scores.na¦")?.candidates.map(\.detail) == ["string", "number"])
    }

    @Test func fieldsOfARowAreItsTablesColumns() {
        #expect(texts("filter(scores, r => r.na¦") == ["name", "narrow"])
        #expect(texts("scores |> mutate(x: row => row.to¦") == ["top1"])
    }

    @Test(arguments: [
        "select(scores, \"na¦", "scores |> select(\"na¦", "sort(scores, by: [\"top1\", \"na¦",
        "scores |> drop(\"name\", \"na¦",
        "module.t |> filter(r => r.top1 > 1) |> select(\"na¦", "|> select(\"na¦", "chart(scores) |> points(x: \"na¦",
        "picture |> points(x: \"top1\", y: \"na¦", "let u = scores |> sort(by: \"na¦",
    ]) func columnsCompleteInStringsWhereATableIsMeant(marked: String) {
        #expect(texts(marked) == ["name", "narrow"])
    }

    @Test func whatIndexesAValueCompletesInStrings() {
        #expect(texts("rec[\"¦") == ["alpha", "beta", "odd name"] && texts("rec[\"a¦") == ["alpha"])
        #expect(texts("scores[\"na¦") == ["name", "narrow"] && texts("module.t[\"to¦") == ["top1"])
        #expect(texts("[\"stu¦") == ["study.tx"])
    }

    @Test func wordsThatBeginStatementsStandInNoBracket() {
        #expect(texts("le¦").contains("let") && !texts("f(le¦").contains("let"))
        #expect(texts("f(tr¦").contains("true"))
    }

    @Test func columnsAreThoseThatThePipeLeaves() {
        #expect(texts("scores |> mutate(nice: r => r.top1 + 1) |> sort(by: \"n¦") == ["name", "narrow", "nice"])
        #expect(texts("scores |> mutate(nice: 1) |> filter(r => r.ni¦") == ["nice"])
        #expect(texts("scores |> summarize(by: \"name\", m: g => mean(g.top1)) |> sort(by: \"¦") == ["m", "name"])
        #expect(texts("scores |> select(\"top1\") |> sort(by: \"¦") == ["top1"])
        #expect(texts("scores |> rename(nom: \"name\") |> drop(\"top1\") |> sort(by: \"¦") == ["narrow", "nom"])
        #expect(texts("chart(scores |> mutate(nice: 1)) |> points(x: \"ni¦").isEmpty)
    }

    @Test func choicesCompleteInStrings() {
        #expect(!texts("chart(scores) |> scales(y: \"¦").contains("name"))
        #expect(texts("resnet50(stem: \"s¦").contains("small"))
    }

    @Test func filesCompleteInStrings() {
        #expect(texts("read_csv(\"d¦") == ["data/", "deep.csv"])
        #expect(texts("read_csv(\"data/t¦") == ["test.csv", "train.csv"])
        #expect(completion("read_csv(\"data/t¦")?.range == 15..<16)
        #expect(texts("read_csv(\"~/n¦") == ["/home/me/notes.tx"])
        #expect(texts("read_csv(\".h¦") == [".hidden"])
        #expect(texts("read_csv(\"a¦") == ["a\\\"b.csv"])
        #expect(texts("read_csv(\"nowhere/¦").isEmpty)
        #expect(texts("import \"st¦") == ["study.tx"])
    }

    @Test func commandsAndTheirArgumentsComplete() {
        #expect(texts(":re¦") == [":report", ":reset"])
        #expect(texts(":load st¦") == ["study.tx"])
        #expect(texts(":save data/¦") == ["test.csv", "train.csv"])
        #expect(texts(":type scores.na¦") == ["name", "narrow"])
        #expect(completion(":type sco¦")?.range == 6..<9)
        #expect(texts(":doc sqr¦") == ["sqrt"])
        #expect(texts("?sqr¦") == ["sqrt"])
        #expect(texts(":vars sc¦").isEmpty && texts(":nope sc¦").isEmpty)
    }

    @Test func noPlaceIsTooMuch() {
        let text = ":type scores |> select(\"na\", [r.x for r in rec.beta.gamma"
        for cursor in 0...text.utf8.count { _ = CompleteEntry.completion(text, cursor: cursor, facts: facts) }
        _ = CompleteEntry.completion("a", cursor: 99, facts: facts)
        _ = CompleteEntry.completion(":", cursor: 0, facts: facts)
        _ = CompleteEntry.completion("?", cursor: 0, facts: facts)
    }
}
