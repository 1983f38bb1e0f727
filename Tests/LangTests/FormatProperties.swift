// What must hold for the layout of every program, whatever it says; tests bring the programs.

import Foundation
import TestSupport
import Testing

@testable import Lang

enum FormatProperties {
    /// What is wrong with the layout of a program; nil when it keeps tree and comments, stays when laid out again, and
    /// a program with syntax errors is refused.
    static func problem(_ text: String, width: Int = 100) -> String? {
        problem(SourceFile(name: "test", text: text), width: width)
    }

    static func problem(_ source: SourceFile, width: Int = 100) -> String? {
        let text = source.text(source.range)
        let (tree, diagnostics) = Parser.parse(source, nesting: 500)
        do {
            let once = try Formatter.format(source, width: width)
            guard diagnostics.isEmpty else { return "a broken program was laid out:\n\(text)" }
            let result = SourceFile(name: "test", text: once)
            if SyntaxDump.dump(Parser.parse(result, nesting: 500).tree) != SyntaxDump.dump(tree) {
                return "another tree:\n\(text)\n-- became --\n\(once)"
            }
            if comments(of: result) != comments(of: source) {
                return "other comments:\n\(text)\n-- became --\n\(once)"
            }
            if let fault = untidyLine(once, in: result) { return "\(fault):\n\(text)\n-- became --\n\(once)" }
            let twice = try Formatter.format(result, width: width)
            return twice == once
                ? nil : "not the same twice, at width \(width):\n\(text)\n-- became --\n\(once)\n-- then --\n\(twice)"
        } catch let failure {
            let ids = failure.diagnostics.map(\.id)
            if !diagnostics.isEmpty && ids == diagnostics.map(\.id) { return nil }
            if ids == ["malformedUTF8"], String(validating: source.bytes, as: UTF8.self) == nil { return nil }
            return "refused with \(ids):\n\(text)"
        }
    }

    /// All comments in order, without spaces at their ends.
    static func comments(of source: SourceFile) -> [String] {
        let tokens = Lexer.tokens(of: source)
        return tokens.indices.flatMap { index in
            Gap(before: index, of: tokens, in: source.bytes).comments.map { source.text($0.range) }
        }
    }

    /// Spaces at the end of a line, two empty lines, or a missing last line end; lines of strings are what they are.
    private static func untidyLine(_ text: String, in source: SourceFile) -> String? {
        if text.isEmpty || text.contains("\"\"\"") { return nil }
        if text.contains(" \n") { return "spaces at the end of a line" }
        if text.contains("\n\n\n") || text.hasPrefix("\n") { return "too many empty lines" }
        return text.hasSuffix("\n") && !text.hasSuffix("\n\n") ? nil : "no single line end at the end"
    }

    /// All programs of the scripts and the examples; those with syntax errors among them.
    static let programs: [String] = {
        let repository = ScriptFile.root.deletingLastPathComponent().deletingLastPathComponent()
        let folders = [ScriptFile.root, repository.appendingPathComponent("examples")]
        let files = folders.flatMap { folder in
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        }
        return files.filter { $0.pathExtension == "tx" }.sorted { $0.path < $1.path }.flatMap { file in
            let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            return ScriptCase.cases(of: text).map { $0.text.trimmingCharacters(in: .newlines) + "\n" }
        }
    }()

    /// The programs without syntax errors.
    static let validPrograms = programs.filter {
        Parser.parse(SourceFile(name: "test", text: $0), nesting: 500).diagnostics.isEmpty
    }
}
