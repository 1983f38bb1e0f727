/// What a person typed.
public enum Entry: Equatable, Sendable {
    case text(String)
    /// Ctrl-C at the prompt dropped the entry.
    case interrupted
    case end
}

/// Where the REPL gets its statements.
public protocol EntryReader: AnyObject {
    /// One statement, over as many lines as it takes, or a pasted block as one.
    func entry(prompt: String, continuation: String) -> Entry
    /// What the up arrow brings back; duplicates of the last are not kept twice.
    func remember(_ entry: String)
}

/// Statements typed on a terminal. Lines follow while a statement is open; an entry of several lines that is pasted or
/// brought back from the history is edited as a whole.
public final class LineEditor: EntryReader {
    private let history: LineHistory?
    private let isOpen: (String) -> Bool
    private let complete: (_ text: String, _ cursor: Int) -> Completion?
    private let line: TypedLine?
    private var last: String?

    /// - Parameters:
    ///   - isOpen: whether more lines must follow a text.
    ///   - complete: what could stand at a place of a text, given as UTF-8 offset.
    public init(
        history: LineHistory?, isOpen: @escaping (String) -> Bool,
        complete: @escaping (_ text: String, _ cursor: Int) -> Completion?
    ) {
        self.history = history
        self.isOpen = isOpen
        self.complete = complete
        line = TypedLine(keys: KeyReader())
        for entry in history?.entries() ?? [] {
            line?.remember(entry)
            last = entry
        }
    }

    public func remember(_ entry: String) {
        guard entry.contains(where: { !$0.isWhitespace }), entry != last else { return }
        last = entry
        line?.remember(entry)
        history?.append(entry)
    }

    public func entry(prompt: String, continuation: String) -> Entry {
        guard let line else { return .end }
        var finished = FinishedLines()
        var initial = ""
        while true {
            let shown = finished.isEmpty ? prompt : continuation
            switch line.read(request(prompt: shown, initial: initial, after: finished)) {
            case .gone: return .end
            case .interrupted: return .interrupted
            case .end: return finished.isEmpty ? .end : .text(finished.text)
            case .back(let typed, let row):
                line.erase(rows: finished.rows + row)
                initial = typed.isEmpty ? finished.text : finished.prefix + typed
                finished = FinishedLines()
            case .text(let typed):
                finished.append(typed, prompt: shown, width: line.width)
                if !isOpen(finished.text) { return .text(finished.text) }
                initial = ""
            }
        }
    }

    private func request(prompt: String, initial: String, after finished: FinishedLines) -> TypedLine.Request {
        let before = finished.prefix
        return TypedLine.Request(
            prompt: prompt, initial: initial, hasLinesBefore: !finished.isEmpty,
            complete: { [complete] text, cursor in
                guard var completion = complete(before + text, before.utf8.count + cursor),
                    completion.range.lowerBound >= before.utf8.count
                else { return nil }
                let range = completion.range
                completion.range = range.lowerBound - before.utf8.count..<range.upperBound - before.utf8.count
                return completion
            },
            clean: { [isOpen] in PastedText.withoutPrompts(PastedText.clean($0), isOpen: isOpen) })
    }
}

/// The lines of a statement that Enter has ended.
private struct FinishedLines {
    private(set) var text = ""
    private(set) var isEmpty = true
    /// Rows that they take on the screen.
    private(set) var rows = 0
    private var hasPrompt = false

    /// What stands before the line that is being typed.
    var prefix: String { isEmpty ? "" : text + "\n" }

    /// Adds a line. Prompts go, for a terminal that does not mark what is pasted gives a copied session as typed lines.
    mutating func append(_ typed: String, prompt: String, width: Int) {
        rows += ScreenPlace().after(prompt, width: width).after(typed, width: width).row + 1
        if isEmpty {
            let rest = PastedText.afterPrompt(typed)
            hasPrompt = rest != nil
            text = rest ?? typed
        } else {
            text += "\n" + ((hasPrompt ? PastedText.afterContinuation(typed) : nil) ?? typed)
        }
        isEmpty = false
    }
}
