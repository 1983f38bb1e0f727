import Foundation
import TestSupport

/// A session of the REPL on a pseudo-terminal, with a home folder of its own.
final class TypedSession {
    let home: URL
    let terminal: PseudoTerminal
    private let ownsHome: Bool

    /// - Parameters:
    ///   - home: another session's, to share its history.
    ///   - editrc: what the file `.editrc` in the home says.
    init(
        home: URL? = nil, editrc: String? = nil, type: String = "xterm", columns: Int = 80, rows: Int = 24
    ) throws {
        let folder = home ?? FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        ownsHome = home == nil
        self.home = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if let editrc {
            try Data(editrc.utf8).write(to: folder.appendingPathComponent(".editrc"))
        }
        let additions = ["HOME": folder.path, "TERM": type]
        terminal = try PseudoTerminal.start(
            RunningProgram.path, arguments: ["--out", folder.path, "--store", folder.path + "/store"],
            environment: PseudoTerminal.environment.merging(additions) { $1 }, columns: columns, rows: rows)
        try terminal.expect("tx[1]> ")
    }

    deinit {
        if ownsHome { try? FileManager.default.removeItem(at: home) }
    }

    var history: URL { home.appendingPathComponent(".local/state/transfer-script/history") }

    /// Types a line and waits for what it writes.
    func enter(_ line: String, expecting output: String) throws {
        terminal.send(line + "\r")
        try terminal.expect("\n" + output + "\n")
        try terminal.expect("]> ")
    }

    /// Leaves as a person does.
    func leave() throws -> Int32 {
        terminal.send("\u{4}")
        return try terminal.waitForExit()
    }
}

/// What keys send.
enum Keys {
    static let up = "\u{1B}[A"
    static let down = "\u{1B}[B"
    static let right = "\u{1B}[C"
    static let left = "\u{1B}[D"
    static let home = "\u{1B}[H"
    static let end = "\u{1B}[F"
    static let backspace = "\u{7F}"
    static let escape = "\u{1B}"
    static func control(_ letter: Character) -> String {
        String(UnicodeScalar((letter.asciiValue ?? 0) & 0x1F))
    }
}
