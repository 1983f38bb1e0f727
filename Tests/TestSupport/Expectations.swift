// Scripts that carry their expectations. `# expect: text` stands beside (or below) the line that writes `text`;
// `# expect error: message` beside the line that is at fault, `# expect warning: message` where `check` warns; `# expect
// output contains: text` anywhere. Output that is not expected fails. A file may hold many programs, split by lines
// `---`; line numbers stay those of the file.

/// One program of a script file.
public struct ScriptCase: Sendable {
    /// What running the program gave.
    public struct Outcome {
        public var output: String
        /// Line (from 1) and message of every diagnostic.
        public var errors: [(line: Int, message: String)]

        public init(output: String, errors: [(line: Int, message: String)]) {
            self.output = output
            self.errors = errors
        }
    }

    /// The line at which the program starts in its file, from 1.
    public let firstLine: Int
    /// The program, with empty lines in place of what comes before it in the file.
    public let text: String
    public let output: [String]
    public let contained: [String]
    public let errors: [(line: Int, message: String)]
    public let warnings: [(line: Int, message: String)]

    /// The programs of a file.
    public static func cases(of text: String) -> [ScriptCase] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var cases: [ScriptCase] = []
        var first = 0
        for index in 0...lines.count where index == lines.count || lines[index] == "---" {
            let program = lines[first..<index]
            if program.contains(where: { !$0.isEmpty }) { cases.append(ScriptCase(program)) }
            first = index + 1
        }
        return cases
    }

    private init(_ lines: ArraySlice<Substring>) {
        firstLine = lines.startIndex + 1
        text = String(repeating: "\n", count: lines.startIndex) + lines.joined(separator: "\n")
        var output: [String] = []
        var contained: [String] = []
        var errors: [(Int, String)] = []
        var warnings: [(Int, String)] = []
        for (index, line) in zip(lines.indices, lines) {
            output += ScriptCase.values(of: "# expect:", in: line)
            contained += ScriptCase.values(of: "# expect output contains:", in: line)
            errors += ScriptCase.values(of: "# expect error:", in: line).map { (index + 1, $0) }
            warnings += ScriptCase.values(of: "# expect warning:", in: line).map { (index + 1, $0) }
        }
        self.output = output
        self.contained = contained
        self.errors = errors
        self.warnings = warnings
    }

    /// The texts behind a marker, each to the next marker of any kind or the end of the line; one space after the colon
    /// and those before the next marker belong to the markers.
    private static func values(of marker: String, in line: Substring) -> [String] {
        let starts = line.ranges(of: "# expect").map(\.lowerBound)
        return zip(starts, starts.dropFirst() + [line.endIndex]).compactMap { start, end in
            let piece = line[start..<end]
            guard piece.hasPrefix(marker) else { return nil }
            var text = piece.dropFirst(marker.count)
            if end != line.endIndex { while text.last == " " { text.removeLast() } }
            return String(text.first == " " ? text.dropFirst() : text)
        }
    }

    /// What differs from the expectations; empty when nothing does.
    public func problems(_ outcome: Outcome) -> [String] {
        outputProblems(outcome.output) + Self.problems(expected: errors, actual: outcome.errors, "error")
    }

    /// What differs from the expectations before the program runs.
    public func problems(
        checkedErrors: [(line: Int, message: String)], checkedWarnings: [(line: Int, message: String)]
    ) -> [String] {
        Self.problems(expected: errors, actual: checkedErrors, "error")
            + Self.problems(expected: warnings, actual: checkedWarnings, "warning")
    }

    private func outputProblems(_ text: String) -> [String] {
        let missing = contained.filter { !text.contains($0) }.map { "the output does not contain: \($0)" }
        // A program that says what its output contains need not say all of it.
        if !contained.isEmpty && output.isEmpty { return missing }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        if lines == output { return missing }
        return missing + ["expected output: \(output)", "          actual: \(lines)"]
    }

    private static func problems(
        expected: [(line: Int, message: String)], actual: [(line: Int, message: String)], _ severity: String
    ) -> [String] {
        var unexpected = actual
        var problems: [String] = []
        for wanted in expected {
            if let index = unexpected.firstIndex(where: { $0.line == wanted.line && $0.message == wanted.message }) {
                unexpected.remove(at: index)
            } else {
                problems.append("line \(wanted.line): no \(severity): \(wanted.message)")
            }
        }
        return problems + unexpected.map { "line \($0.line): unexpected \(severity): \($0.message)" }
    }
}
