import Foundation
import Testing

/// The code blocks of the documentation run, in the order in which they stand, each file as one script.
@Suite struct DocTests {
    @Test(arguments: ["docs/language.md"]) func theBlocksOfAPageRun(page: String) throws {
        let text = try String(contentsOf: RunningProgram.root.appendingPathComponent(page), encoding: .utf8)
        var (script, isCode) = ("", false)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isCode = line == "```tx"
                script += "\n"
            } else {
                // Prose becomes empty lines, so that an error's line is the page's.
                script += (isCode ? line : "") + "\n"
            }
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try RunningProgram(["--out", folder.path, "--store", folder.path + "/store"], input: script)
        #expect(run.status == 0, "\(page): \(run.errors)")
    }
}
