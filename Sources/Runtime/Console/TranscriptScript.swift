import Lang

/// A transcript as a script that runs on its own.
///
/// What only a session knows is made explicit: an output that is used later, as `_` or `out[n]`, gets a name; what is
/// bound more than once becomes a `var` that is assigned, which is what a session does; a function that was defined
/// anew before anything used it is left out. All other text stays as it was typed.
struct TranscriptScript {
    private let entries: [(entry: Transcript.Entry, outline: Outline, source: SourceFile)]
    /// How many statements bind a name.
    private let bindings: [String: Int]
    private let outputNames: [Int: String]
    private var bound: Set<String> = []
    private var freshNames = 0
    private var taken: Set<String>

    /// - Parameter seed: of the session; 0 is every script's own.
    static func text(of entries: [Transcript.Entry], seed: UInt64 = 0) -> String {
        formatted(join(pieces(of: entries, seed: seed)))
    }

    /// What becomes of each entry, in order; one that becomes nothing is not there.
    static func pieces(of entries: [Transcript.Entry], seed: UInt64) -> [Piece] {
        var script = TranscriptScript(entries)
        return (seed == 0 ? [] : [Piece(text: "seed(\(seed))")]) + script.written()
    }

    /// In the canonical layout, where the text has one.
    static func formatted(_ text: String) -> String {
        let source = SourceFile(name: "", text: text)
        return (try? Formatter.format(source)) ?? text
    }

    private init(_ all: [Transcript.Entry]) {
        let parsed = all.compactMap { entry in
            let source = SourceFile(name: "", text: entry.text)
            return Outline(source).map { (entry: entry, outline: $0, source: source) }
        }
        entries = parsed.enumerated().filter { index, item in
            !TranscriptScript.isReplaced(item.outline, in: parsed[(index + 1)...].map(\.outline))
        }.map(\.element)
        let names = entries.flatMap { $0.outline.parts.flatMap(\.names) }
        bindings = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
        taken = Set(names + entries.flatMap { $0.outline.uses.map(\.name) })
        var outputs: [Int: String] = [:]
        for (entry, outline, _) in entries {
            for use in outline.uses where bindings[use.name] == nil {
                guard let number = TranscriptScript.output(use, in: entry) else { continue }
                var name = "out_\(number)"
                while taken.contains(name) { name += "_" }
                outputs[number] = name
            }
        }
        outputNames = outputs
    }

    /// Whether an entry only defines a function that a later entry defines anew before any reads it.
    private static func isReplaced(_ outline: Outline, in later: [Outline]) -> Bool {
        guard outline.parts.count == 1, case .function(let function)? = outline.parts.first?.kind else { return false }
        for next in later {
            let readsIt = next.uses.contains { $0.name == function.name }
            let isDefinition = next.parts.count == 1 && next.parts[0].names == [function.name]
            if isDefinition, case .function = next.parts[0].kind { return true }
            if readsIt || next.parts.contains(where: { $0.names.contains(function.name) }) { return false }
        }
        return false
    }

    /// The number of the output that a name stands for in an entry; nil for other names and for outputs that were not.
    private static func output(_ use: Outline.Use, in entry: Transcript.Entry) -> Int? {
        switch (use.name, use.index) {
        case ("_", _): entry.outputs.last
        case ("out", let index?) where index < 0:
            entry.outputs.count + index >= 0 ? entry.outputs[entry.outputs.count + index] : nil
        case ("out", let index?): entry.outputs.contains(index) ? index : nil
        default: nil
        }
    }

    // MARK: Writing

    /// What became of one entry.
    struct Piece {
        var text: String
        var isProse = false
        /// What the entry showed.
        var outputs: [Notebook.Output] = []
    }

    private mutating func written() -> [Piece] {
        entries.map { entry, outline, source in
            Piece(text: text(entry, outline, source), isProse: outline.parts.isEmpty, outputs: entry.shownOutputs)
        }.filter { $0.text.contains { !$0.isWhitespace } }
    }

    /// Lines stand together, longer entries alone; prose stands above what it is about.
    static func join(_ pieces: [Piece]) -> String {
        var text = ""
        var previous: Piece?
        for piece in pieces {
            if let previous {
                let isApart = !previous.isProse && (piece.isProse || (previous.text + piece.text).contains("\n"))
                text += isApart ? "\n\n" : "\n"
            }
            text += piece.text
            previous = piece
        }
        return text + "\n"
    }

    private mutating func text(_ entry: Transcript.Entry, _ outline: Outline, _ source: SourceFile) -> String {
        var edits = outline.uses.compactMap { use -> Edit? in
            guard bindings[use.name] == nil, use.name == "_" || use.name == "out" else { return nil }
            guard let number = TranscriptScript.output(use, in: entry) else {
                return use.name == "_" ? Edit(use.range, "none") : nil
            }
            let rest = use.name == "_" && use.index != nil ? "[\(use.index ?? 0)]" : ""
            return Edit(use.range, (outputNames[number] ?? "none") + rest)
        }
        for (index, part) in outline.parts.enumerated() {
            let isLast = index == outline.parts.count - 1
            edits += binding(part, source)
            if isLast, case .expression = part.kind, let name = entry.number.flatMap({ outputNames[$0] }) {
                edits.append(Edit(SourceRange(part.range.start, part.range.start), "let \(name) = "))
                if !part.isSilent { edits.append(Edit(SourceRange(part.range.end, part.range.end), "\n\(name)")) }
            }
        }
        let text = Edit.apply(edits, to: source)
        return String(text.reversed().drop { $0.isWhitespace }.reversed())
    }

    /// What turns a statement into one that may stand beside others that bind the same names.
    private mutating func binding(_ part: Outline.Part, _ source: SourceFile) -> [Edit] {
        let isRepeated = part.names.contains { (bindings[$0] ?? 0) > 1 }
        defer { bound.formUnion(part.names) }
        guard isRepeated, let name = part.names.first else { return [] }
        let opening = bound.contains(name) ? "" : "var "
        switch part.kind {
        case .binding(let binding) where binding.shape == .name:
            return [Edit(SourceRange(part.range.start, binding.value.start), "\(opening)\(name) = ")]
        case .binding(let binding):
            let whole = freshName()
            let parts = binding.names.enumerated().map { index, name in
                let value = binding.shape == .list ? "\(whole)[\(index)]" : "\(whole).\(name)"
                return "\n\(bound.contains(name) ? "" : "var ")\(name) = \(value)"
            }
            return [
                Edit(SourceRange(part.range.start, binding.value.start), "let \(whole) = "),
                Edit(SourceRange(binding.value.end, binding.value.end), parts.joined()),
            ]
        case .function(let function):
            let head = "\(opening)\(name) = \(source.text(function.parameters)) => "
            let edits = [Edit(SourceRange(part.range.start, function.body.start), head)]
            // An expression may hold a pipe, which would end the function.
            return function.isBlock
                ? edits
                : edits + [
                    Edit(SourceRange(function.body.start, function.body.start), "("),
                    Edit(SourceRange(function.body.end, function.body.end), ")"),
                ]
        case .imported: return bound.contains(name) ? [Edit(part.range, "")] : []
        case .expression, .other: return []
        }
    }

    private mutating func freshName() -> String {
        repeat { freshNames += 1 } while taken.contains("parts_\(freshNames)")
        return "parts_\(freshNames)"
    }
}

/// A piece of a text to be replaced.
private struct Edit {
    let range: SourceRange
    let text: String

    init(_ range: SourceRange, _ text: String) {
        self.range = range
        self.text = text
    }

    private var isInsertion: Bool { range.start == range.end }

    /// What is inserted stands before what is replaced at the same place, and in the order given.
    static func apply(_ edits: [Edit], to source: SourceFile) -> String {
        let inOrder = edits.enumerated().sorted { a, b in
            (a.element.range.start, a.element.isInsertion ? 0 : 1, a.offset)
                < (b.element.range.start, b.element.isInsertion ? 0 : 1, b.offset)
        }.map(\.element)
        var text = ""
        var position = 0
        for edit in inOrder where edit.range.start >= position {
            text += source.text(SourceRange(position, edit.range.start)) + edit.text
            position = edit.range.end
        }
        return text + source.text(SourceRange(position, source.bytes.count))
    }
}
