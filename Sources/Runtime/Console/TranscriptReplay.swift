import Foundation
import Lang

/// Whether a saved script shows what the session showed: it is run in a fresh process, and the lines are compared.
struct TranscriptReplay {
    let entries: [Transcript.Entry]
    let session: Session
    let program: ChildProgram

    /// - Returns: what differs, a line each; empty when all is the same.
    /// - Throws: `REPLProblem` when the program cannot be run.
    func differences(of script: String, width: Int) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let words = session.options.words(outputFolder: folder.path, storeFolder: session.storeFolder)
        let result = try program.run(words + [script], width: width)
        let found = TranscriptReplay.compare(entries, with: result.output)
        guard result.status == 0 else {
            let reason = result.errors.split(separator: "\n").map { "    \($0)" }
            return found + ["the script ends with status \(result.status):"] + reason.prefix(12)
        }
        return found
    }

    /// More differences than these say nothing new.
    private static let shown = 6

    static func compare(_ entries: [Transcript.Entry], with output: String) -> [String] {
        var expected: [(number: Int, line: String)] = []
        for entry in entries {
            let lines = entry.shown.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            expected += lines.map { (entry.number ?? 0, String($0)) }
        }
        var actual = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // The last line end begins no line.
        if actual.last == "" { actual.removeLast() }
        let changes = actual.difference(from: expected.map(\.line))
        let removed = changes.removals.compactMap { change -> String? in
            guard case .remove(let offset, let line, _) = change else { return nil }
            return "tx[\(expected[offset].number)] showed: \(line)"
        }
        let inserted = changes.insertions.compactMap { change -> String? in
            guard case .insert(let offset, let line, _) = change else { return nil }
            return "the script shows in line \(offset + 1): \(line)"
        }
        let all =
            Array(zip(removed, inserted)).flatMap { [$0, $1] } + removed.dropFirst(inserted.count)
            + inserted.dropFirst(removed.count)
        let more = all.count - shown
        return Array(all.prefix(shown)) + (more > 0 ? ["and \(more) more"] : [])
    }
}
