// Goldens: texts that a test compares with a committed file. A missing golden is written, and the test fails, so that a
// new one is looked at; with TX_ACCEPT=1 in the environment all of them are recorded anew.

import Foundation

public enum Snapshot {
    /// Compares a text with its golden.
    /// - Returns: what differs; nil when nothing does.
    public static func problem(_ text: String, golden: URL) -> String? {
        let isAccepting = ProcessInfo.processInfo.environment["TX_ACCEPT"] == "1"
        let known = try? String(contentsOf: golden, encoding: .utf8)
        if known == text { return nil }
        guard isAccepting || known == nil else {
            return "differs from \(golden.lastPathComponent):\n\(difference(from: known ?? "", to: text))"
        }
        do {
            try FileManager.default.createDirectory(
                at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: golden, atomically: true, encoding: .utf8)
        } catch {
            return "cannot write \(golden.path): \(error)"
        }
        return isAccepting ? nil : "\(golden.lastPathComponent) was missing and has been written: review it"
    }

    /// The first line that differs, with its number.
    private static func difference(from old: String, to new: String) -> String {
        let (oldLines, newLines) = (old.components(separatedBy: "\n"), new.components(separatedBy: "\n"))
        let index = zip(oldLines, newLines).enumerated().first { $1.0 != $1.1 }?.offset
        let line = index ?? min(oldLines.count, newLines.count)
        let text = { (lines: [String]) in line < lines.count ? lines[line] : "(end)" }
        return "line \(line + 1)\n  golden: \(text(oldLines))\n  actual: \(text(newLines))"
    }
}
