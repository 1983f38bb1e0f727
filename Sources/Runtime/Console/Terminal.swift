import Glibc

/// What the program may do with its output: facts about the terminal, asked once for each stream.
public struct Terminal: Sendable {
    private let descriptor: Int32
    /// True when a person looks at it.
    public let isInteractive: Bool
    /// Colours are written only to a terminal that has them and when `NO_COLOR` (no-color.org) is not set.
    public let hasColor: Bool

    public static let output = Terminal(descriptor: STDOUT_FILENO)
    public static let error = Terminal(descriptor: STDERR_FILENO)

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        isInteractive = isatty(descriptor) == 1
        let refused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        let dumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
        hasColor = isInteractive && !refused && !dumb
    }

    /// Columns, asked anew because windows are resized; 100 where there is no terminal.
    public var width: Int {
        var size = winsize()
        guard isInteractive, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }

    /// Writes all of `text`, whatever the kernel takes at a time; a closed pipe ends the writing silently.
    public func write(_ text: String) { write(bytes: Array(text.utf8)) }

    /// As `write`, for what need not be text.
    func write(bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                guard errno == EAGAIN, waitUntilWritable() else { return }
                continue
            }
            rest = rest.dropFirst(written)
        }
    }

    /// Another program may have made the stream one that does not wait.
    private func waitUntilWritable() -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&request, 1, -1) > 0 || errno == EINTR
    }
}
