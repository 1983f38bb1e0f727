// The real program on a pseudo-terminal: keys go in, and what a person would see comes out. Everything that waits has a
// limit, so a program that hangs fails a test and ends none.

import CPseudoTerminal
import Foundation
import Glibc

public final class PseudoTerminal {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Only what a test sets decides; the tester's own locale, home and colours do not.
    public static let environment = ["TERM": "xterm", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "NO_COLOR": "1"]

    public let process: pid_t
    /// What the window shows now.
    public private(set) var screen: Screen
    private let master: Int32
    private var isOpen = true
    private var unread: [UInt8] = []
    private var status: Int32?

    /// Starts a program as the leader of a session of its own on a new terminal.
    ///
    /// - Parameter environment: all of it; `PseudoTerminal.environment` with additions.
    public static func start(
        _ path: String, arguments: [String] = [], environment: [String: String] = PseudoTerminal.environment,
        columns: Int = 80, rows: Int = 24
    ) throws -> PseudoTerminal {
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        var settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + settings).forEach { free($0) } }
        var master: Int32 = -1
        let process = pseudoterminal_start(path, &words, &settings, Int32(columns), Int32(rows), &master)
        guard process > 0 else {
            throw Failure(description: "cannot start \(path): \(String(cString: strerror(errno)))")
        }
        return PseudoTerminal(process: process, master: master, screen: Screen(columns: columns, rows: rows))
    }

    private init(process: pid_t, master: Int32, screen: Screen) {
        self.process = process
        self.master = master
        self.screen = screen
    }

    deinit {
        if status == nil {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        if isOpen { close(master) }
    }

    // MARK: Keys

    /// Types text as it is; "\r" is Enter, "\u{3}" Ctrl-C.
    public func send(_ keys: String) {
        var bytes = Array(keys.utf8)[...]
        while !bytes.isEmpty {
            // The program's answers are taken in between: neither side waits for the other.
            receive(milliseconds: 0)
            let count = bytes.prefix(512).withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Sends text as a terminal sends what is pasted.
    public func paste(_ text: String) {
        send("\u{1B}[200~" + text.replacingOccurrences(of: "\n", with: "\r") + "\u{1B}[201~")
    }

    /// Ctrl-C.
    public func interrupt() { send("\u{3}") }

    /// Whether the terminal echoes and hands over whole lines, as a shell expects to find it.
    public var isUsual: Bool {
        var settings = termios()
        return tcgetattr(master, &settings) == 0
            && settings.c_lflag & tcflag_t(ICANON | ECHO) == tcflag_t(ICANON | ECHO)
    }

    public func resize(columns: Int, rows: Int) {
        receive(milliseconds: 0)
        screen.resize(columns: columns, rows: rows)
        PseudoTerminal.setSize(of: master, columns: columns, rows: rows)
    }

    private static func setSize(of terminal: Int32, columns: Int, rows: Int) {
        var size = winsize()
        (size.ws_row, size.ws_col) = (UInt16(clamping: rows), UInt16(clamping: columns))
        _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    }

    // MARK: Answers

    /// Waits until `text` has been written since the last text that was waited for.
    ///
    /// - Returns: what was written up to its end, without escape sequences.
    @discardableResult
    public func expect(_ text: String, within seconds: Double = 20) throws -> String {
        let wanted = Array(text.utf8)
        var plain: [UInt8] = []
        let found = wait(seconds) {
            plain = Screen.withoutSequences(self.unread)
            return !plain[...].ranges(of: wanted).isEmpty
        }
        guard found, let range = plain[...].ranges(of: wanted).first else {
            throw Failure(description: "no \(text.debugDescription); the screen shows:\n\(screen.text)")
        }
        // The rest stays, for the next text.
        unread = Array(plain[range.upperBound...])
        return String(decoding: plain[..<range.upperBound], as: UTF8.self)
    }

    /// Waits until the screen shows `text`, in one row or, with "\n", over several.
    public func expectOnScreen(_ text: String, within seconds: Double = 20) throws {
        guard wait(seconds, until: { self.screen.text.contains(text) }) else {
            throw Failure(description: "\(text.debugDescription) is not on the screen:\n\(screen.text)")
        }
    }

    /// All bytes that have been written since the last text that was waited for, sequences and all.
    public func rawOutput() -> String {
        receive(milliseconds: 0)
        return String(decoding: unread, as: UTF8.self)
    }

    /// Waits until the program ends.
    /// - Returns: its exit status, or 128 and the signal that ended it.
    public func waitForExit(within seconds: Double = 20) throws -> Int32 {
        let ended = wait(seconds) {
            var raw: Int32 = 0
            guard self.status == nil, waitpid(self.process, &raw, WNOHANG) == self.process else {
                return self.status != nil
            }
            self.status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + raw & 0x7F
            return true
        }
        guard ended, let status else {
            throw Failure(description: "the program still runs; the screen shows:\n\(screen.text)")
        }
        return status
    }

    /// Takes the terminal away, as closing its window does.
    public func hangUp() {
        guard isOpen else { return }
        isOpen = false
        close(master)
    }

    private func wait(_ seconds: Double, until isDone: () -> Bool) -> Bool {
        let deadline = Date().addingTimeInterval(seconds)
        while true {
            receive(milliseconds: 0)
            if isDone() { return true }
            if Date() > deadline { return false }
            receive(milliseconds: 20)
        }
    }

    private func receive(milliseconds: Int32) {
        var request = pollfd(fd: isOpen ? master : -1, events: Int16(POLLIN), revents: 0)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var patience = milliseconds
        while poll(&request, 1, patience) > 0 {
            let count = chunk.withUnsafeMutableBytes { read(master, $0.baseAddress, $0.count) }
            guard count > 0 else {
                // Nobody has the terminal open any more.
                usleep(5_000)
                return
            }
            unread += chunk[..<count]
            screen.write(chunk[..<count])
            patience = 0
        }
    }
}
