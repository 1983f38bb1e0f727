import Testing

@testable import Runtime

/// What a typed text is taken for.
@Suite struct TypedTextTests {
    @Test(arguments: ["", " \n\t"]) func blank(text: String) { #expect(TypedText(text) == .blank) }

    @Test(arguments: ["# a", "## Prose\n## more", "#%%"]) func prose(text: String) {
        #expect(TypedText(text) == .prose(text))
    }

    @Test func commandsHaveANameAndAnArgument() {
        #expect(TypedText(":help") == .command(name: "help", isForced: false, argument: ""))
        #expect(TypedText("  :save!  my file.tx ") == .command(name: "save", isForced: true, argument: "my file.tx"))
        #expect(TypedText(":") == .command(name: "", isForced: false, argument: ""))
    }

    @Test(arguments: ["f?", "?f", " ?f ", "f ?"]) func aQuestionMarkAsksForHelp(text: String) {
        #expect(TypedText(text) == .help(name: "f"))
    }

    @Test func codeIsTheRest() {
        #expect(TypedText("|> f") == .code("_ |> f"))
        #expect(TypedText("\"what?\"") == .code("\"what?\""))
        #expect(TypedText("let x = ") == .code("let x = "))
        #expect(TypedText("m.f?") == .help(name: "m.f"))
        #expect(TypedText("f(x)?") == .code("f(x)?"))
    }

    @Test(arguments: ["f(", "|> map(x =>", "|>"]) func codeMayBeOpen(text: String) { #expect(TypedText.isOpen(text)) }

    @Test(arguments: ["", ":type f(", "f?", "?", "# (", "|> f", "1"]) func othersAreNot(text: String) {
        #expect(!TypedText.isOpen(text))
    }

    @Test func marksBetweenStatementsBeginEntries() {
        #expect(TypedText.pieces("1\n#%%\n|> f\n#%% name\n\n:vars") == ["1", "|> f", ":vars"])
        #expect(TypedText.pieces("f(\n#%%\n1)") == ["f(\n#%%\n1)"])
        #expect(TypedText.pieces("\"\"\"\n#%%\n\"\"\"") == ["\"\"\"\n#%%\n\"\"\""])
        #expect(TypedText.pieces("#%%\n \n").isEmpty && TypedText.pieces("").isEmpty)
    }
}
