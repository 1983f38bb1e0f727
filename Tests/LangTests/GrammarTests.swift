// The TextMate grammar for editors, against the lexer: on every script each token must have the scope of its kind.

import Foundation
import Testing

@testable import Lang

struct GrammarTests {
    private static let repository = ScriptFile.root.deletingLastPathComponent().deletingLastPathComponent()

    private static let grammarFile = repository.appendingPathComponent("editors/transfer-script.tmLanguage.json")

    private static func scripts() throws -> [URL] {
        try ["Tests/Scripts/language", "Tests/Scripts/library", "Tests/Scripts/format", "examples"].flatMap { folder in
            try FileManager.default.contentsOfDirectory(
                at: repository.appendingPathComponent(folder), includingPropertiesForKeys: nil)
        }.filter { $0.pathExtension == "tx" }.sorted { $0.path < $1.path }
    }

    @Test func tokensHaveTheScopesOfTheirKinds() throws {
        let grammar = try TextMateGrammar(Self.grammarFile)
        let scripts = try Self.scripts()
        #expect(scripts.count > 30)
        for url in scripts {
            let text = try String(contentsOf: url, encoding: .utf8)
            for problem in try problems(in: text, grammar) { Issue.record("\(url.lastPathComponent): \(problem)") }
        }
    }

    @Test(arguments: [
        "\"a {f(b: \"x\", c: {d: 1}):>8.2} {{not}} \\{ {x}\" # c", "let r = r\"raw {x} \\\"; x",
        "95% + 10%3 + 0xfF_1 - 1.5e-6",
        "\"\"\"\nlines {a +\n b} # no comment\n\"\"\" # one", "## prose \"x\nx.in", "fn ünï(ä, b = 2) = ä ~ b",
        "a[1:n] |> f(in: 2)..<3", "\"unterminated\nlet x = 1", "x #%% not a cell\n#%% a cell",
    ]) func oddTokensHaveTheirScopesToo(_ text: String) throws {
        let grammar = try TextMateGrammar(Self.grammarFile)
        #expect(try problems(in: text, grammar) == [])
    }

    @Test func theGrammarKnowsAllKeywords() throws {
        let grammar = try TextMateGrammar(Self.grammarFile)
        for keyword in TokenKind.keywords {
            #expect(try problems(in: keyword.rawValue, grammar) == [])
            #expect(try problems(in: keyword.rawValue + "s _\(keyword.rawValue)", grammar) == [])
        }
    }

    // MARK: Comparison

    private enum Kind: Equatable { case keyword, number, string, comment, other }

    /// The kinds of all bytes by the lexer, and where the grammar has others.
    private func problems(in text: String, _ grammar: TextMateGrammar) throws -> [String] {
        let source = SourceFile(name: "test", text: text)
        let scopes = try grammar.scopes(of: text)
        var kinds = [Kind?](repeating: nil, count: source.bytes.count)
        let tokens = Lexer.tokens(of: source)
        for token in tokens {
            for byte in token.range.start..<token.range.end { kinds[byte] = kind(token.kind) }
        }
        for comment in comments(of: source, tokens) {
            for byte in comment { kinds[byte] = .comment }
        }
        var problems: [String] = []
        for (byte, expected) in kinds.enumerated() {
            let isLineEnd = source.bytes[byte] == UInt8(ascii: "\n") || source.bytes[byte] == UInt8(ascii: "\r")
            guard let expected, !isLineEnd else { continue }
            let found = kind(scopes[byte])
            if found != expected {
                problems.append("line \(source.line(at: byte)), byte \(byte): \(scopes[byte]) is not \(expected)")
            }
        }
        return Array(problems.prefix(3))
    }

    /// Comments are what begins with `#` between the tokens, to the end of its line.
    private func comments(of source: SourceFile, _ tokens: [Token]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var end = 0
        for token in tokens {
            var position = end
            while position < token.start {
                guard source.bytes[position] == UInt8(ascii: "#") else {
                    position += 1
                    continue
                }
                let lineEnd = source.bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count
                found.append(position..<lineEnd)
                position = lineEnd
            }
            end = token.end
        }
        return found
    }

    private func kind(_ token: TokenKind) -> Kind? {
        switch token {
        case .number: .number
        case .stringStart, .stringText, .stringEnd: .string
        case .interpolationStart, .interpolationEnd, .formatSpec, .invalid, .endOfFile: nil
        default: token.isKeyword ? .keyword : .other
        }
    }

    /// What the innermost scopes make of a byte.
    private func kind(_ scopes: [String]) -> Kind {
        for scope in scopes.reversed() {
            if scope.hasPrefix("comment.") { return .comment }
            if scope.hasPrefix("string.") { return .string }
            if scope.hasPrefix("constant.numeric") { return .number }
            if scope.hasPrefix("constant.language") || scope.hasPrefix("keyword.declaration") { return .keyword }
            if scope.hasPrefix("keyword.control") || scope.hasPrefix("keyword.operator.word") { return .keyword }
            if scope.hasPrefix("meta.embedded") { return .other }
        }
        return .other
    }
}
