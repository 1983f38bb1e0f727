import Testing

@testable import Runtime

@Suite struct PastedTextTests {
    static let texts = [
        ("a\rb", "a\nb"), ("a\r\nb", "a\nb"), ("a\n\rb", "a\nb"), ("a\r\rb", "a\n\nb"), ("a\n\nb\n", "a\n\nb"),
        ("\n\n  a\n \n", "  a"), ("a\tb", "a\tb"), ("a\u{1B}[31mb\u{3}\u{7F}\u{85}", "a[31mb"), ("", ""), ("\n", ""),
        ("  a ", "  a "),
    ]

    @Test(arguments: texts) func controlCharactersGo(pasted: String, text: String) {
        #expect(PastedText.clean(pasted) == text)
    }

    /// Open while brackets are.
    private func isOpen(_ text: String) -> Bool {
        text.filter { "([{".contains($0) }.count > text.filter { ")]}".contains($0) }.count
    }

    static let sessions = [
        ("tx[1]> 1 + 1", "1 + 1"),
        ("  tx[12]> f(\n     .. 1)\n1\ntx[13]> 2", "f(\n1)\n#%%\n2"),
        ("tx[1]> t\n  |> head(3)\n│ a │\ntx[2]> 2\n2", "t\n  |> head(3)\n#%%\n2"),
        ("tx[1]> {\nx\n}\n5\n", "{\nx\n}"), ("tx[1]> 1\n1\ntx[2]>\ntx[2]> |> f", "1\n#%%\n|> f"),
        ("tx[1]> 1\ntx[2]>", "1"), ("tx[1]> 1\ntx[2]> ", "1"),
        ("let a = tx[1]> 2\nb", "let a = tx[1]> 2\nb"), ("tx[n]> 2", "tx[n]> 2"), ("tx[]> 2", "tx[]> 2"),
        ("  .. 2", "  .. 2"), ("", ""),
    ]

    @Test(arguments: sessions) func promptsAndOutputGo(copied: String, text: String) {
        #expect(PastedText.withoutPrompts(copied, isOpen: isOpen) == text)
    }
}
