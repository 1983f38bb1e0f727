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

    /// What a text may still take.
    private struct Budget {
        /// Bytes that are left; behind the last of them stands `…`.
        var room: Int
        /// Whether lists show only their beginning and their end.
        let shortensLists: Bool
    }

    /// What a top-level expression shows.
    public static func display(_ value: Value, width: Int) -> String {
        var budget = Budget(room: longestDisplay, shortensLists: true)
        switch value {
        case .foreign(let object): return object.display(width: width)
        case .native(let native): return SignatureHelp.text(of: native, width: width)
        case .list(let list): return wrap(elements(list, depth: 0, budget: &budget), width: width)
        case .record(let record): return display(record, width: width, budget: &budget)
        default: return literal(value, depth: 0, budget: &budget)
        }
    }

    /// The value as an expression that makes it, where there is one; cut when no string can be as long.
    public static func literal(_ value: Value) -> String {
        var budget = Budget(room: Joining.longestString, shortensLists: false)
        return literal(value, depth: 0, budget: &budget)
    }

    private static func literal(_ value: Value, depth: Int, budget: inout Budget) -> String {
        guard depth < largestDepth, budget.room > 0 else { return "…" }
        let text: String
        switch value {
        case .nothing: text = "none"
        case .bool(let bool): text = bool ? "true" : "false"
        case .number(let number): text = NumberFormat.text(number)
        case .string(let box): text = Escape.quote(box.text)
        case .list(let list): return "[" + elements(list, depth: depth, budget: &budget).joined(separator: ", ") + "]"
        case .record(let record):
            return "{" + fields(record, depth: depth, budget: &budget).joined(separator: ", ") + "}"
        case .closure(let closure): text = "fn \(closure.heading)"
        case .native(let native): text = "fn \(native.name)"
        case .formula(let formula): text = formula.text
        case .foreign(let object): text = object.summary
        }
        budget.room -= text.utf8.count
        return text
    }

    private static func elements(_ list: List, depth: Int, budget: inout Budget) -> [String] {
        guard !budget.shortensLists || list.count <= shownHead + shownTail else {
            let head = elements(list[0..<shownHead], depth: depth, budget: &budget)
            let tail = elements(list[list.count - shownTail..<list.count], depth: depth, budget: &budget)
            return head + ["… (\(list.count) in all) …"] + tail
        }
        if let numbers = list.numbers {
            budget.room -= numbers.count
            return numbers.map { NumberFormat.text($0) }
        }
        return parts(list.values, budget: &budget) { literal($0, depth: depth + 1, budget: &$1) }
    }

    private static func fields(_ record: Record, depth: Int, budget: inout Budget) -> [String] {
        parts(record, budget: &budget) { field, budget in
            let name = Parser.isName(field.0) ? field.0 : Escape.quote(field.0)
            return name + ": " + literal(field.1, depth: depth + 1, budget: &budget)
        }
    }

    /// The texts of parts, while there is room.
    private static func parts<Parts: Sequence>(
        _ parts: Parts, budget: inout Budget, _ text: (Parts.Element, inout Budget) -> String
    ) -> [String] {
        var texts: [String] = []
        for part in parts {
            guard budget.room > 0 else { return texts + ["…"] }
            texts.append(text(part, &budget))
            budget.room -= 2
        }
        return texts
    }

    /// A record that is too long for a line takes a line a field.
    private static func display(_ record: Record, width: Int, budget: inout Budget) -> String {
        let fields = fields(record, depth: 0, budget: &budget)
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
