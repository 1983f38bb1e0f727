import Foundation
import Testing

/// The code blocks of the documentation run, in the order in which they stand, each file as one script.
@Suite struct DocTests {
    @Test(arguments: [
        "docs/language.md", "docs/repl.md", "docs/reports.md", "docs/checkpoints.md", "docs/statistics.md",
        "docs/linear-models.md", "docs/representations.md", "docs/charts.md",
    ]) func theBlocksOfAPageRun(page: String)
        throws
    {
        let script = try blocks(of: page, marked: "```tx")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try RunningProgram(["--out", folder.path, "--store", folder.path + "/store"], input: script)
        #expect(run.status == 0, "\(page): \(run.errors)")
        var output = run.output.components(separatedBy: "\n")[...]
        for promise in DocTests.promises(in: script) {
            let line = output.firstIndex(of: promise)
            #expect(line != nil, "\(page) promises \(promise)")
            if let line { output = output[(line + 1)...] }
        }
    }

    /// Blocks that would train for minutes are checked without running.
    @Test func theStudyOfTheFrontPageIsSound() throws {
        let script = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".tx")
        defer { try? FileManager.default.removeItem(at: script) }
        let text = try blocks(of: "README.md", marked: "```tx check")
        #expect(text.contains("study("))
        try Data(text.utf8).write(to: script)
        let run = try RunningProgram(["check", script.path])
        #expect(run.status == 0 && run.errors.isEmpty, "README.md: \(run.errors)")
    }

    /// The code blocks of a page. Prose becomes empty lines, so that an error's line is the page's.
    private func blocks(of page: String, marked mark: String) throws -> String {
        let text = try String(contentsOf: RunningProgram.root.appendingPathComponent(page), encoding: .utf8)
        var (script, isCode) = ("", false)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isFence = line.hasPrefix("```")
            if isFence { isCode = line == mark }
            script += (isCode && !isFence ? line : "") + "\n"
        }
        return script
    }

    /// What the comments `# → …` say that lines print, in order.
    private static func promises(in script: String) -> [String] {
        script.components(separatedBy: "\n").compactMap { line in
            line.range(of: "# → ").map { String(line[$0.upperBound...]) }
        }
    }
}
