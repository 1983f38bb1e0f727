// Values as text: whole (`str`, `print`, interpolation) and as a top-level expression shows them, cut to the terminal.
// Inside lists and records strings stand in quotes. Depth is bounded, so that display cannot overrun the stack.

/// Text forms of values.
public enum ValueDisplay {
    /// Deeper parts show as `…`.
    private static let largestDepth = 100
    /// A displayed list shows at most this many elements from its beginning and its end.
    private static let shownHead = 60
    private static let shownTail = 10

    /// The whole value; a string as it is.
    public static func text(of value: Value) -> String {
        switch value {
        case .string(let box): box.text
        case .number(let number): NumberFormat.text(number)
        default: literal(value, depth: 0)
        }
    }

    /// What a top-level expression shows.
    public static func display(_ value: Value, width: Int) -> String {
        switch value {
        case .foreign(let object): object.display(width: width)
        case .native(let native): SignatureHelp.text(of: native, width: width)
        case .list(let list) where list.count > shownHead + shownTail: wrap(shortened(list), width: width)
        case .list(let list): wrap(elements(list, depth: 0), width: width)
        case .record(let record): display(record, width: width)
        default: literal(value, depth: 0)
        }
    }

    /// The value as an expression that makes it, where there is one.
    public static func literal(_ value: Value) -> String { literal(value, depth: 0) }

    private static func literal(_ value: Value, depth: Int) -> String {
        guard depth < largestDepth else { return "…" }
        switch value {
        case .nothing: return "none"
        case .bool(let bool): return bool ? "true" : "false"
        case .number(let number): return NumberFormat.text(number)
        case .string(let box): return Escape.quote(box.text)
        case .list(let list): return "[" + elements(list, depth: depth).joined(separator: ", ") + "]"
        case .record(let record): return "{" + fields(record, depth: depth).joined(separator: ", ") + "}"
        case .closure(let closure): return "fn \(closure.heading)"
        case .native(let native): return "fn \(native.name)"
        case .formula(let formula): return formula.text
        case .foreign(let object): return object.summary
        }
    }

    private static func elements(_ list: List, depth: Int) -> [String] {
        if let numbers = list.numbers { return numbers.map { NumberFormat.text($0) } }
        return list.values.map { literal($0, depth: depth + 1) }
    }

    private static func fields(_ record: Record, depth: Int) -> [String] {
        record.map { name, value in
            (Parser.isName(name) ? name : Escape.quote(name)) + ": " + literal(value, depth: depth + 1)
        }
    }

    private static func shortened(_ list: List) -> [String] {
        let head = elements(list[0..<shownHead], depth: 0)
        let tail = elements(list[list.count - shownTail..<list.count], depth: 0)
        return head + ["… (\(list.count) in all) …"] + tail
    }

    /// A record that is too long for a line takes a line a field.
    private static func display(_ record: Record, width: Int) -> String {
        let fields = fields(record, depth: 0)
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
