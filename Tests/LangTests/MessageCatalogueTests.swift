// Every message of the three catalogues is produced by some script, or by one of the programs here that are too large
// to be files; the members are sorted, and their names are the ids.

import Foundation
import TestSupport
import Testing

@testable import Lang

struct MessageCatalogueTests {
    static let catalogues = ["SyntaxMessages", "NameMessages", "RunMessages"]

    private static func members(of catalogue: String) throws -> [String] {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/Lang/Diagnostics/\(catalogue).swift")
        let text = try String(contentsOf: sources, encoding: .utf8)
        return text.components(separatedBy: "\n").compactMap { line in
            guard line.hasPrefix("    static func ") else { return nil }
            return String(line.dropFirst(16).prefix { $0 != "(" })
        }
    }

    /// Ids of all diagnostics that scripts and large programs give.
    private static func produced() throws -> Set<String> {
        var ids: Set<String> = []
        for file in ScriptFile.all {
            for program in ScriptCase.cases(of: try String(contentsOf: file.url, encoding: .utf8)) {
                ids.formUnion(file.run(program).diagnostics.map(\.id))
            }
        }
        for file in ScriptFile.all(in: "check") {
            for program in ScriptCase.cases(of: try String(contentsOf: file.url, encoding: .utf8)) {
                ids.formUnion(file.check(program).map(\.id))
            }
        }
        let large = [
            String(repeating: " ", count: Parser.largestSource + 1),
            "print(" + (0..<70_000).map { "\($0)" }.joined(separator: ",") + ")",
        ]
        for text in large { ids.formUnion(runScript(SourceFile(name: "large", text: text)).diagnostics.map(\.id)) }
        ids.formUnion(runScript(SourceFile(name: "bytes", bytes: [0x22, 0xFF, 0x22])).diagnostics.map(\.id))
        ids.formUnion(interruptedRun().map(\.id))
        ids.formUnion(SignatureTests.ambiguousCall().map(\.id))
        ids.formUnion(SignatureTests.excludingCalls().map(\.id))
        ids.formUnion(FormatTests.changedLayout().map(\.id))
        return ids
    }

    private static func interruptedRun() -> [Diagnostic] {
        let interpreter = Interpreter(limits: Limits(isInterrupted: { true })) { _ in }
        do {
            try interpreter.run(SourceFile(name: "endless", text: "while true { }"))
        } catch let failure as Failure {
            return failure.diagnostics
        } catch {}
        return []
    }

    @Test func everyMessageIsProducedBySomeScript() throws {
        let produced = try Self.produced()
        for catalogue in Self.catalogues {
            let missing = try Self.members(of: catalogue).filter { !produced.contains($0) }
            #expect(missing == [], "\(catalogue): no script produces these")
        }
    }

    @Test(arguments: catalogues) func isSortedByName(_ catalogue: String) throws {
        let members = try Self.members(of: catalogue)
        #expect(!members.isEmpty)
        #expect(members == members.sorted { $0.lowercased() < $1.lowercased() })
    }
}
