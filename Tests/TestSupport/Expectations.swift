// Scripts that carry their expectations. `# expect: text` stands beside (or below) the line that writes `text`;
// `# expect error: message` beside the line that is at fault; `# expect output contains: text` anywhere. Output that is
// not expected fails. A file may hold many programs, split by lines `---`; line numbers stay those of the file.

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
        for (index, line) in zip(lines.indices, lines) {
            if let text = ScriptCase.value(of: "# expect:", in: line) { output.append(text) }
            if let text = ScriptCase.value(of: "# expect output contains:", in: line) { contained.append(text) }
            if let text = ScriptCase.value(of: "# expect error:", in: line) { errors.append((index + 1, text)) }
        }
        self.output = output
        self.contained = contained
        self.errors = errors
    }

    /// The text behind a marker; one space after the colon belongs to the marker.
    private static func value(of marker: String, in line: Substring) -> String? {
        guard let range = line.ranges(of: marker).last else { return nil }
        let rest = line[range.upperBound...]
        return String(rest.first == " " ? rest.dropFirst() : rest)
    }

    /// What differs from the expectations; empty when nothing does.
    public func problems(_ outcome: Outcome) -> [String] {
        outputProblems(outcome.output) + errorProblems(outcome.errors)
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

    private func errorProblems(_ actual: [(line: Int, message: String)]) -> [String] {
        var unexpected = actual
        var problems: [String] = []
        for error in errors {
            if let index = unexpected.firstIndex(where: { $0.line == error.line && $0.message == error.message }) {
                unexpected.remove(at: index)
            } else {
                problems.append("line \(error.line): no error: \(error.message)")
            }
        }
        return problems + unexpected.map { "line \($0.line): unexpected error: \($0.message)" }
    }
}
