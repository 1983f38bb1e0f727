// The expressions of random programs. A budget bounds them: once it is spent, every expression is a name.

extension ProgramGenerator {
    mutating func name() -> String {
        let names = [
            "a", "b", "x", "xs", "größe", "results", "learning_rate", "a_name_that_takes_half_of_a_line_by_itself",
        ]
        return pick(names, or: "a")
    }

    mutating func expression() {
        budget -= 1
        function(orLevel: 0)
        while budget > 0, chance(6) {
            gap(.line)
            write("|>")
            gap(.line)
            function(orLevel: 0)
        }
    }

    /// `x => body`, or an expression of infix operators.
    private mutating func function(orLevel level: Int) {
        guard budget > 0, chance(7) else { return infix(level) }
        budget -= 1
        if chance(2) { write(name()) } else { parameters() }
        gap(.tight)
        write(" =>")
        if chance(3) { return block(allowsEmpty: false) }
        gap(.line)
        function(orLevel: 0)
    }

    /// Operators by level, loosest first; those of the levels between that do not chain stand alone.
    private static let operators: [(signs: [String], chains: Bool)] = [
        (["or"], true), (["and"], true), (["not "], false),
        (["==", "!=", "<", "<=", ">", ">=", "in", "not in"], false), (["~"], false), (["..", "..<"], false),
        (["++"], true), (["+", "-"], true), (["*", "/", "//", "%"], true), (["-"], false), (["^"], false),
    ]

    mutating func infix(_ level: Int) {
        guard level < Self.operators.count else { return postfix() }
        // Most levels are passed through, else every operand would be a whole tower.
        guard budget > 0, chance(8) else { return infix(level + 1) }
        budget -= 1
        let (signs, chains) = Self.operators[level]
        let sign = pick(signs, or: "+")
        if sign == "not " || level == 9 {
            write(sign)
            gap(.tight)
            return infix(level)
        }
        infix(level + 1)
        repeat {
            gap(.space)
            write(sign)
            gap(.line)
            infix(level == 10 ? 9 : level + 1)
        } while chains && budget > 0 && chance(2)
        if level == 5, chance(3) {
            write(" by ")
            infix(6)
        }
    }

    private mutating func postfix() {
        primary()
        // `95%(x)` would be a remainder.
        while budget > 0, !text.hasSuffix("%"), chance(5) {
            budget -= 1
            gap(.tight)
            switch count(0...2) {
            case 0: write(".\(chance(5) ? "in" : name())")
            case 1: index()
            default: call()
            }
        }
    }

    mutating func index(allowsSlice: Bool = true) {
        brackets("[", "]", 1...1, comma: false) { generator, _ in
            guard allowsSlice, generator.chance(3) else { return generator.expression() }
            if generator.chance(2) { generator.expression() }
            generator.write(":")
            if generator.chance(2) { generator.expression() }
        }
    }

    private mutating func call() {
        let named = count(0...4)
        brackets("(", ")", 0...4) { generator, index in
            if index == 3 { generator.write("...") }
            if index < 3, index >= named {
                generator.write("\(generator.name()):")
                generator.gap(.space)
            }
            generator.expression()
        }
    }

    private mutating func primary() {
        guard budget > 0 else { return write(name()) }
        budget -= 1
        switch count(0...19) {
        case 0...3: write(pick(["0", "42", "1.50", "1e-6", "1_000", "0xFf", "95%", "true", "none"], or: "0"))
        case 4...6: string()
        case 7: brackets("(", ")", 1...1, comma: false) { generator, _ in generator.expression() }
        case 8, 9: brackets("[", "]", 0...4) { generator, _ in generator.expression() }
        case 10: comprehension()
        case 11, 12: record()
        case 13: conditional()
        case 14:
            write("try")
            block()
            gap(.space)
            write("catch \(name())")
            block()
        case 15, 16:
            write(name())
            call()
        default: write(name())
        }
    }

    private mutating func comprehension() {
        brackets("[", "]", 1...1, comma: false) { generator, _ in
            generator.expression()
            generator.gap(.space)
            generator.write("for ")
            generator.clause()
            guard generator.chance(2) else { return }
            generator.gap(.space)
            generator.write("if ")
            generator.condition()
        }
    }

    private mutating func record() {
        brackets("{", "}", 0...3) { generator, index in
            generator.write(["a", "\"b c\"", "in", "learning_rate"][index] + ":")
            generator.gap(.space)
            generator.expression()
        }
    }

    private mutating func conditional() {
        write("if ")
        condition()
        block()
        while chance(4) {
            write(" else if ")
            condition()
            block()
        }
        guard chance(2) else { return }
        gap(.line)
        write("else")
        block()
    }

    private mutating func string() {
        switch count(0...5) {
        case 0: write("r\"raw \\ {text}\"")
        case 1: write(lines == .forbidden ? "\"\"" : "\"\"\"\n  # no comment {x}\n\nend\"\"\"")
        case 2:
            write("\"{{ ")
            inside(.forbidden) { generator in
                generator.write("{")
                generator.write(generator.name())
                generator.write(" + ")
                generator.infix(8)
                generator.write(generator.chance(2) ? ":.2}" : "}")
            }
            write("\"")
        default: write(pick(["\"text\"", "\"a longer text, to fill the line\"", "\"\\n\\\"\""], or: "\"\""))
        }
    }
}
