import Foundation
import Lang

// What reads and writes files: `:load`, `:save`, `:report`. The person names these files, so they may lie anywhere; an
// existing one is replaced only when that was asked for.

extension REPL {
    /// Runs a script as one entry.
    func load(_ path: String) throws {
        do {
            let file = try SourceFile(path: REPL.expanded(path), name: path)
            execute(file.text(file.range), from: file)
        } catch let problem as FileProblem {
            throw REPLProblem("cannot read \(path): \(problem.reason)")
        }
    }

    /// Writes the entries that succeeded as a script, runs it in a fresh process and says what differs.
    func save(_ path: String, replaces: Bool) throws {
        let file = REPL.expanded((path as NSString).pathExtension.isEmpty ? path + ".tx" : path)
        guard transcript.entries.contains(where: \.hasSucceeded) else { throw REPLProblem("there is nothing to save") }
        try REPL.write(script(), to: file, replaces: replaces, command: ":save")
        let entries = transcript.succeeded
        screen.write("wrote \(file); running it in a fresh process ...\n")
        let differences = try TranscriptReplay(entries: entries, session: session, program: program)
            .differences(of: file, width: screen.width())
        if differences.isEmpty { return screen.write("it shows the same as this session\n") }
        screen.write("it does not show the same as this session:\n")
        screen.write(differences.map { "  \($0)\n" }.joined())
    }

    /// Writes the session as a report: a script of it is run by `transfer-script report`.
    func report(_ path: String, replaces: Bool) throws {
        let file = REPL.expanded(path)
        let ending = (file as NSString).pathExtension.lowercased()
        guard ["html", "md", "ipynb"].contains(ending) else {
            throw REPLProblem("'\(ending)' is no format of a report", help: "write a file .html, .md or .ipynb")
        }
        guard transcript.entries.contains(where: \.hasSucceeded) else {
            throw REPLProblem("there is nothing to report")
        }
        try REPL.checkFree(file, replaces: replaces, command: ":report")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Beside the files that it reads: relative paths start at the script.
        let stem = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
        let script = session.scriptFolder + "/.\(stem)-\(getpid()).tx"
        try REPL.write(self.script(), to: script, replaces: true, command: ":report")
        defer { try? FileManager.default.removeItem(atPath: script) }
        let words = session.options.words(outputFolder: folder.path, storeFolder: session.storeFolder)
        let result = try program.run(["report"] + words + [script, "-o", file], width: screen.width())
        guard result.status == 0 || FileManager.default.fileExists(atPath: file) else {
            let reason = result.errors.split(separator: "\n").first.map { ": \($0)" } ?? ""
            throw REPLProblem("no report was written\(reason)")
        }
        screen.write("wrote \(file)\n")
    }

    /// A path with the home folder for its `~`.
    private static func expanded(_ path: String) -> String { (path as NSString).expandingTildeInPath }

    private static func checkFree(_ file: String, replaces: Bool, command: String) throws {
        guard !replaces, FileManager.default.fileExists(atPath: file) else { return }
        throw REPLProblem("\(file) exists", help: "'\(command)! \(file)' replaces it")
    }

    /// Writes the whole file or nothing.
    private static func write(_ text: String, to file: String, replaces: Bool, command: String) throws {
        try checkFree(file, replaces: replaces, command: command)
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            let reason = (error as NSError).localizedFailureReason ?? error.localizedDescription
            throw REPLProblem("cannot write \(file): \(reason)")
        }
    }
}
