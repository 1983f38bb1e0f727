// `++`: joins lists or strings. Joining onto a variable appends in place when nobody else holds its value, so that
// building a text or a list in a loop takes linear time.

enum Joining {
    /// The longest string, in bytes, that joining makes: a quarter of a gigabyte. Doubling in a loop would otherwise
    /// take all memory before anything could stop it. Lists are bounded like ranges, for the same reason.
    static let longestString = 1 << 28
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
            try checkLength(string.text.utf8.count + tail.text.utf8.count)
            StringBox.join(tail.text, onto: &string)
            return
        default: break
        }
        throw mismatch(value, other)
    }

    /// Appends registers 1 … count behind `held` to the list in a variable, of which `held` keeps a second reference
    /// from before the values were computed.
    /// - Returns: false, and nothing has changed, when the variable has no list or no longer that one.
    static func append(
        _ held: UnsafeMutablePointer<Value>, _ count: Int, onto variable: inout Value
    ) -> Bool {
        guard isSameList(held.pointee, variable, room: longestList - count) else { return false }
        held.pointee = .nothing
        guard var list = variable.takeList() else { return false }
        for index in 1...count {
            list.append(held[index])
            held[index] = .nothing
        }
        variable = .list(list)
        return true
    }

    /// Appends to the list that a comprehension or a long literal builds.
    static func append(_ element: Value, toList list: inout Value) {
        if case .list(let grown) = list, case .general(let general) = grown.storage {
            return general.values.append(element)  // Nobody else can hold a list that is being built.
        }
        guard var grown = list.takeList() else { return }
        grown.append(element)
        list = .list(grown)
    }

    /// Never inlined: inside `append` its references would live until the end.
    @inline(never)
    private static func isSameList(_ a: Value, _ b: Value, room: Int) -> Bool {
        guard case .list(let a) = a, case .list(let b) = b else { return false }
        return a.count <= room && a.isSame(as: b)
    }

    // MARK: Interpolated strings

    /// The pieces with the values between them; the values' registers are left empty.
    static func text(_ pieces: UnsafeBufferPointer<Chunk.StringPiece>, _ values: UnsafeMutablePointer<Value>) throws
        -> String
    {
        var text = ""
        try append(pieces, values, to: &text)
        return text
    }

    /// `value ← value ++ "…{…}…"`, without a string of its own for the right side.
    static func join(
        _ pieces: UnsafeBufferPointer<Chunk.StringPiece>, _ values: UnsafeMutablePointer<Value>, onto value: inout Value
    ) throws {
        guard var box = value.takeString() else {
            return try join(.string(text(pieces, values)), onto: &value)
        }
        defer { value = .string(box) }
        if !isKnownUniquelyReferenced(&box) { box = StringBox(box.text) }
        try append(pieces, values, to: &box.text)
    }

    private static func append(
        _ pieces: UnsafeBufferPointer<Chunk.StringPiece>, _ values: UnsafeMutablePointer<Value>, to text: inout String
    ) throws {
        try checkLength(text.utf8.count)
        var value = values
        for piece in pieces {
            switch piece {
            case .text(let piece): if text.isEmpty { text = piece } else { text += piece }
            case .value:
                let piece = ValueDisplay.text(of: value.pointee)
                if text.isEmpty { text = piece } else { text += piece }
                if !value.isPlain { value.pointee = .nothing }
                value += 1
            }
        }
        try checkLength(text.utf8.count)
    }

    static func append(_ tail: String, to text: inout String) throws {
        try checkLength(text.utf8.count + tail.utf8.count)
        text += tail
    }

    static func checkLength(_ count: Int) throws {
        guard count <= longestString else { throw tooLong("a string of \(count) bytes") }
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
