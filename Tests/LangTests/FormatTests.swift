// `fmt` on scripts: whole layouts as goldens, and properties that hold for all programs.

import Foundation
import TestSupport
import Testing

@testable import Lang

struct FormatTests {
    private func format(_ text: String, width: Int = 100) throws -> String {
        try Formatter.format(SourceFile(name: "test", text: text), width: width)
    }

    /// Scripts whose layouts are goldens beside them.
    private static let goldens: [ScriptFile] = {
        let folder = ScriptFile.root.appendingPathComponent("format")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        let sources = files.filter { $0.pathExtension == "tx" && !$0.lastPathComponent.hasSuffix(".formatted.tx") }
        return sources.sorted { $0.path < $1.path }.map { ScriptFile(url: $0) }
    }()

    @Test(arguments: goldens) func laysOutAsBefore(_ file: ScriptFile) throws {
        let source = SourceFile(name: file.name, bytes: Array(try Data(contentsOf: file.url)))
        let golden = file.url.deletingPathExtension().appendingPathExtension("formatted.tx")
        if let problem = Snapshot.problem(try Formatter.format(source), golden: golden) { Issue.record("\(problem)") }
    }

    @Test(arguments: [100, 40, 20, 1]) func keepsTheMeaningOfAllScripts(_ width: Int) {
        #expect(FormatProperties.validPrograms.count > 60)
        for program in FormatProperties.programs {
            if let problem = FormatProperties.problem(program, width: width) { Issue.record("\(problem)") }
        }
    }

    /// Expectations are comments beside what they expect, and must still be met after the layout.
    @Test(arguments: ScriptFile.all.filter { !$0.name.hasPrefix("errors/") })
    func laidOutScriptsDoTheSame(_ file: ScriptFile) throws {
        for program in ScriptCase.cases(of: try String(contentsOf: file.url, encoding: .utf8)) {
            guard FormatMutations.parses(program.text) else { continue }
            for laidOut in ScriptCase.cases(of: try format(program.text)) {
                for problem in laidOut.problems(file.run(laidOut).outcome) { Issue.record("\(problem)") }
            }
        }
    }

    @Test(arguments: [false, true]) func keepsTheMeaningOfRandomPrograms(_ isLoose: Bool) {
        for seed in 0..<1500 as Range<UInt64> {
            let program = ProgramGenerator.program(seed: seed, isLoose: isLoose)
            let problems = Parser.parse(SourceFile(name: "random", text: program), nesting: 500).diagnostics
            #expect(problems.map(\.id) == [], "seed \(seed):\n\(program)")
            if let problem = FormatProperties.problem(program, width: seed % 3 == 0 ? 100 : 40) {
                Issue.record("seed \(seed): \(problem)")
            }
        }
    }

    /// Every place where a line may end, one program at a time with one kind of comment in each of them, and in every
    /// third.
    @Test(arguments: [" # note\n", "\n# note\n", "\n\n\n", "\n  ## prose\n\n"])
    func keepsCommentsAtEveryPlace(_ comment: String) {
        for program in FormatProperties.validPrograms where program.utf8.count < 1500 {
            let mutations = FormatMutations(program)
            let places = mutations.placesForLineEnds()
            let all = Set(places)
            let third = Set(places.enumerated().filter { $0.offset % 3 == 1 }.map(\.element))
            for chosen in [all, third] {
                let text = mutations.inserting { chosen.contains($0) ? comment : nil }
                if let problem = FormatProperties.problem(text, width: 60) { Issue.record("\(problem)") }
            }
        }
    }

    @Test func lineEndsAndByteOrderMarkAreMadeOne() throws {
        #expect(try format("") == "")
        #expect(try format(" \n\n \t\n") == "")
        #expect(try format("a") == "a\n")
        #expect(try format("\u{FEFF}a\r\n\r\n\r\n# c \r\nb\r\n\n") == "a\n\n# c\nb\n")
        #expect(try format("#!/usr/bin/env transfer-script") == "#!/usr/bin/env transfer-script\n")
    }

    /// On a line of its own it would become prose.
    @Test func aCommentBehindLeadingSemicolonsStaysBehindOne() throws {
        #expect(try format(";; ;##a") == ";  ##a\n")
        #expect(try format("# c\n; ;##a\n1") == "# c\n;  ##a\n1\n")
    }

    /// The lexer skips a carriage return as it skips a space: prose behind one is prose.
    @Test func aCarriageReturnAloneIsASpace() throws {
        #expect(try format("1\r + 2\n\r\r## a\n1") == "1 + 2\n## a\n1\n")
        #expect(try format("\r## a\n\r#%% b\n1") == "## a\n    #%% b\n1\n")
    }

    @Test func lineEndsInsideStringsStay() throws {
        #expect(try format("x = \"\"\"a\r\n b \n\"\"\"\r\n") == "x = \"\"\"a\r\n b \n\"\"\"\n")
    }

    @Test func brokenFilesAreRefused() {
        func problems(_ source: SourceFile) -> [String] {
            do {
                return [try Formatter.format(source)]
            } catch let failure { return failure.diagnostics.map(\.id) }
        }
        #expect(problems(SourceFile(name: "test", text: "let = 1\nf(")) == ["expectedToken", "unclosedBracket"])
        #expect(problems(SourceFile(name: "test", bytes: [0x31, 0x23, 0xFF])) == ["malformedUTF8"])
        let depth = 400
        let names = String(repeating: "x, ", count: (Parser.largestSource >> 2) / depth)
        let wide = String(repeating: "[", count: depth) + names + String(repeating: "]", count: depth)
        #expect(problems(SourceFile(name: "test", text: wide)) == ["sourceTooLarge"])
    }

    /// What the check would say of a layout rule that loses something.
    static func changedLayout() -> [Diagnostic] {
        let source = SourceFile(name: "test", text: "## prose\na # note\nb;\nfn f(x) = x")
        let wrong = [
            "## prose\na\nb;\nfn f(x) = x", "## prose\na # note\nb\nfn f(x) = x", "a # note\nb;\nfn f(x) = x",
            "## prose\na # note\nb;\nfn f(x) = x;\nx", "## prose\na # note\nb;\nfn f(x, x) = x",
            "## prose\na # note\nb;\nfn f(x) = (", "## prose\na # note\nb;\nfn f(y) = x",
            "## prose \n## a # note\na\nb;\nfn f(x) = x",
        ]
        let tree = Parser.parse(source, nesting: 500).tree
        return wrong.compactMap { text in
            FormatCheck.problem(tree, Lexer.tokens(of: source), in: SourceFile(name: "test", text: text))
        }
    }

    @Test func layoutThatChangesMeaningIsNoticed() {
        #expect(Self.changedLayout().map(\.id) == Array(repeating: "layoutChangesMeaning", count: 8))
    }

    @Test func deepNestingIsLaidOut() throws {
        let depth = 200
        let text = String(repeating: "f([", count: depth) + "1" + String(repeating: "])", count: depth)
        #expect(try format(text).filter { $0 == "f" }.count == depth)
        let blocks = String(repeating: "if a {\n", count: depth) + String(repeating: "}\n", count: depth)
        #expect(FormatProperties.problem(blocks) == nil)
        #expect(FormatProperties.problem("x" + String(repeating: " + x", count: 400)) == nil)
        #expect(FormatProperties.problem("x" + String(repeating: ".f(x)", count: 400)) == nil)
    }

    @Test func spacesInsideLinesDoNotMatter() throws {
        var compared = 0
        for program in FormatProperties.validPrograms {
            let squeezed = FormatMutations(program).squeezed()
            if let problem = FormatProperties.problem(squeezed) { Issue.record("\(problem)") }
            guard FormatProperties.comments(of: SourceFile(name: "test", text: program)).isEmpty else { continue }
            #expect(try format(squeezed) == format(program))
            compared += 1
        }
        #expect(compared > 10)
    }
}
