import Glibc
import Synchronization

/// What the program may do with its output: facts about the terminal, asked once for each stream.
public struct Terminal: Sendable {
    private let descriptor: Int32
    private let lost = Lost()
    /// True when a person looks at it.
    public let isInteractive: Bool
    /// True when it obeys escape sequences, so that lines can be drawn anew: a person looks at it, and it is not "dumb".
    let obeysSequences: Bool
    /// Colours are written only to a terminal that has them, unless the environment refuses or forces them.
    public let hasColor: Bool

    public static let output = Terminal(descriptor: STDOUT_FILENO)
    public static let error = Terminal(descriptor: STDERR_FILENO)

    init(descriptor: Int32, environment: (String) -> String? = Terminal.environment) {
        self.descriptor = descriptor
        isInteractive = isatty(descriptor) == 1
        obeysSequences = isInteractive && Terminal.hasSequences(environment)
        hasColor = Terminal.hasColor(obeysSequences: obeysSequences, environment)
    }

    // MARK: Environment

    static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    private static func hasSequences(_ environment: (String) -> String?) -> Bool {
        guard let name = environment("TERM") else { return false }
        return !name.isEmpty && name != "dumb"
    }

    /// `NO_COLOR` (no-color.org) refuses colours, whatever else is set. `FORCE_COLOR` and `CLICOLOR_FORCE` ask for them
    /// even in a file; `CLICOLOR=0` gives them up on a terminal (bixense.com/clicolors).
    static func hasColor(obeysSequences: Bool, _ environment: (String) -> String?) -> Bool {
        func isSet(_ name: String) -> Bool { environment(name).map { !$0.isEmpty } ?? false }
        func isOn(_ name: String) -> Bool { isSet(name) && environment(name) != "0" }
        if isSet("NO_COLOR") { return false }
        if isOn("FORCE_COLOR") || isOn("CLICOLOR_FORCE") { return true }
        return obeysSequences && environment("CLICOLOR") != "0"
    }

    // MARK: Size

    /// A terminal's size in cells, and that of a cell.
    struct Size: Hashable {
        var columns = 100
        var rows = 30
        /// Pixels; most fonts are twice as high as wide, which is what terminals that do not tell get.
        var cellWidth = 10
        var cellHeight = 20
    }

    /// Columns, asked anew because windows are resized; where there is no terminal what `COLUMNS` says, else 100.
    public var width: Int { size.columns }

    var size: Size {
        var answer = winsize()
        var size = Size()
        guard isInteractive, ioctl(descriptor, UInt(TIOCGWINSZ), &answer) == 0 else {
            if let columns = Terminal.environment("COLUMNS").flatMap({ Int($0) }), columns > 0 {
                size.columns = columns
            }
            return size
        }
        if answer.ws_col > 0 { size.columns = Int(answer.ws_col) }
        if answer.ws_row > 0 { size.rows = Int(answer.ws_row) }
        let (width, height) = (Int(answer.ws_xpixel) / size.columns, Int(answer.ws_ypixel) / size.rows)
        if width > 2, height > 2 { (size.cellWidth, size.cellHeight) = (width, height) }
        return size
    }

    // MARK: Writing

    /// Why something was not written, in the words of the system; nil when nothing was lost, or when nobody is there to
    /// read it (a closed pipe, a terminal that is gone).
    public var loss: String? {
        let number = lost.number.load(ordering: .relaxed)
        return number == 0 || number == EPIPE || number == EIO ? nil : String(cString: strerror(number))
    }

    /// The first error of writing, kept for the end of the program: a stream has one, however often it is copied.
    private final class Lost: Sendable {
        let number = Atomic<Int32>(0)
    }

    /// Writes all of `text`, whatever the kernel takes at a time; what cannot be written is a `loss`.
    public func write(_ text: String) { write(bytes: Array(text.utf8)) }

    /// As `write`, for what need not be text.
    func write(bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                let number = errno
                if number == EAGAIN, waitUntilWritable() { continue }
                _ = lost.number.compareExchange(expected: 0, desired: number, ordering: .relaxed)
                return
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
