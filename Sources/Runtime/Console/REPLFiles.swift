import Compute
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

    /// Writes the session as a report: what it showed, not what it would show when it is run again.
    func report(_ path: String, replaces: Bool) throws {
        let file = REPL.expanded(path)
        let report = try ReportFile(file, script: "-")
        guard transcript.entries.contains(where: \.hasSucceeded) else {
            throw REPLProblem("there is nothing to report")
        }
        try REPL.checkFree(file, replaces: replaces, command: ":report")
        let name = ((file as NSString).lastPathComponent as NSString).deletingPathExtension + ".tx"
        let seed = session.options.seed
        let notebook = TranscriptReport.notebook(of: transcript.succeeded, name: name, seed: seed)
        session.script = notebook.source
        try report.write(notebook, session.provenance().record, folder: session.scriptFolder)
        screen.write("wrote \(file)\n")
    }

    /// A path with the home folder for its `~`, without quotes around it.
    private static func expanded(_ path: String) -> String {
        let isQuoted = path.count > 2 && path.hasPrefix("\"") && path.hasSuffix("\"")
        return ((isQuoted ? String(path.dropFirst().dropLast()) : path) as NSString).expandingTildeInPath
    }

    private static func checkFree(_ file: String, replaces: Bool, command: String) throws {
        guard !replaces, FileManager.default.fileExists(atPath: file) else { return }
        throw REPLProblem("\(file) exists", help: "'\(command)! \(file)' replaces it")
    }

    /// Writes the whole file or nothing.
    private static func write(_ text: String, to file: String, replaces: Bool, command: String) throws {
        try checkFree(file, replaces: replaces, command: command)
        try AtomicFile.write(Data(text.utf8), to: file)
    }
}
