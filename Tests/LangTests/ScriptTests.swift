// Runs all scripts of the language: output and errors as their comments expect, whole diagnostics as goldens.

import Foundation
import Lang
import TestSupport
import Testing

struct ScriptFile: CustomTestStringConvertible {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Scripts")

    let url: URL

    var testDescription: String { name }
    /// `topic/behaviour.tx`
    var name: String { url.path.components(separatedBy: "/Scripts/").last ?? url.lastPathComponent }

    static let all: [ScriptFile] = ["language", "library", "errors", "limits"].flatMap { topic in
        let folder = root.appendingPathComponent(topic)
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "tx" }.sorted { $0.path < $1.path }.map { ScriptFile(url: $0) }
    }

    /// Runs a program of this file.
    func run(_ program: ScriptCase) -> (outcome: ScriptCase.Outcome, diagnostics: [Diagnostic]) {
        let source = SourceFile(name: name, path: url.path, bytes: Array(program.text.utf8))
        return runScript(source)
    }
}

/// Runs a source in a fresh interpreter.
func runScript(_ source: SourceFile) -> (outcome: ScriptCase.Outcome, diagnostics: [Diagnostic]) {
    let written = Written()
    let interpreter = Interpreter { written.text += $0 }
    var diagnostics: [Diagnostic] = []
    do {
        try interpreter.run(source)
    } catch let failure as Failure {
        diagnostics = failure.diagnostics
    } catch {
        diagnostics = [Diagnostic("unknown", "\(error)")]
    }
    let errors = diagnostics.map { ($0.source?.line(at: $0.range.start) ?? 0, $0.message) }
    return (ScriptCase.Outcome(output: written.text, errors: errors), diagnostics)
}

final class Written {
    var text = ""
}

struct ScriptTests {
    @Test(arguments: ScriptFile.all)
    func doesWhatItsCommentsExpect(_ file: ScriptFile) throws {
        let text = try String(contentsOf: file.url, encoding: .utf8)
        for program in ScriptCase.cases(of: text) {
            for problem in program.problems(file.run(program).outcome) {
                Issue.record("\(file.name), program at line \(program.firstLine): \(problem)")
            }
        }
    }

    @Test(arguments: ScriptFile.all.filter { $0.name.hasPrefix("errors/") })
    func rendersItsDiagnosticsAsBefore(_ file: ScriptFile) throws {
        let text = try String(contentsOf: file.url, encoding: .utf8)
        let rendered = ScriptCase.cases(of: text).map { DiagnosticRenderer().render(file.run($0).diagnostics) }
        let golden = file.url.deletingPathExtension().appendingPathExtension("err")
        if let problem = Snapshot.problem(rendered.joined(separator: "---\n"), golden: golden) {
            Issue.record("\(file.name): \(problem)")
        }
    }
}
