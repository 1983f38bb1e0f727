import Foundation
import Lang
import Testing

@testable import Runtime

/// What a person sees who types into a session.
@Suite(.serialized) struct REPLTests {
    @Test func valuesShowAndNamesLiveOn() throws {
        let session = try ScriptedSession()
        #expect(session.type("let x = 20", "x + 1", "\"a\";", "fn f(y) = x + y", "f(1)") == "21\n21\n\n")
        #expect(session.prompts == ["tx[1]> ", "tx[2]> ", "tx[3]> ", "tx[4]> ", "tx[5]> ", "tx[6]> "])
    }

    @Test func anErrorNamesItsEntryAndEndsNothing() throws {
        let session = try ScriptedSession()
        let shown = session.type("let x = 1", "x + nope", "[1][5]", "x")
        #expect(shown.contains("tx[2]:1:5") && shown.contains("tx[2]:1:5") && shown.hasSuffix("\n1\n\n"))
        // The first mistake was found before anything ran, the second was not.
        #expect(session.prompts == ["tx[1]> ", "tx[2]> ", "tx[2]> ", "tx[3]> ", "tx[4]> "])
    }

    @Test func aLetMayBeRepeatedAndFunctionsSeeTheNewValue() throws {
        #expect(try ScriptedSession().type("let a = 1", "fn f() = a", "let a = 2", "f()") == "2\n\n")
    }

    @Test func theLastValueAndEarlierOnesHaveNames() throws {
        let shown = try ScriptedSession().type("6", "_ * 7", "let x = 1", "_ + out[1] + out[-1]", "none", "_")
        #expect(shown == "6\n42\n90\n90\n\n")
    }

    @Test func aLineThatBeginsWithAPipeGoesOnFromTheLastValue() throws {
        #expect(try ScriptedSession().type("[3, 1, 2]", "|> sort", "  |> sum") == "[3, 1, 2]\n[1, 2, 3]\n6\n\n")
    }

    @Test func outSaysWhichNumbersThereAre() throws {
        let session = try ScriptedSession()
        let shown = session.type("out[1]", "5", "let a = 1", "6", "7", "8", "out[3]")
        #expect(shown.contains("no entry has had a value yet"))
        #expect(shown.contains("there is no out[3]") && shown.contains("entries with a value: 2, 4..6"))
        #expect(session.type("out").contains("2, 4..6"))
        #expect(session.type("out[1.5]").contains("'out' takes the number of an entry"))
    }

    @Test func blankEntriesAndCommentsRunNothing() throws {
        let session = try ScriptedSession()
        #expect(session.type("", "  ", "# note", "## Prose", "1") == "1\n\n")
        #expect(session.prompts.last == "tx[2]> ")
        #expect(session.remembered == ["# note", "## Prose", "1"])
    }

    @Test func anInterruptedEntryIsDropped() throws {
        #expect(try ScriptedSession().play([.interrupted, .text("1"), .interrupted]) == "1\n\n")
    }

    @Test func anInterruptedStatementKeepsNamesAndSession() throws {
        let session = try ScriptedSession()
        session.onWrite = { if $0 == "now\n" { _ = Interrupt.request() } }
        let shown = session.type("let x = 1; print(\"now\"); while true { }", "x")
        #expect(shown == "now\ninterrupted\n1\n\n")
        #expect(session.prompts == ["tx[1]> ", "tx[2]> ", "tx[3]> "])
    }

    @Test func aQuestionMarkExplains() throws {
        let session = try ScriptedSession()
        #expect(session.type("sqrt?").contains("The square root"))
        #expect(session.type("?sqrt").contains("sqrt(x)"))
        #expect(session.type("## Adds one.\nfn inc(x) = x + 1", "inc?") == "fn inc(x)\n  Adds one.\n\n")
        #expect(session.type("let r = {f: sqrt, n: 1}", "r.f?").contains("The square root"))
        #expect(session.type("r.n?") == "r.n: number\n\n")
        #expect(session.type("sqtr?").contains("did you mean 'sqrt'?"))
        #expect(session.type("?").contains(":save FILE"))
    }

    @Test func picturesOfTheSessionCarryItsText() throws {
        let session = try ScriptedSession()
        session.type("let a = 1", "nope", "a + 1", "_ * 2")
        let script = try #require(session.repl.session.script)
        #expect(script.text(script.range) == "let a = 1\n\nlet out_2 = a + 1\nout_2\n\nout_2 * 2\n")
    }

    @Test func marksMakeEntriesThatRunInTurn() throws {
        let session = try ScriptedSession()
        #expect(session.type("[1, 2]\n#%%\n|> sum\n#%%\n_ + 1") == "[1, 2]\n3\n4\n\n")
        #expect(session.prompts.last == "tx[4]> " && session.remembered.count == 1)
        let shown = session.type("1\n#%%\n[1][8]\n#%%\n2")
        #expect(shown.contains("what follows was not run\n") && !shown.contains("\n2\n"))
    }

    @Test func whatRanOfAnEntryThatFailedIsKept() throws {
        let session = try ScriptedSession()
        _ = session.type("let a = 3\nfn f(x) = x\n[1][8]", "f(a)")
        #expect(session.repl.script() == "let a = 3\nfn f(x) = x\n\nf(a)\n")
        #expect(try ScriptedSession().type("let a = 1\nlet b = [a][4]", "a", "b").contains("unknown name 'b'"))
    }

    @Test func otherLanguagesWaysOutAreAnswered() throws {
        #expect(try ScriptedSession().type("quit()").contains("Ctrl-D or :quit leaves"))
        #expect(try ScriptedSession().type("let exit = 4", "exit") == "4\n\n")
    }
}
