// A source run cell by cell means what it means in one piece.

import Testing

@testable import Lang

struct CellRunTests {
    private let written = Written()
    private let interpreter: Interpreter

    init() {
        let written = written
        interpreter = Interpreter { written.text += $0 }
    }

    /// Runs a text cell by cell.
    /// - Returns: the output of every cell that was begun.
    private func outputs(_ text: String) throws -> [String] {
        let source = SourceFile(name: "input", text: text)
        let cells = interpreter.cells(of: source).filter { $0.kind == .code }.map(\.range)
        var starts: [Int] = []
        try interpreter.run(source, cells: cells, onStart: { _ in starts.append(written.text.count) })
        let output = Array(written.text)
        return zip(starts, starts.dropFirst() + [output.count]).map { String(output[$0..<$1]) }
    }

    @Test func everyCellHasItsOwnOutput() throws {
        #expect(try outputs("let a = 2\na\n## prose\na + 1\n#%%\nprint(a * 10)\na;") == ["2\n", "3\n", "20\n"])
    }

    @Test func functionsUseWhatLaterCellsDefine() throws {
        #expect(try outputs("fn f(x) = g(x) + k\n#%%\nlet k = 1\nfn g(x) = 2 * x\n#%%\nf(5)") == ["", "", "11\n"])
    }

    @Test func loopsAndClosuresOfCellsAreIndependent() throws {
        let text = """
            var fs = []
            for i in 0..2 { fs = append(fs, () => i) }
            #%%
            for j in 0..1 { fs = append(fs, () => j * 10) }
            #%%
            map(fs, f => f())
            """
        #expect(try outputs(text).last == "[0, 1, 2, 0, 10]\n")
    }

    @Test func nothingRunsWhenALaterCellIsWrong() {
        #expect(throws: Failure.self) { try outputs("print(1)\n#%%\nprint(unknown_name)") }
        #expect(written.text.isEmpty)
    }

    @Test func aFailureStopsTheCellsBehindItAndKeepsTheNames() throws {
        let source = SourceFile(name: "input", text: "let a = 7\n#%%\nerror(\"no\")\n#%%\nprint(1)")
        let cells = interpreter.cells(of: source).map(\.range)
        var started: [Int] = []
        do {
            try interpreter.run(source, cells: cells, onStart: { started.append($0) })
            Issue.record("the second cell fails")
        } catch let failure as Failure {
            #expect(failure.kind == .runtime)
            let diagnostic = try #require(failure.diagnostics.first)
            #expect(diagnostic.source?.line(at: diagnostic.range.start) == 3)
        }
        #expect(started == [0, 1] && written.text.isEmpty)
        #expect(interpreter.value(of: "a")?.asNumber == 7)
    }

    @Test func statementsAreNotCutByProseAndMarksInsideThem() throws {
        let text = """
            fn f(x) {
                ## help
                fn g(y) = y
                g(x)
            }
            let s = \"""
            ## no prose
            #%%
            \"""
            f(s)
            """
        let cells = interpreter.cells(of: SourceFile(name: "input", text: text))
        #expect(cells.map(\.kind) == [.code])
        #expect(cells.first?.text == text)
    }

    @Test func showDisplaysAsATopLevelExpressionDoes() throws {
        var shown: [Value] = []
        let source = SourceFile(name: "input", text: "fn f() { show([1, 2]); 3 }\nf()")
        try interpreter.run(source, onDisplay: { shown.append($0) })
        #expect(shown.map { ValueDisplay.text(of: $0) } == ["[1, 2]", "3"])
        #expect(written.text.isEmpty)
    }
}
