// The parser gives up on nothing: broken bytes, missing tokens and deep nesting end in diagnostics.

import Foundation
import TestSupport
import Testing

@testable import Lang

struct ParserTests {
    private func problems(_ bytes: [UInt8]) -> [Diagnostic] {
        Parser.parse(SourceFile(name: "test", bytes: bytes), nesting: 500).diagnostics
    }

    private func problems(_ text: String) -> [Diagnostic] { problems(Array(text.utf8)) }

    /// All programs of the language's scripts, in one list.
    private static let programs: [String] = ScriptFile.all.filter { $0.name.hasPrefix("language/") }.flatMap { file in
        ScriptCase.cases(of: (try? String(contentsOf: file.url, encoding: .utf8)) ?? "").map(\.text)
    }

    @Test func treeSurvivesEachTokenDropped() {
        #expect(Self.programs.count > 20)
        for text in Self.programs {
            let source = SourceFile(name: "test", text: text)
            let tokens = Lexer.tokens(of: source)
            for dropped in tokens.indices.dropLast() {
                var rest = tokens
                rest.remove(at: dropped)
                let (tree, _) = Parser.parse(source, tokens: rest, nesting: 500)
                let module = Module(source: nil)
                let builtins = Builtins(signatures: [])
                _ = Resolver.resolve(tree, in: module, builtins: builtins, imports: [:], redefine: false)
            }
        }
    }

    /// Parses a program that may be broken; one that is not keeps its tree when it is laid out, once and again.
    private func expectParse(_ bytes: [UInt8]) {
        if let problem = FormatProperties.problem(SourceFile(name: "test", bytes: bytes)) { Issue.record("\(problem)") }
    }

    @Test func treeSurvivesEachPrefixAndByte() {
        for text in Self.programs.prefix(20) {
            let bytes = Array(text.utf8)
            for count in stride(from: 0, to: bytes.count, by: 3) { expectParse(Array(bytes.prefix(count))) }
            for (index, byte) in zip(
                stride(from: 0, to: bytes.count, by: 5), [UInt8](arrayLiteral: 0, 0xFF, 0x22, 0x7B, 0x80, 0xE2).cycled)
            {
                var broken = bytes
                broken[index] = byte
                expectParse(broken)
            }
        }
    }

    @Test func brokenBytesAreReported() {
        #expect(problems([0xFF]).map(\.id) == ["malformedUTF8"])
        #expect(problems([0x22, 0xC3, 0x22]).map(\.id) == ["malformedUTF8"])
        #expect(problems([0x61, 0x00]).map(\.id) == ["invalidCharacter"])
        #expect(problems("# \u{0} in a comment is nobody's business").isEmpty)
    }

    @Test(arguments: ["(", "[", "{a: ", "-", "not ", "f(", "if a { ", "x => ", "\"{", "2 ^ "])
    func deepNestingIsAnError(_ opening: String) {
        let found = problems(String(repeating: opening, count: 10_000))
        #expect(found.contains { $0.id == "nestingTooDeep" })
        #expect(found.count < 10)
    }

    @Test(arguments: ["1", "f(x)"]) func longChainIsAnErrorNotACrash(_ operand: String) {
        let text = Array(repeating: operand, count: 20_000).joined(separator: " + ")
        #expect(problems(text).map(\.id) == ["nestingTooDeep"])
        #expect(problems(String(repeating: ".a", count: 20_000).dropFirst() + "").map(\.id).contains("nestingTooDeep"))
    }

    @Test func nestingUpToTheLimitRuns() throws {
        let text = String(repeating: "(", count: 400) + "1" + String(repeating: ")", count: 400)
        #expect(try Interpreter { _ in }.run(SourceFile(name: "test", text: text))?.asNumber == 1)
        let sum = Array(repeating: "1", count: 400).joined(separator: " + ")
        #expect(try Interpreter { _ in }.run(SourceFile(name: "test", text: sum))?.asNumber == 400)
    }

    @Test func numbersAreRead() {
        let spellings = ["42": 42, "3.5": 3.5, "1e-6": 1e-6, "1_000_000": 1e6, "0xff": 255, "95%": 0.95, "0.1%": 0.001]
        for (spelling, number) in spellings {
            let tree = Parser.parse(SourceFile(name: "test", text: spelling), nesting: 500).tree
            guard case .expression(let expression)? = tree.statements.first?.kind else {
                Issue.record("\(spelling) is no expression")
                continue
            }
            #expect(expression.kind.literal == number)
        }
    }

    @Test func cellsAreCutAtProseAndMarks() {
        let source = SourceFile(name: "test", text: "## # Title\n## text\n\nlet a = 1\n## more\na\n#%%\na + 1\n")
        let cells = Cells.cut(source)
        #expect(cells.map(\.kind) == [.prose, .code, .prose, .code, .code])
        #expect(cells.first?.text == "# Title\ntext")
        #expect(cells.last?.text.hasPrefix("#%%") == true)
    }
}

extension Lang.Expression.Kind {
    fileprivate var literal: Double? {
        if case .number(let number) = self { return number }
        return nil
    }
}

extension Array {
    /// The elements over and over.
    fileprivate var cycled: some Sequence<Element> {
        sequence(state: 0) { index -> Element? in
            defer { index += 1 }
            return self[index % count]
        }
    }
}
