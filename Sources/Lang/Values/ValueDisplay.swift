// Values as text: whole (`str`, `print`, interpolation) and as a top-level expression shows them, cut to the terminal.
// Inside lists and records strings stand in quotes. Depth is bounded, so that display cannot overrun the stack, and so is
// length, because a list that holds another one twice, and so on downwards, has exponentially many parts.

/// Text forms of values.
public enum ValueDisplay {
    /// Deeper parts show as `…`.
    private static let largestDepth = 100
    /// A displayed list shows at most this many elements from its beginning and its end.
    private static let shownHead = 60
    private static let shownTail = 10
    /// Bytes after which a display ends in `…`.
    private static let longestDisplay = 1 << 20

    /// The whole value; a string as it is.
    public static func text(of value: Value) -> String {
        switch value {
        case .string(let box): box.text
        case .number(let number): NumberFormat.text(number)
        default: literal(value)
        }
    }

    /// What a top-level expression shows.
    public static func display(_ value: Value, width: Int) -> String {
        var room = longestDisplay
        switch value {
        case .foreign(let object): return object.display(width: width)
        case .native(let native): return SignatureHelp.text(of: native, width: width)
        case .list(let list) where list.count > shownHead + shownTail:
            return wrap(shortened(list, room: &room), width: width)
        case .list(let list): return wrap(elements(list, depth: 0, room: &room), width: width)
        case .record(let record): return display(record, width: width, room: &room)
        default: return literal(value, depth: 0, room: &room)
        }
    }

    /// The value as an expression that makes it, where there is one; cut when no string can be as long.
    public static func literal(_ value: Value) -> String {
        var room = Joining.longestString
        return literal(value, depth: 0, room: &room)
    }

    /// - Parameter room: the bytes that are left; behind the last of them stands `…`.
    private static func literal(_ value: Value, depth: Int, room: inout Int) -> String {
        guard depth < largestDepth, room > 0 else { return "…" }
        let text: String
        switch value {
        case .nothing: text = "none"
        case .bool(let bool): text = bool ? "true" : "false"
        case .number(let number): text = NumberFormat.text(number)
        case .string(let box): text = Escape.quote(box.text)
        case .list(let list): return "[" + elements(list, depth: depth, room: &room).joined(separator: ", ") + "]"
        case .record(let record): return "{" + fields(record, depth: depth, room: &room).joined(separator: ", ") + "}"
        case .closure(let closure): text = "fn \(closure.heading)"
        case .native(let native): text = "fn \(native.name)"
        case .formula(let formula): text = formula.text
        case .foreign(let object): text = object.summary
        }
        room -= text.utf8.count
        return text
    }

    private static func elements(_ list: List, depth: Int, room: inout Int) -> [String] {
        if let numbers = list.numbers {
            room -= numbers.count
            return numbers.map { NumberFormat.text($0) }
        }
        return parts(list.values, room: &room) { literal($0, depth: depth + 1, room: &$1) }
    }

    private static func fields(_ record: Record, depth: Int, room: inout Int) -> [String] {
        parts(record, room: &room) { field, room in
            let name = Parser.isName(field.0) ? field.0 : Escape.quote(field.0)
            return name + ": " + literal(field.1, depth: depth + 1, room: &room)
        }
    }

    /// The texts of parts, while there is room.
    private static func parts<Parts: Sequence>(
        _ parts: Parts, room: inout Int, _ text: (Parts.Element, inout Int) -> String
    ) -> [String] {
        var texts: [String] = []
        for part in parts {
            guard room > 0 else { return texts + ["…"] }
            texts.append(text(part, &room))
            room -= 2
        }
        return texts
    }

    private static func shortened(_ list: List, room: inout Int) -> [String] {
        let head = elements(list[0..<shownHead], depth: 0, room: &room)
        let tail = elements(list[list.count - shownTail..<list.count], depth: 0, room: &room)
        return head + ["… (\(list.count) in all) …"] + tail
    }

    /// A record that is too long for a line takes a line a field.
    private static func display(_ record: Record, width: Int, room: inout Int) -> String {
        let fields = fields(record, depth: 0, room: &room)
        let line = "{" + fields.joined(separator: ", ") + "}"
        if TextWidth.columns(of: line) <= width { return line }
        return "{\n" + fields.map { "  \($0)" }.joined(separator: ",\n") + "\n}"
    }

    /// `[a, b, …]` over as many lines as it takes.
    private static func wrap(_ elements: [String], width: Int) -> String {
        var lines: [String] = []
        var line = "["
        for (index, element) in elements.enumerated() {
            let piece = element + (index == elements.count - 1 ? "]" : ",")
            if line.count > 1, TextWidth.columns(of: line) + TextWidth.columns(of: piece) + 1 > width {
                lines.append(line)
                line = " " + piece
            } else {
                line += (index == 0 ? "" : " ") + piece
            }
        }
        return (lines + [elements.isEmpty ? "[]" : line]).joined(separator: "\n")
    }
}

extension Value {
    /// How a message calls the value: small ones whole, others by type.
    public var phrase: String {
        switch self {
        case .nothing, .bool, .number: ValueDisplay.literal(self)
        // Longer strings would bury the message.
        case .string(let box) where box.text.count <= 40: ValueDisplay.literal(self)
        case .list(let list): "a list of \(list.count)"
        default: ParameterKind.withArticle(typeName)
        }
    }
}
