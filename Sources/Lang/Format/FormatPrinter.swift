// Documents to bytes. Each group is measured at most as far as the line is wide, so that the time is linear; frames
// stand in for recursion. Line ends and spaces are held back until a text follows: no line ends in spaces, and two
// reasons for a line's end give one.

struct FormatPrinter {
    /// How the innermost group is laid out.
    private enum Mode {
        case broken
        /// On one line, with all groups inside.
        case flat
        /// On one line, but for what it hugs.
        case flatOutside

        var isFlat: Bool { self != .broken }
        var insideGroup: Mode { isFlat ? .flat : .broken }
        var insideHug: Mode { self == .flat ? .flat : .broken }
    }

    private struct Frame {
        let parts: [FormatDocument]
        var next = 0
        let indent: Int
        let mode: Mode
    }

    private let source: SourceFile
    private let width: Int
    private var output: [UInt8] = []
    private var column = 0
    private var frames: [Frame] = []
    /// Line ends to be written before the next text: two make an empty line.
    private var lineEnds = 0
    private var needsSpace = false

    private static let step = 4

    /// The text of a document, with one line end behind it; empty when there is nothing. What grows beyond the largest
    /// source by its indentation alone is left there.
    static func print(_ document: FormatDocument, of source: SourceFile, width: Int) -> [UInt8] {
        var printer = FormatPrinter(source: source, width: width)
        printer.frames = [Frame(parts: [document], indent: 0, mode: .broken)]
        printer.run()
        if !printer.output.isEmpty { printer.output.append(UInt8(ascii: "\n")) }
        return printer.output
    }

    private init(source: SourceFile, width: Int) {
        self.source = source
        self.width = width
        output.reserveCapacity(source.bytes.count * 5 / 4)
    }

    private mutating func run() {
        while output.count <= Parser.largestSource, let last = frames.indices.last {
            let frame = frames[last]
            if frame.next == frame.parts.count {
                frames.removeLast()
            } else {
                frames[last].next += 1
                print(frame.parts[frame.next], indent: frame.indent, mode: frame.mode)
            }
        }
    }

    private mutating func print(_ document: FormatDocument, indent: Int, mode: Mode) {
        switch document.kind {
        case .source(let range, let width, let lastWidth):
            write(range, indent: indent)
            column = lastWidth ?? column + width
        case .space: needsSpace = true
        case .line(.space, _) where mode.isFlat: needsSpace = true
        case .line(.nothing, _) where mode.isFlat: break
        case .line(_, let isBlank): lineEnds = max(lineEnds, isBlank ? 2 : 1)
        case .trailingComma:
            if !mode.isFlat { write(",", indent: indent) }
        case .comment(let comment, let isBlank): write(comment, isBlank: isBlank, indent: indent)
        case .sequence(let parts): push(parts, indent: indent, mode: mode)
        case .indent(let parts): push(parts, indent: mode.isFlat ? indent : indent + Self.step, mode: mode)
        case .group(let parts, let isBroken):
            let isWhole = mode.isFlat || (!isBroken && fits(parts, indent: indent))
            push(parts, indent: indent, mode: !isWhole ? .broken : mode.isFlat ? .flat : .flatOutside)
        case .hug(let parts): push(parts, indent: indent, mode: mode.insideHug)
        }
    }

    private mutating func push(_ parts: [FormatDocument], indent: Int, mode: Mode) {
        frames.append(Frame(parts: parts, indent: indent, mode: mode))
    }

    // MARK: Writing

    /// Line ends, indentation and spaces that were held back.
    private mutating func flush(indent: Int) {
        if lineEnds > 0, !output.isEmpty {
            output.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: lineEnds))
            column = 0
        }
        if lineEnds > 0 || output.isEmpty {
            output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
            column = indent
        } else if needsSpace {
            output.append(UInt8(ascii: " "))
            column += 1
        }
        lineEnds = 0
        needsSpace = false
    }

    private mutating func write(_ range: SourceRange, indent: Int) {
        flush(indent: indent)
        output.append(contentsOf: source.bytes[range.start..<range.end])
    }

    private mutating func write(_ sign: String, indent: Int) {
        flush(indent: indent)
        output.append(contentsOf: sign.utf8)
        column += sign.utf8.count
    }

    private mutating func write(_ comment: Comment, isBlank: Bool, indent: Int) {
        if comment.isTrailing, lineEnds == 0, !output.isEmpty {
            needsSpace = false
            write("  ", indent: indent)
        } else {
            lineEnds = max(lineEnds, isBlank ? 2 : 1)
        }
        switch comment.mark {
        case .none: write(comment.range, indent: indent)
        case .atMargin: write(comment.range, indent: 0)
        case .indented: write(comment.range, indent: max(indent, Self.step))
        }
        lineEnds = 1
    }

    // MARK: Measuring

    /// Whether a group fits on the current line, along with what follows it up to the next possible end of the line.
    private func fits(_ parts: [FormatDocument], indent: Int) -> Bool {
        var column = lineEnds > 0 || output.isEmpty ? indent : self.column + (needsSpace ? 1 : 0)
        var stack = [Frame(parts: parts, indent: 0, mode: .flatOutside)]
        var rest = frames.count
        while column <= width {
            guard let last = stack.indices.last else {
                if rest == 0 { return true }
                rest -= 1
                stack.append(frames[rest])
                continue
            }
            let frame = stack[last]
            if frame.next == frame.parts.count {
                stack.removeLast()
                continue
            }
            stack[last].next += 1
            let document = frame.parts[frame.next]
            switch document.kind {
            case .source(_, let width, let lastWidth):
                if let lastWidth {
                    if column + width > self.width { return false }
                    column = lastWidth
                } else {
                    column += width
                }
            case .space: column += 1
            case .line(.space, _) where frame.mode.isFlat: column += 1
            case .line(.nothing, _) where frame.mode.isFlat: break
            case .line, .comment: return true
            case .trailingComma: column += frame.mode.isFlat ? 0 : 1
            case .sequence(let parts), .indent(let parts):
                stack.append(Frame(parts: parts, indent: 0, mode: frame.mode))
            case .group(let parts, _): stack.append(Frame(parts: parts, indent: 0, mode: frame.mode.insideGroup))
            case .hug(let parts): stack.append(Frame(parts: parts, indent: 0, mode: frame.mode.insideHug))
            }
        }
        return false
    }
}
