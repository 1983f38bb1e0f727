// `++`: joins lists or strings. Joining onto a variable appends in place when nobody else holds its value, so that
// building a text or a list in a loop takes linear time.

enum Joining {
    /// The longest string, in bytes, that joining makes: a quarter of a gigabyte. Doubling in a loop would otherwise
    /// take all memory before anything could stop it. Lists are bounded like ranges, for the same reason.
    private static let longestString = 1 << 28
    private static let longestList = Iteration.longestList

    /// `value ← value ++ other`; `value` stays as it was when this throws.
    static func join(_ other: Value, onto value: inout Value) throws {
        switch other {
        case .list(let tail):
            guard var list = value.takeList() else { break }
            defer { value = .list(list) }
            let count = list.count + tail.count
            guard count <= longestList else { throw tooLong("a list of \(count) elements") }
            list.append(contentsOf: tail)
            return
        case .string(let tail):
            guard var string = value.takeString() else { break }
            defer { value = .string(string) }
            try append(tail, to: &string)
            return
        default: break
        }
        throw mismatch(value, other)
    }

    static func append(_ tail: String, to text: inout String) throws {
        let count = text.utf8.count + tail.utf8.count
        guard count <= longestString else { throw tooLong("a string of \(count) bytes") }
        text += tail
    }

    private static func tooLong(_ what: String) -> Fault { Fault { RunMessages.tooLong($0, what) } }

    private static func mismatch(_ left: Value, _ right: Value) -> Fault {
        let takes = "two lists or two strings"
        switch (left, right) {
        case (.list, _): return Broadcast.wrongOperand("++", takes: takes, right, help: "write '++ [x]'")
        case (.string, .number):
            return Broadcast.wrongOperand("++", takes: takes, right, help: "write str(x), or \"…{x}\"")
        case (.string, _): return Broadcast.wrongOperand("++", takes: takes, right)
        default: return Broadcast.wrongOperand("++", takes: takes, left)
        }
    }
}
