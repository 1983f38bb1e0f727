// The finished calls of a pipe that a cursor's call goes on from: what they do to a table decides which columns there are.

extension CursorContext {
    /// One finished call of a pipe.
    public struct Step: Equatable, Sendable {
        public var function: String
        /// The names of its arguments that are given by name.
        public var names: [String] = []
        /// The strings in its arguments.
        public var strings: [String] = []
    }
}

extension CursorScan {
    /// The calls `f(…)` behind pipes in tokens `start..<end`, in order.
    func steps(from start: Int, to end: Int) -> [CursorContext.Step] {
        var steps: [CursorContext.Step] = []
        var depth = 0
        for index in start..<max(start, end) {
            switch tokens[index].kind {
            case .pipe where depth == 0 && index + 1 < end && tokens[index + 1].kind == .name:
                steps.append(CursorContext.Step(function: source.text(tokens[index + 1].range)))
            case .leftParen, .leftBracket, .leftBrace, .interpolationStart: depth += 1
            case .rightParen, .rightBracket, .rightBrace, .interpolationEnd: depth -= 1
            case .colon where depth == 1 && !steps.isEmpty && tokens[index - 1].kind == .name:
                steps[steps.count - 1].names.append(source.text(tokens[index - 1].range))
            case .stringText where depth > 0 && !steps.isEmpty:
                steps[steps.count - 1].strings.append(source.text(tokens[index].range))
            default: break
            }
        }
        return steps
    }
}
