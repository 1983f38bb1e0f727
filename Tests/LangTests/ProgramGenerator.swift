// Random programs, by the grammar: every construct in every place where it may stand. They parse; they need not mean
// anything. The same seed gives the same program. `isLoose` lays them out as nobody would: line ends, empty lines,
// comments and `;` wherever the language allows them.

struct ProgramGenerator {
    /// Small steps of a 64-bit state (SplitMix64).
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// How far apart two tokens stand.
    enum Space {
        /// Nothing, or a line's end inside brackets.
        case tight
        /// A space, or a line's end inside brackets.
        case space
        /// A space, or a line's end anywhere.
        case line
    }

    /// What the line ends around the current token mean.
    enum Lines { case end, ignored, forbidden }

    private var random: Random
    var budget: Int
    private let isLoose: Bool
    var text = ""
    var lines = Lines.end

    /// - Parameter size: about as many nodes.
    static func program(seed: UInt64, size: Int = 40, isLoose: Bool = false) -> String {
        var generator = ProgramGenerator(random: Random(state: seed), budget: size, isLoose: isLoose)
        if generator.chance(10) { generator.text += "#!/usr/bin/env transfer-script\n" }
        while generator.budget > 0 {
            generator.statement()
            generator.statementEnd()
        }
        return generator.text
    }

    private init(random: Random, budget: Int, isLoose: Bool) {
        self.random = random
        self.budget = budget
        self.isLoose = isLoose
    }

    // MARK: Choices

    /// True once in `count` times.
    mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    mutating func pick<T>(_ choices: [T], or fallback: T) -> T {
        choices.randomElement(using: &random) ?? fallback
    }

    mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    // MARK: Space

    mutating func write(_ word: String) { text += word }

    mutating func gap(_ space: Space) {
        let mayEndLine = lines == .ignored || (lines == .end && space == .line)
        if isLoose, mayEndLine, chance(6) { return lineEnds() }
        if space == .tight { return }
        write(isLoose && chance(5) ? "  \t" : " ")
    }

    /// One or more line ends, with comments.
    mutating func lineEnds() {
        if isLoose, chance(3) { write(comment()) }
        write(isLoose && chance(8) ? "  \r\n" : "\n")
        guard isLoose else { return }
        while chance(3) { write("\n") }
        while chance(4) {
            write(pick(["", "   ", "\t"], or: ""))
            write(comment())
            write("\n")
            if chance(3) { write(" \n\n") }
        }
        write(pick(["", "  ", "      "], or: ""))
    }

    private mutating func comment() -> String {
        let comments = [" # note", "#tight", "# trailing  ", "## prose", "#%% mark", "# größer ✓", "# a) { \"c", "#"]
        return pick(comments, or: "#")
    }

    private mutating func statementEnd() {
        if isLoose, chance(5) { write(pick([";", "; ;", " ;"], or: ";")) }
        if isLoose, lines == .end, chance(6) { return write("; ") }
        lineEnds()
    }

    mutating func inside(_ lines: Lines, _ write: (inout ProgramGenerator) -> Void) {
        let saved = self.lines
        self.lines = lines == .ignored && saved == .forbidden ? .forbidden : lines
        write(&self)
        self.lines = saved
    }

    /// Elements between brackets.
    mutating func brackets(
        _ open: String, _ close: String, _ counts: ClosedRange<Int>, comma: Bool = true,
        element: (inout ProgramGenerator, Int) -> Void
    ) {
        let count = count(counts)
        write(open)
        inside(.ignored) { generator in
            generator.gap(.tight)
            for index in 0..<count {
                element(&generator, index)
                generator.gap(.tight)
                if index < count - 1 || (comma && generator.chance(6)) {
                    generator.write(",")
                    generator.gap(.space)
                }
            }
        }
        write(close)
    }

    // MARK: Statements

    private mutating func statement() {
        budget -= 1
        switch count(0...15) {
        case 0...3: binding()
        case 4: function()
        case 5: loop()
        case 6:
            write("while ")
            condition()
            block()
        case 7:
            write("return")
            if !chance(3) {
                write(" ")
                expression()
            }
        case 8: write(pick(["break", "continue"], or: "break"))
        case 9: write(pick(["import \"lib/tools.tx\"", "import  \"a b.tx\"  as c"], or: ""))
        case 10, 11: assignment()
        default: expression()
        }
    }

    private mutating func binding() {
        if chance(3) {
            write("var \(name())")
        } else {
            write("let ")
            switch count(0...4) {
            case 0: brackets("[", "]", 1...3) { generator, _ in generator.write(generator.name()) }
            case 1: brackets("{", "}", 1...3) { generator, _ in generator.write(generator.name()) }
            default: write(name())
            }
        }
        write(" =")
        gap(.line)
        expression()
    }

    private mutating func assignment() {
        write(name())
        while chance(3) { chance(2) ? write(".\(name())") : index(allowsSlice: false) }
        write(pick([" =", " +=", "-=", "*=", " /="], or: "="))
        gap(.line)
        expression()
    }

    private mutating func function() {
        if chance(3) { write("\n## Help of it.\n") }
        write("fn \(name())")
        parameters()
        if chance(2) { return block() }
        write(" =")
        gap(.line)
        expression()
    }

    mutating func parameters() {
        brackets("(", ")", 0...3) { generator, index in
            if index == 2 { return generator.write("...\(generator.name())") }
            generator.write(generator.name())
            guard generator.chance(3) else { return }
            generator.write(" =")
            generator.gap(.space)
            generator.expression()
        }
    }

    private mutating func loop() {
        write("for ")
        clause()
        block()
    }

    mutating func clause() {
        write(name())
        if chance(3) { write(", \(name())") }
        write(" in ")
        infix(1)
    }

    mutating func condition() { infix(0) }

    mutating func block(allowsEmpty: Bool = true) {
        gap(.space)
        write("{")
        inside(lines == .forbidden ? .forbidden : .end) { generator in
            if generator.lines == .forbidden {
                generator.write(" ")
                return generator.expression()
            }
            if allowsEmpty, generator.chance(10) { return }
            if generator.chance(2) {
                generator.write(" ")
                generator.statement()
                return generator.write(" ")
            }
            generator.lineEnds()
            for _ in 0..<generator.count(1...3) {
                generator.statement()
                generator.statementEnd()
            }
        }
        write("}")
    }
}
