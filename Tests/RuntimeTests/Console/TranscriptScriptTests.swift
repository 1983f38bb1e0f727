import Lang
import Testing

@testable import Runtime

/// A session's entries as a script that runs on its own.
@Suite struct TranscriptScriptTests {
    /// Entries in order; each that is given as `!text` failed, and each whose number is in `values` had a value.
    private func script(_ texts: [String], values: Set<Int> = [], seed: UInt64 = 0) -> String {
        var transcript = Transcript()
        var outputs: [Int] = []
        for text in texts {
            let isProse = text.hasPrefix("#")
            let number = isProse ? nil : transcript.nextNumber
            var entry = Transcript.Entry(number: number, text: text, outputs: outputs)
            if text.hasPrefix("!") { (entry.text, entry.hasSucceeded) = (String(text.dropFirst()), false) }
            transcript.add(entry)
            if let number, values.contains(number) { outputs.append(number) }
        }
        return TranscriptScript.text(of: transcript.succeeded, seed: seed)
    }

    @Test func entriesStandInOrderWithoutThoseThatFailed() {
        #expect(script(["let a = 1", "!error(\"x\")", "a + 1"], values: [3]) == "let a = 1\na + 1\n")
    }

    @Test func proseStandsAboveWhatItIsAbout() {
        let text = script(["let a = 1", "## Adds one.", "fn f(x) = x + 1  # why"])
        #expect(text == "let a = 1\n\n## Adds one.\nfn f(x) = x + 1  # why\n")
    }

    @Test func valuesThatAreUsedLaterGetNames() {
        #expect(
            script(["3", "_ + out[1]", "_ |> sqrt", "7"], values: [1, 2, 3, 4])
                == "let out_1 = 3\nout_1\n\nlet out_2 = out_1 + out_1\nout_2\n\nout_2 |> sqrt\n7\n")
        #expect(script(["3;", "\"{_}\""], values: [1, 2]) == "let out_1 = 3\n\"{out_1}\"\n")
        #expect(script(["[1, 2]", "_[0]", "out[-2]"], values: [1, 2, 3]).contains("out_1[0]\nout_1\n"))
    }

    @Test func aNameThatIsTakenIsNotTakenAgain() {
        #expect(script(["let out_2 = 1", "5", "_ + out_2"], values: [2, 3]).contains("let out_2_ = 5"))
    }

    @Test func theLastValueOfNothingIsNone() {
        #expect(script(["_"]) == "none\n")
    }

    @Test func ownNamesAreLeftAlone() {
        #expect(script(["let out = [1, 2]", "out[1]"], values: [2]) == "let out = [1, 2]\nout[1]\n")
    }

    @Test func aNameThatIsBoundAgainBecomesAVariable() {
        #expect(
            script(["let a = 1", "a", "let a = 2  # better", "let b = 3"])
                == "var a = 1\na\na = 2  # better\nlet b = 3\n")
        #expect(script(["let [a, b] = [1, 2]", "let a = 5"]).contains("var a = parts_1[0]\nvar b = parts_1[1]\n"))
        #expect(script(["let a = 5", "let {a, b} = r"]).contains("a = parts_1.a\nvar b = parts_1.b\n"))
    }

    @Test func aFunctionThatWasDefinedAnewUnusedIsLeftOut() {
        #expect(script(["fn f(x) = 1", "let a = 1", "fn f(x) = 2", "f(a)"]) == "let a = 1\nfn f(x) = 2\nf(a)\n")
    }

    @Test func aFunctionThatWasUsedBeforeItsNewDefinitionBecomesAVariable() {
        #expect(
            script(["fn f(x, y = 2) = x |> g", "f(1)", "fn f(x) {\n    x + 1\n}"])
                == "var f = (x, y = 2) => (x |> g)\nf(1)\n\nf = (x) => {\n    x + 1\n}\n")
    }

    @Test func theSessionsSeedComesFirst() {
        #expect(script(["random(1)"], seed: 7) == "seed(7)\nrandom(1)\n")
    }

    @Test func aRepeatedImportIsWrittenOnce() {
        #expect(script(["import \"a.tx\"", "a.x", "import \"a.tx\""]) == "import \"a.tx\"\na.x\n")
    }
}
