import CEdit
import Glibc

/// Lines typed by a person, with libedit's editing and history; the only file that calls libedit.
public struct LineEditor {
    public init() {
        using_history()
    }

    /// One line without its newline; nil at the end of input (Ctrl-D).
    public func line(prompt: String) -> String? {
        guard let text = readline(prompt) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }

    /// Makes `entry` what the up arrow brings back first.
    public func remember(_ entry: String) {
        guard entry.contains(where: { !$0.isWhitespace }) else { return }
        add_history(entry)
    }
}
