import Lang

/// Finds what could be written before the cursor: a pure function of the entry, the cursor and the session's facts.
struct CompleteEntry {
    private let context: CursorContext
    private let prefix: String
    private let facts: CompletionFacts

    /// - Parameter cursor: a UTF-8 offset in `text`.
    static func completion(_ text: String, cursor: Int, facts: CompletionFacts) -> Completion? {
        let cursor = min(max(cursor, 0), text.utf8.count)
        let found: Completion?
        if text.drop(while: \.isWhitespace).hasPrefix(":") {
            found = command(text, cursor: cursor, facts: facts)
        } else if text.hasPrefix("?") {
            found = part(of: text, from: 1, cursor: cursor, facts: facts)
        } else {
            found = CompleteEntry(text, cursor, facts).completion(of: text)
        }
        return found.flatMap { $0.candidates.isEmpty ? nil : $0 }
    }

    private init(_ text: String, _ cursor: Int, _ facts: CompletionFacts) {
        context = CursorContext(text, cursor: cursor)
        prefix = CompleteEntry.slice(text, context.range)
        self.facts = facts
    }

    private static func slice(_ text: String, _ range: Range<Int>) -> String {
        String(decoding: Array(text.utf8)[range], as: UTF8.self)
    }

    // MARK: Commands

    private static func command(_ text: String, cursor: Int, facts: CompletionFacts) -> Completion? {
        let bytes = Array(text.utf8)
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? 0
        let end = bytes[colon...].firstIndex { $0 == UInt8(ascii: " ") } ?? bytes.count
        guard cursor > colon else { return nil }
        if cursor <= end {
            let range = colon..<cursor
            let names = REPLCommand.all.map { Completion.Candidate(":" + $0.name, detail: $0.summary) }
            return Completion(range: range, candidates: matching(names, slice(text, range)))
        }
        guard let command = REPLCommand.named(slice(text, colon + 1..<end)) else { return nil }
        switch command.takes {
        case .nothing: return nil
        case .entry, .function: return part(of: text, from: end + 1, cursor: cursor, facts: facts)
        case .file: return CompletePath.completion(slice(text, end + 1..<cursor), at: end + 1, facts: facts)
        }
    }

    /// Completes what stands behind a command or a `?` as an entry of its own.
    private static func part(of text: String, from start: Int, cursor: Int, facts: CompletionFacts) -> Completion? {
        guard cursor >= start else { return nil }
        let rest = slice(text, start..<text.utf8.count)
        guard var found = CompleteEntry(rest, cursor - start, facts).completion(of: rest) else { return nil }
        found.range = found.range.lowerBound + start..<found.range.upperBound + start
        return found
    }

    // MARK: Code

    private func completion(of text: String) -> Completion? {
        switch context.kind {
        case .nothing: nil
        case .name: Completion(range: context.range, candidates: names)
        case .field(let chain): Completion(range: context.range, candidates: matching(fields(of: chain)))
        case .string: string
        }
    }

    private var names: [Completion.Candidate] {
        let arguments = context.startsArgument ? matching(argumentNames) : []
        // Without a letter typed only the arguments' names are few enough to be of use.
        guard !prefix.isEmpty else { return arguments }
        let known = Set(facts.names)
        let own = context.locals.subtracting(known).map { Completion.Candidate($0) }
        let global = facts.names.map { name in
            Completion.Candidate(name, detail: facts.value(name).map(ValueSummary.signature) ?? "")
        }
        return arguments + matching(own + global + context.keywords.map { Completion.Candidate($0) })
    }

    private func matching(_ candidates: [Completion.Candidate]) -> [Completion.Candidate] {
        CompleteEntry.matching(candidates, prefix)
    }

    /// Those that begin with what is written, sorted, names that begin with `_` last. Capitals count unless nothing
    /// else begins so.
    private static func matching(_ candidates: [Completion.Candidate], _ prefix: String) -> [Completion.Candidate] {
        let lowered = prefix.lowercased()
        let exact = candidates.filter { $0.text.hasPrefix(prefix) }
        let found = exact.isEmpty ? candidates.filter { $0.text.lowercased().hasPrefix(lowered) } : exact
        return found.sorted { ($0.text.hasPrefix("_") ? 1 : 0, $0.text) < ($1.text.hasPrefix("_") ? 1 : 0, $1.text) }
    }

    private func fields(of chain: [String]) -> [Completion.Candidate] {
        if chain.count == 1, context.rows.contains(chain[0]) {
            return columns ?? []
        }
        switch facts.value(of: chain) {
        case .record(let record)?:
            return zip(record.names, record.values).filter { CursorContext.isName($0.0) }.map {
                Completion.Candidate($0, detail: ValueSummary.signature($1))
            }
        case .foreign(let object)?: return names(of: .foreign(object), among: object.fieldNames)
        default: return []
        }
    }

    /// What can stand in the brackets behind a value.
    private var indices: [Completion.Candidate] {
        switch facts.value(of: context.indexed) {
        case .record(let record)?:
            zip(record.names, record.values).map { Completion.Candidate($0, detail: ValueSummary.signature($1)) }
        case .foreign(let object)?:
            object.fieldNames.map {
                Completion.Candidate($0, detail: ValueSummary.kind(ofColumn: $0, in: .foreign(object)))
            }
        default: []
        }
    }

    private func names(of value: Value, among fields: [String]) -> [Completion.Candidate] {
        fields.filter(CursorContext.isName).map {
            Completion.Candidate($0, detail: ValueSummary.kind(ofColumn: $0, in: value))
        }
    }

    /// The columns of the innermost table, or table of a chart, that a call around the cursor is about, as the finished calls
    /// of its pipe leave them; nil where no table is known.
    private var columns: [Completion.Candidate]? {
        for call in context.calls {
            for subject in call.subjects {
                let value = facts.value(of: subject)
                if let table = value?.asForeign(TableValue.self) { return columns(of: table, after: call.steps) }
                if case .chart(let chart)? = value?.asForeign(ChartValue.self)?.content {
                    return columns(of: TableValue(chart.table), after: [])
                }
            }
        }
        return nil
    }

    private func columns(of table: TableValue, after steps: [CursorContext.Step]) -> [Completion.Candidate] {
        var columns = names(of: .foreign(table), among: table.fieldNames)
        for step in steps {
            guard case .native(let native)? = facts.value(step.function) else { continue }
            let parameters = native.signatures.flatMap(\.parameters)
            switch step.function {
            case "summarize", "select": columns.removeAll { !step.strings.contains($0.text) }
            case "drop", "rename": columns.removeAll { step.strings.contains($0.text) }
            default: break
            }
            guard parameters.contains(where: \.isNamedRest) else { continue }
            let known = Set(parameters.map(\.name)).union(columns.map(\.text))
            columns += step.names.filter { !known.contains($0) }.map { Completion.Candidate($0) }
        }
        return columns
    }

    // MARK: Arguments

    /// The names that the innermost call's arguments can have and that are not given yet.
    private var argumentNames: [Completion.Candidate] {
        guard let call = context.calls.first else { return [] }
        switch facts.value(of: call.function) {
        case .native(let native)?:
            var known = call.given
            return native.signatures.flatMap { signature in
                signature.parameters.dropFirst(call.position).compactMap { parameter in
                    guard !parameter.isVariadic, !parameter.isNamedRest, known.insert(parameter.name).inserted else {
                        return nil
                    }
                    return Completion.Candidate(parameter.name + ":", detail: ValueSummary.parameter(parameter))
                }
            }
        case .closure(let closure)?:
            return closure.parameterNames.dropFirst(call.position).filter { !call.given.contains($0) }.map {
                Completion.Candidate($0 + ":", detail: closure.heading)
            }
        default: return []
        }
    }

    /// The strings that the argument at the cursor takes, where they are known.
    private var choices: [String] {
        guard let call = context.calls.first, case .native(let native)? = facts.value(of: call.function) else {
            return []
        }
        return native.signatures.flatMap { signature -> [String] in
            let named = call.argument.flatMap { name in signature.parameters.first { $0.name == name } }
            let positional =
                call.argument == nil && call.position < signature.parameters.count
                ? signature.parameters[call.position] : nil
            return (named ?? positional)?.kind.choices ?? []
        }
    }

    // MARK: Strings

    private var string: Completion? {
        let choices = self.choices.map { Completion.Candidate($0) }
        let words = context.indexed.isEmpty ? matching(choices.isEmpty ? columns ?? [] : choices) : matching(indices)
        if !words.isEmpty {
            return Completion(
                range: context.range,
                candidates: words.map { Completion.Candidate(CompletePath.escaped($0.text), detail: $0.detail) })
        }
        guard var paths = CompletePath.completion(prefix, at: context.range.lowerBound, facts: facts) else {
            return nil
        }
        for index in paths.candidates.indices {
            paths.candidates[index].text = CompletePath.escaped(paths.candidates[index].text)
        }
        return paths
    }
}

extension ParameterKind {
    /// The strings that can be given, of a kind that names them.
    fileprivate var choices: [String] {
        switch self {
        case .choice(let names): names
        case .oneOf(let kinds): kinds.flatMap(\.choices)
        case .list(let kind), .optional(let kind), .nonEmpty(let kind), .distinct(let kind): kind.choices
        default: []
        }
    }
}
