// A tree as text, one S-expression a statement, without places: two sources with the same dump mean the same. Numbers
// stand as they are stored, strings decoded; a `;` shows where it silences a value.

struct SyntaxDump {
    private var text = ""

    static func dump(_ tree: SyntaxTree) -> String {
        var dump = SyntaxDump()
        for statement in tree.statements {
            dump.add(statement, isTopLevel: true)
            dump.text += "\n"
        }
        return dump.text
    }

    /// Prose without the spaces at the ends of its lines, which mean nothing.
    static func withoutTrailingSpaces(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let end = line.lastIndex { !$0.isWhitespace }
            return end.map { String(line[...$0]) } ?? ""
        }.joined(separator: "\n")
    }

    /// `(head part part)`
    private mutating func node(_ head: String, _ parts: (inout SyntaxDump) -> Void) {
        text += "("
        text += head
        parts(&self)
        text += ")"
    }

    private mutating func add(_ word: String) {
        text += " "
        text += word
    }

    // MARK: Statements

    private mutating func add(_ statement: Statement, isTopLevel: Bool = false) {
        switch statement.kind {
        case .bind(let pattern, let value, let isVariable):
            node(isVariable ? "var" : "let") { dump in
                dump.add(pattern)
                dump.add(value)
            }
        case .assign(let target, let operation, _, let value):
            node((operation?.rawValue ?? "") + "=") { dump in
                dump.add(target)
                dump.add(value)
            }
        case .function(let name, let function):
            node("fn \(name.text)") { $0.add(function) }
        case .forLoop(let clause, let body):
            node("for") { dump in
                dump.add(clause)
                dump.add(body)
            }
        case .whileLoop(let condition, let body):
            node("while") { dump in
                dump.add(condition)
                dump.add(body)
            }
        case .returnValue(let value): node("return") { dump in value.map { dump.add($0) } }
        case .breakLoop: text += "(break)"
        case .continueLoop: text += "(continue)"
        case .importFile(let path, _, let name): text += "(import \(Escape.quote(path)) \(name.text))"
        case .expression(let value):
            if isTopLevel, statement.isSilent { return node("silent") { $0.add(value) } }
            write(value)
        case .missing: text += "(missing)"
        }
    }

    private mutating func add(_ pattern: Pattern) {
        switch pattern {
        case .name(let name): add(name.text)
        case .list(let names, _): add("[\(names.map(\.text).joined(separator: " "))]")
        case .record(let names, _): add("{\(names.map(\.text).joined(separator: " "))}")
        }
    }

    private mutating func add(_ block: Block) {
        text += " {"
        for (index, statement) in block.statements.enumerated() {
            if index > 0 { text += " " }
            add(statement)
        }
        text += "}"
    }

    private mutating func add(_ clause: ForClause) {
        add("(\(clause.names.map(\.text).joined(separator: " ")))")
        add(clause.sequence)
    }

    private mutating func add(_ function: Function) {
        text += " ("
        for (index, parameter) in function.parameters.enumerated() {
            if index > 0 { text += " " }
            if parameter.isRest { text += "..." }
            text += parameter.name.text
            if let value = parameter.defaultValue {
                text += "="
                write(value)
            }
        }
        text += ")"
        if !function.help.isEmpty { add(Escape.quote(Self.withoutTrailingSpaces(function.help))) }
        add(function.body)
    }

    // MARK: Expressions

    private mutating func add(_ expression: Expression) {
        text += " "
        write(expression)
    }

    private mutating func node(_ head: String, _ expressions: Expression?...) {
        node(head) { dump in
            for expression in expressions {
                if let expression { dump.add(expression) } else { dump.add("_") }
            }
        }
    }

    private mutating func write(_ expression: Expression) {
        switch expression.kind {
        case .missing: text += "(missing)"
        case .nothing: text += "none"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let value): text += value.description
        case .string(let parts): write(parts)
        case .name(let name): text += name.text
        case .list(let elements): node("list") { dump in elements.forEach { dump.add($0) } }
        case .comprehension(let element, let clause, let condition):
            node("comprehension") { dump in
                dump.add(element)
                dump.add(clause)
                condition.map { dump.add($0) }
            }
        case .record(let fields):
            node("record") { dump in
                for field in fields {
                    dump.add(Escape.quote(field.name))
                    dump.add(field.value)
                }
            }
        case .group(let inner): node("group", inner)
        case .negate(let inner): node("negate", inner)
        case .not(let inner): node("not", inner)
        case .binary(let operation, _, let left, let right): node(operation.rawValue, left, right)
        case .and(let left, let right): node("and", left, right)
        case .or(let left, let right): node("or", left, right)
        case .range(let from, let to, let step, let isInclusive): node(isInclusive ? ".." : "..<", from, to, step)
        case .formula(let left, let right, _): node("~", left, right)
        case .call(let callee, let arguments): write(callee, arguments)
        case .index(let base, let index): node("index", base, index)
        case .slice(let base, let from, let to): node("slice", base, from, to)
        case .field(let base, let name): node("field \(name.text)", base)
        case .pipe(let left, let right): node("|>", left, right)
        case .lambda(let function): node("function") { $0.add(function) }
        case .conditional(let condition, let body, let otherwise):
            node("if") { dump in
                dump.add(condition)
                dump.add(body)
                otherwise.map { dump.add($0) }
            }
        case .attempt(let body, let name, let handler):
            node("try") { dump in
                dump.add(body)
                dump.add(name.text)
                dump.add(handler)
            }
        }
    }

    private mutating func write(_ callee: Expression, _ arguments: [Argument]) {
        node("call") { dump in
            dump.add(callee)
            for argument in arguments {
                switch argument.kind {
                case .positional: dump.add(argument.value)
                case .named(let name, _): dump.node(" \(name):", argument.value)
                case .spread: dump.node(" ...", argument.value)
                }
            }
        }
    }

    private mutating func write(_ parts: [StringPart]) {
        node("string") { dump in
            for part in parts {
                switch part {
                case .text(let text): dump.add(Escape.quote(text))
                case .interpolation(let value, let format):
                    dump.add(value)
                    if let format { dump.add("\(format)") }
                }
            }
        }
    }
}
