// One source text: its name, its bytes as they were read, and the table of its lines. It is immutable, and identity
// matters (two runs of the REPL may both be called "input"), so it is a class. Bytes are never assumed to be UTF-8.

import Glibc

/// A script, an imported file or one input of the REPL.
public final class SourceFile: Sendable {
    /// What diagnostics call the file: a path as the user wrote it, or a name such as `<expression>`.
    public let name: String
    /// The path by which imports of this file are found; nil for text that came from no file.
    public let path: String?
    public let bytes: [UInt8]
    private let lineStarts: [Int]

    public init(name: String, path: String? = nil, bytes: [UInt8]) {
        self.name = name
        self.path = path
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        lineStarts = starts
    }

    public convenience init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// Reads a file.
    /// - Throws: `FileProblem` when it cannot be opened or read.
    public convenience init(path: String, name: String? = nil) throws {
        self.init(name: name ?? path, path: path, bytes: try SourceFile.read(path))
    }

    public var range: SourceRange { SourceRange(0, bytes.count) }

    public var lineCount: Int { lineStarts.count }

    /// The text of a range; malformed UTF-8 becomes U+FFFD.
    public func text(_ range: SourceRange) -> String {
        let start = min(max(range.start, 0), bytes.count)
        return String(decoding: bytes[start..<min(max(range.end, start), bytes.count)], as: UTF8.self)
    }

    /// The line (from 1) in which a byte stands.
    /// - Complexity: O(log lines)
    public func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The column (from 1, in characters as a reader counts them) of a byte in its line.
    public func column(at offset: Int) -> Int {
        text(SourceRange(lineRange(line(at: offset)).start, offset)).count + 1
    }

    /// The bytes of a line (from 1) without its line ending.
    public func lineRange(_ line: Int) -> SourceRange {
        guard line >= 1, line <= lineStarts.count else { return SourceRange(bytes.count, bytes.count) }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return SourceRange(start, end)
    }
}

/// Why a file cannot be read, in the words of the system.
public struct FileProblem: Error {
    public let path: String
    public let reason: String
}

extension SourceFile {
    /// What standard input holds.
    /// - Throws: `FileProblem`
    public convenience init(standardInputAs name: String) throws {
        self.init(name: name, bytes: try SourceFile.read(STDIN_FILENO, path: name))
    }

    private static func read(_ path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw problem(path) }
        defer { close(file) }
        return try read(file, path: path)
    }

    /// All bytes, or a little more than a source may have: a device may never end.
    private static func read(_ file: Int32, path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= Parser.largestSource {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw problem(path) }
            if count == 0 { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        return bytes
    }

    /// Reads `errno`, so it must be made before anything else is called.
    private static func problem(_ path: String) -> FileProblem {
        FileProblem(path: path, reason: String(cString: strerror(errno)))
    }
}
