import Lang

/// Values in a few words, whatever their size: what `:type`, `:vars` and the details of completions say.
enum ValueSummary {
    /// The type and, of what has parts, how many and of which types: "list of 3 numbers".
    static func type(_ value: Value) -> String {
        switch value {
        case .nothing: "none"
        case .bool, .number, .formula: value.typeName
        case .string(let box): "string of \(counted(box.text.count, "character"))"
        case .list(let list): "list of \(counted(list.count, elementType(of: list)))"
        case .record(let record): "record with \(fields(record.names.prefix(shownParts), of: record))"
        case .closure, .native: signature(value)
        case .foreign(let object): type(of: object)
        }
    }

    /// A function as it is called, anything else by its type.
    static func signature(_ value: Value) -> String {
        switch value {
        case .closure(let closure): "fn \(closure.heading)"
        case .native(let native):
            "fn \(native.signatures.first.map(SignatureHelp.heading) ?? native.name)"
                + (native.signatures.count > 1 ? " …" : "")
        default: value.typeName
        }
    }

    /// "l2: numbers or one number (default 1)", as the detail of an argument's name.
    static func parameter(_ parameter: Parameter) -> String {
        let kind = parameter.kind.phrase
        guard let value = parameter.defaultValue, !value.isNothing else { return kind }
        return "\(kind) = \(line(value, width: 30))"
    }

    static func kind(ofColumn name: String, in value: Value) -> String {
        value.asForeign(TableValue.self)?.table[name]?.kind.rawValue ?? ""
    }

    /// The value, or its beginning, on one line of at most `width` cells.
    static func line(_ value: Value, width: Int) -> String {
        let text: String
        switch value {
        case .list(let list) where list.count > shownParts:
            text = ValueDisplay.literal(.list(list[0..<shownParts])).dropLast() + ", …]"
        case .string(let box) where box.text.utf8.count > longest:
            text = ValueDisplay.literal(.string(String(box.text.prefix(longest))))
        case .foreign(let object):
            if let table = object as? TableValue {
                text = "\(counted(table.table.rowCount, "row")) × \(counted(table.table.names.count, "column"))"
            } else {
                text = Transcript.plain(object.display(width: width))
            }
        default: text = ValueDisplay.literal(value)
        }
        let first = text.split(separator: "\n").first.map(String.init) ?? ""
        return (first.utf8.count < text.utf8.count ? first + " …" : first).truncated(toDisplayWidth: width)
    }

    /// Longer lists and records are summed up by their first parts.
    private static let shownParts = 20
    /// Longer strings are cut before they are quoted.
    private static let longest = 500

    private static func type(of object: any Foreign) -> String {
        guard let table = (object as? TableValue)?.table else {
            return object.typeName + (object.count.map { " of \(counted($0, "element"))" } ?? "")
        }
        let columns = zip(table.names, table.columns).map { "\($0) (\($1.kind.rawValue))" }
        return "table of \(counted(table.rowCount, "row")): " + columns.joined(separator: ", ")
    }

    private static func fields(_ names: some Collection<String>, of record: Record) -> String {
        let parts = names.map { "\($0) (\(record[$0]?.typeName ?? ""))" }
        let more = record.count > names.count ? ", …" : ""
        return "\(counted(record.count, "field"))" + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", ") + more)
    }

    private static func elementType(of list: List) -> String {
        if list.numbers != nil { return "number" }
        let types = Set(list.values.prefix(1000).map(\.typeName))
        return types.count == 1 ? types.first ?? "value" : "value"
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
