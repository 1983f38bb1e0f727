/// What is wrong in the content of a file that is read: where it stands and what it is. The reader of the bytes does
/// not know the file's name; who does adds it (`place`).
public struct MalformedFile: Error, Hashable, Sendable {
    /// From 1.
    public var line: Int
    /// From 1, in characters; nil when the whole line is meant.
    public var column: Int?
    /// One sentence, no full stop.
    public var message: String
    /// What the user can do about it.
    public var help: String?

    public init(line: Int, column: Int? = nil, _ message: String, help: String? = nil) {
        self.line = line
        self.column = column
        self.message = message
        self.help = help
    }

    /// "data.csv:12" or "data.json:3:14".
    public func place(in file: String) -> String { "\(file):\(line)" + (column.map { ":\($0)" } ?? "") }
}

extension UnsafeBufferPointer<UInt8> {
    /// The number of line breaks (LF, CR or both) before `position`.
    func lineBreaks(before position: Int) -> Int {
        var count = 0
        for index in 0..<Swift.min(position, self.count) where isLineBreak(at: index) { count += 1 }
        return count
    }

    /// Whether a line ends at the byte; of CRLF the second byte counts.
    private func isLineBreak(at index: Int) -> Bool {
        switch self[index] {
        case UInt8(ascii: "\n"): true
        case UInt8(ascii: "\r"): index + 1 == count || self[index + 1] != UInt8(ascii: "\n")
        default: false
        }
    }
}
