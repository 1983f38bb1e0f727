import Foundation
import Glibc

/// What was typed in earlier sessions: a file with one entry a line, oldest first.
///
/// Several REPLs may use it at once. Each appends under a lock; who finds the file too long replaces it by its end, read
/// under the same lock, so that nobody's entries get lost. A file that cannot be used costs one note and nothing else.
public final class LineHistory {
    public struct Limits: Sendable {
        /// A longer file is cut when a session starts.
        public var entries = 10_000
        /// A longer file is cut when an entry is added; no entry of more than a quarter of it is kept.
        public var bytes = 2 << 20

        public init() {}
    }

    private let path: String
    private let limits: Limits
    private let note: (String) -> Void
    private var hasNoted = false
    /// Entries that could not be written yet.
    private var pending: [UInt8] = []

    public init(
        file: String, limits: Limits = Limits(), note: @escaping (String) -> Void = { Terminal.error.write($0 + "\n") }
    ) {
        // A link stays one: what it leads to is replaced.
        path = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
        self.limits = limits
        self.note = note
    }

    /// The user's: `transfer-script/history` below `$XDG_STATE_HOME`, else below `~/.local/state`. nil without a home.
    public static func standard(environment: [String: String] = ProcessInfo.processInfo.environment) -> LineHistory? {
        func folder(_ name: String) -> String? { environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
        guard let state = folder("XDG_STATE_HOME") ?? folder("HOME").map({ $0 + "/.local/state" }) else { return nil }
        return LineHistory(file: state + "/transfer-script/history")
    }

    /// All entries, oldest first; lines that are none are skipped.
    public func entries() -> [String] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno != ENOENT { complain(errno) }
            return []
        }
        defer { close(descriptor) }
        guard let size = regularSize(descriptor) else {
            complain(EINVAL)
            return []
        }
        // However long another program made it, its end is enough.
        let start = max(0, size - 4 * limits.bytes)
        var lines = bytes(of: descriptor, from: start).split(separator: UInt8(ascii: "\n"))
        if start > 0, !lines.isEmpty { lines.removeFirst() }
        if lines.count > limits.entries {
            _ = withLockedFile { descriptor, _ in trim(descriptor) }
        }
        return lines.compactMap(HistoryLine.entry).suffix(limits.entries)
    }

    /// Adds an entry as the newest.
    public func append(_ entry: String) {
        let line = HistoryLine.bytes(of: entry)
        guard line.count <= limits.bytes / 4 else { return }
        if pending.count + line.count <= limits.bytes { pending += line }
        let failure = withLockedFile { descriptor, size in
            let last = size > 0 ? bytes(of: descriptor, from: size - 1).first : nil
            // A line that a crash cut off stays alone.
            let text = (last ?? 10) == 10 ? pending : [10] + pending
            if let failure = write(text, to: descriptor) {
                ftruncate(descriptor, off_t(size))
                return failure
            }
            pending = []
            return size + text.count > limits.bytes ? trim(descriptor) : nil
        }
        if let failure { complain(failure) }
    }

    // MARK: The file

    private func complain(_ failure: Int32) {
        guard !hasNoted else { return }
        hasNoted = true
        let reason = failure == EINVAL ? "it is no file" : String(cString: strerror(failure))
        note("note: what is typed is not kept in \(path): \(reason)")
    }

    /// Runs `work` with the file, locked and made where needed, and its size.
    /// - Returns: `errno` of what failed; nil when nothing did.
    private func withLockedFile(_ work: (_ descriptor: Int32, _ size: Int) -> Int32?) -> Int32? {
        for _ in 0..<300 {
            let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW, 0o600)
            if descriptor < 0, errno == ENOENT, makeFolder() { continue }
            guard descriptor >= 0 else { return errno }
            defer { close(descriptor) }
            guard regularSize(descriptor) != nil else { return EINVAL }
            if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
                usleep(10_000)
                continue
            }
            // Who held the lock may have put another file in this one's place.
            guard isCurrent(descriptor), let size = regularSize(descriptor) else { continue }
            fchmod(descriptor, 0o600)
            return work(descriptor, size)
        }
        return EWOULDBLOCK
    }

    private func makeFolder() -> Bool {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
        let made: Void? = try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: attributes)
        if made == nil { errno = ENOENT }
        return made != nil
    }

    private func regularSize(_ descriptor: Int32) -> Int? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    private func isCurrent(_ descriptor: Int32) -> Bool {
        var (own, current) = (stat(), stat())
        return fstat(descriptor, &own) == 0 && stat(path, &current) == 0
            && own.st_ino == current.st_ino && own.st_dev == current.st_dev
    }

    private func bytes(of descriptor: Int32, from start: Int) -> [UInt8] {
        var result: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let offset = off_t(start + result.count)
            let count = chunk.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, offset) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return result }
            result += chunk[..<count]
        }
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            rest = rest.dropFirst(count)
        }
        return nil
    }

    /// Puts the file's last lines in its place, in one step. What is kept leaves room, so that this is rare.
    private func trim(_ descriptor: Int32) -> Int32? {
        let all = bytes(of: descriptor, from: 0).split(separator: UInt8(ascii: "\n"))
        var (kept, room) = (all.endIndex, limits.bytes / 4 * 3)
        while kept > all.startIndex, all.count - kept < limits.entries, all[kept - 1].count < room {
            kept -= 1
            room -= all[kept].count + 1
        }
        let temporary = path + ".\(getpid()).new"
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { return errno }
        defer { close(file) }
        var failure = write(Array(all[kept...].joined(separator: [10])) + [10], to: file)
        if failure == nil, fsync(file) != 0 || rename(temporary, path) != 0 { failure = errno }
        if failure != nil { unlink(temporary) }
        return failure
    }
}

/// One entry as one line: newlines, carriage returns and backslashes are escaped.
enum HistoryLine {
    static func bytes(of entry: String) -> [UInt8] {
        var line: [UInt8] = []
        for byte in entry.utf8 {
            switch byte {
            case UInt8(ascii: "\n"): line += Array("\\n".utf8)
            case UInt8(ascii: "\r"): line += Array("\\r".utf8)
            case UInt8(ascii: "\\"): line += Array("\\\\".utf8)
            default: line.append(byte)
            }
        }
        return line + [UInt8(ascii: "\n")]
    }

    /// nil for what was never typed: nothing, or control characters.
    static func entry(_ line: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in line {
            if isEscaped {
                switch byte {
                case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
                case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
                case UInt8(ascii: "\\"): bytes.append(byte)
                default: bytes += [UInt8(ascii: "\\"), byte]
                }
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                if byte < 0x20 && byte != 9 || byte == 0x7F { return nil }
                bytes.append(byte)
            }
        }
        if isEscaped { bytes.append(UInt8(ascii: "\\")) }
        let entry = String(decoding: bytes, as: UTF8.self)
        return entry.contains { !$0.isWhitespace } ? entry : nil
    }
}
