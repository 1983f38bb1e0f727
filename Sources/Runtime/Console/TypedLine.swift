import CEdit
import Glibc

/// One line, or a block of several, edited on the terminal with libedit; the only file that calls libedit.
///
/// libedit draws and edits; the characters it gets are read here, so that pasted blocks, Ctrl-C and a terminal that
/// vanishes never reach its key tables. Between two calls of `read` the terminal is in its usual state. A typed line
/// belongs to the thread that made it.
final class TypedLine {
    enum Ending: Equatable {
        case text(String)
        /// Ctrl-C.
        case interrupted
        /// The person wants back to the lines before this one; the cursor stands in this row of the text.
        case back(String, row: Int)
        /// Ctrl-D on an empty line.
        case end
        /// The terminal is gone.
        case gone
    }

    /// What reading one line needs to know.
    struct Request {
        var prompt: String
        /// Stands in the line from the start.
        var initial = ""
        /// Whether the up arrow leaves the line for those before it.
        var hasLinesBefore = false
        var complete: (_ text: String, _ cursor: Int) -> Completion? = { _, _ in nil }
        /// What of a pasted block is inserted.
        var clean: (String) -> String = { $0 }
    }

    private let terminal: Terminal
    private let keys: KeyReader
    private let isDumb: Bool
    private var handle: OpaquePointer?
    private var history: OpaquePointer?
    private var isVi = false
    private var size = WindowSize()

    private var request = Request(prompt: "")
    private var promptText: UnsafeMutablePointer<CChar>?
    /// What was remembered, oldest first.
    private var entries: [String] = []
    private var recall: HistoryRecall?
    private var search: HistorySearch?
    /// What the line is to show of the search.
    private var found: EditedText?
    /// The key that ended a search, still to be obeyed.
    private var keyAfterSearch: KeyReader.Key?
    /// What the next paste key inserts.
    private var block = ""
    private var isBlockAnnounced = false
    /// Why reading ended where libedit cannot say it.
    private var ending: Ending?
    /// What moves the cursor behind the text that was interrupted.
    private var wayToEnd = ""

    /// nil when libedit cannot be started.
    init?(keys: KeyReader, terminal: Terminal = .output) {
        self.keys = keys
        self.terminal = terminal
        let type = getenv("TERM").map { String(cString: $0) } ?? ""
        isDumb = ["", "dumb", "unknown", "emacs"].contains(type) || !terminal.isInteractive || !edit_use_utf8()
        let client = Unmanaged.passUnretained(self).toOpaque()
        handle = edit_open("transfer-script", client, TypedLine.readsCharacter, TypedLine.givesPrompt)
        guard let handle else { return nil }
        history = edit_open_history(handle, Int32(LineHistory.Limits().entries))
        if isDumb {
            edit_set_editing(handle, false)
        } else {
            edit_guard_terminal()
            bindKeys(handle)
        }
    }

    deinit {
        if let handle { el_end(handle) }
        if let history { history_wend(history) }
        free(promptText)
    }

    /// Makes an entry the first that the up arrow brings back.
    func remember(_ entry: String) {
        guard let history else { return }
        entries.append(entry)
        edit_remember(history, entry.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0])
    }

    /// Reads a line.
    func read(_ request: Request) -> Ending {
        guard let handle else { return .gone }
        self.request = request
        (ending, recall, search, found, keyAfterSearch) = (nil, nil, nil, nil, nil)
        (block, isBlockAnnounced) = (request.initial, false)
        showPrompt()
        size = WindowSize.current
        el_resize(handle)
        if !isDumb {
            // libedit does so only after the prompt, and what is typed in between would be echoed, or end the input.
            edit_prepare_terminal(handle, true)
            terminal.write(KeyReader.marksPastes)
        }
        defer { if !isDumb { terminal.write(KeyReader.marksNothing) } }
        var count: Int32 = 0
        let characters = el_wgets(handle, &count)
        if ending == .interrupted {
            // Where libedit was reading on its own, as its searches do, it has gone below the text already.
            terminal.write((count < 0 ? wayToEnd : "") + (isDumb ? "" : "^C") + "\r\n")
        }
        if let ending { return ending }
        guard let characters, count > 0 else { return .end }
        var text = EditedText.text(EditedText.scalars(characters, count: Int(count))[...])
        if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
        // A key that was to be taken literally may have been one of ours.
        text.unicodeScalars.removeAll(where: PrivateKey.isOne)
        return .text(text)
    }

    /// Moves up from the start of the line's `row` and erases all that follows.
    func erase(rows: Int) {
        terminal.write("\r" + (rows > 0 ? "\u{1B}[\(rows)A" : "") + "\u{1B}[J")
    }

    var width: Int { size.columns }

    /// Columns that a character takes as libedit sees it; 1 where it does not know.
    static func columns(_ scalar: Unicode.Scalar) -> Int {
        let columns = Int(edit_columns(scalar.value))
        return columns < 0 ? 1 : columns
    }

    // MARK: What libedit asks

    private static func of(_ handle: OpaquePointer?) -> TypedLine? {
        handle.flatMap { edit_client($0) }.map { Unmanaged<TypedLine>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let givesPrompt: EditPrompt = { TypedLine.of($0)?.promptText }

    private static let readsCharacter: EditReader = { handle, character in
        guard let scalar = TypedLine.of(handle)?.nextCharacter() else { return -1 }
        character?.pointee = wchar_t(bitPattern: scalar.value)
        return 1
    }

    private func showPrompt() {
        free(promptText)
        promptText = strdup(search?.prompt ?? request.prompt)
    }

    /// The next character for libedit's key tables; nil ends the line.
    private func nextCharacter() -> Unicode.Scalar? {
        // The paste key is sent once: where libedit takes it for text, as at vi's search prompt, the block is dropped.
        if isBlockAnnounced { block = "" }
        isBlockAnnounced = false
        if !block.isEmpty { return announceBlock() }
        while let key = keyAfterSearch ?? keys.next(recognizesMoves: isVi, idle: idle) {
            keyAfterSearch = nil
            if search != nil, goOnSearching(key) { return PrivateKey.search.scalar }
            switch key {
            case .pasted(let text):
                block = request.clean(text)
                if !block.isEmpty { return announceBlock() }
            case .moved(let key): return key.scalar
            case .character("\u{3}") where !isDumb: return interrupted()
            case .character("\u{1A}") where !isDumb: suspend()
            case .character(let scalar):
                if !PrivateKey.isOne(scalar) { return scalar }
            case .end:
                ending = .gone
                return nil
            }
        }
        Interrupt.clear()
        return interrupted()
    }

    private func announceBlock() -> Unicode.Scalar {
        isBlockAnnounced = true
        return PrivateKey.paste.scalar
    }

    private func interrupted() -> Unicode.Scalar? {
        ending = .interrupted
        let content = EditedText(handle)
        let (cursor, end) = (place(content.beforeCursor), place(content.text))
        let right = end.column > 0 ? "\u{1B}[\(end.column)C" : ""
        wayToEnd = isDumb ? "" : String(repeating: "\n", count: max(0, end.row - cursor.row)) + "\r" + right
        return nil
    }

    /// While no key comes: follows the window's size; true when SIGINT came from elsewhere.
    private func idle() -> Bool {
        let now = WindowSize.current
        if now != size, let handle, !isDumb {
            size = now
            erase(rows: place(EditedText(handle).beforeCursor).row)
            el_resize(handle)
            edit_redraw(handle)
        }
        return Interrupt.isRequested
    }

    /// Ctrl-Z: the shell gets the terminal as it was, and the line is drawn anew afterwards.
    private func suspend() {
        guard let handle else { return }
        edit_prepare_terminal(handle, false)
        terminal.write(KeyReader.marksNothing + "\r\n")
        raise(SIGTSTP)
        edit_prepare_terminal(handle, true)
        terminal.write(KeyReader.marksPastes)
        size = WindowSize.current
        el_resize(handle)
        edit_redraw(handle)
    }

    private func place(_ text: String) -> ScreenPlace {
        ScreenPlace().after(search?.prompt ?? request.prompt, width: size.columns).after(text, width: size.columns)
    }

    // MARK: Keys

    private func bindKeys(_ handle: OpaquePointer) {
        edit_change_terminal(handle, "-isig")
        edit_change_terminal(handle, "-ixon")
        edit_add_function(handle, "tx-complete", "Complete the word before the cursor") {
            handle, _ in TypedLine.of(handle)?.completeWord() ?? UInt8(CC_ERROR)
        }
        edit_add_function(handle, "tx-paste", "Insert what was pasted") {
            handle, _ in TypedLine.of(handle)?.insertBlock() ?? UInt8(CC_ERROR)
        }
        edit_add_function(handle, "tx-newline", "Begin a new line within the entry") {
            handle, _ in el_insertstr(handle, "\n") == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
        }
        edit_add_function(handle, "tx-up", "The line above, or the entry before") {
            handle, _ in TypedLine.of(handle)?.moveUp() ?? UInt8(CC_ERROR)
        }
        edit_add_function(handle, "tx-down", "The line below, or the entry after") {
            handle, _ in TypedLine.of(handle)?.moveDown() ?? UInt8(CC_ERROR)
        }
        edit_add_function(handle, "tx-search-back", "Search earlier entries") {
            handle, _ in TypedLine.of(handle)?.startSearch() ?? UInt8(CC_ERROR)
        }
        edit_add_function(handle, "tx-search-show", "Show what a search has found") {
            handle, _ in TypedLine.of(handle)?.showSearch() ?? UInt8(CC_ERROR)
        }
        edit_add_function(handle, "tx-delete-or-end", "Delete the character under the cursor, or leave") {
            handle, _ in TypedLine.of(handle)?.deleteOrEnd() ?? UInt8(CC_ERROR)
        }
        KeyBindings.emacs.forEach { edit_bind(handle, $0.key, $0.function, false) }
        el_source(handle, nil)
        isVi = edit_is_vi(handle)
        // `bind -v` starts from vi's own tables.
        if isVi { KeyBindings.vi.forEach { edit_bind(handle, $0.key, $0.function, true) } }
        for key in PrivateKey.allCases { edit_bind(handle, key.notation, key.function, true) }
    }

    private func insertBlock() -> UInt8 {
        defer { (block, isBlockAnnounced) = ("", false) }
        return el_insertstr(handle, block) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
    }

    private func deleteOrEnd() -> UInt8 {
        let content = EditedText(handle)
        if content.scalars.isEmpty { return UInt8(CC_EOF) }
        if content.cursor == content.scalars.count { return UInt8(CC_ERROR) }
        el_cursor(handle, 1)
        el_deletestr(handle, 1)
        return UInt8(CC_REFRESH)
    }

    private func moveUp() -> UInt8 {
        let content = EditedText(handle)
        if let target = content.placeAbove { return move(content, to: target) }
        if request.hasLinesBefore {
            ending = .back(content.text, row: place(content.beforeCursor).row)
            return UInt8(CC_NEWLINE)
        }
        return goThroughEntries(content, forward: false)
    }

    private func moveDown() -> UInt8 {
        let content = EditedText(handle)
        if let target = content.placeBelow { return move(content, to: target) }
        return goThroughEntries(content, forward: true)
    }

    private func goThroughEntries(_ content: EditedText, forward: Bool) -> UInt8 {
        var going =
            recall.flatMap { $0.shown == content.text ? $0 : nil } ?? HistoryRecall(entries: entries, at: content)
        guard going.advance(forward: forward) else { return UInt8(CC_ERROR) }
        recall = going
        let text = Array(going.shown.unicodeScalars)
        replace(content, by: EditedText(text, cursor: text.count))
        return UInt8(CC_REFRESH)
    }

    private func replace(_ content: EditedText, by other: EditedText) {
        el_cursor(handle, Int32(clamping: content.scalars.count - content.cursor))
        el_deletestr(handle, Int32(clamping: content.scalars.count))
        el_insertstr(handle, other.text)
        el_cursor(handle, Int32(clamping: other.cursor - other.scalars.count))
    }

    private func move(_ content: EditedText, to target: Int) -> UInt8 {
        el_cursor(handle, Int32(clamping: target - content.cursor))
        return UInt8(CC_REFRESH)
    }

    // MARK: Search

    private func startSearch() -> UInt8 {
        search = HistorySearch(entries: entries, original: EditedText(handle))
        showPrompt()
        return UInt8(CC_REFRESH)
    }

    /// What a key does to the search; false where it is none of its business. Most keys end it and then do what they do.
    private func goOnSearching(_ key: KeyReader.Key) -> Bool {
        switch key {
        case .end, .character("\u{3}"): return false
        case .pasted(let text): search?.type(PastedText.clean(text))
        case .character("\u{7F}"), .character("\u{8}"): search?.erase()
        case .character("\u{12}"): search?.advance(forward: false)
        case .character("\u{13}"): search?.advance(forward: true)
        case .character("\u{7}"):
            found = search?.original
            search = nil
        case .character(let scalar) where !ScreenPlace.isControl(scalar): search?.type(String(scalar))
        case .character, .moved:
            keyAfterSearch = key
            search = nil
        }
        if let search { found = search.shown }
        showPrompt()
        return true
    }

    private func showSearch() -> UInt8 {
        guard let found else { return UInt8(CC_REFRESH) }
        self.found = nil
        replace(EditedText(handle), by: found)
        return UInt8(CC_REFRESH)
    }

    // MARK: Completion

    private func completeWord() -> UInt8 {
        let content = EditedText(handle)
        if let spaces = content.indentation {
            return el_insertstr(handle, spaces) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
        }
        guard let completion = request.complete(content.text, content.beforeCursor.utf8.count),
            !completion.candidates.isEmpty, let range = content.scalars(in: completion.range)
        else { return UInt8(CC_ERROR) }
        let known = EditedText.text(content.scalars[range])
        let prefix = completion.commonPrefix
        if prefix != known, completion.candidates.count == 1 || prefix.utf8.count > known.utf8.count {
            el_cursor(handle, Int32(clamping: range.upperBound - content.cursor))
            el_deletestr(handle, Int32(clamping: range.count))
            return el_insertstr(handle, prefix) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
        }
        if completion.candidates.count == 1 { return UInt8(CC_ERROR) }
        list(completion.candidates, below: content)
        return UInt8(CC_NORM)
    }

    /// Writes the candidates below the text, and the text anew below them.
    private func list(_ candidates: [Completion.Candidate], below content: EditedText) {
        guard let handle else { return }
        let lines = CompletionList.lines(candidates, width: size.columns, height: size.rows - 4)
        let down = max(0, place(content.text).row - place(content.beforeCursor).row) + 1
        terminal.write(String(repeating: "\n", count: down) + "\r" + lines.map { $0 + "\r\n" }.joined())
        edit_redraw(handle)
    }
}

extension EditedText {
    /// What stands in libedit's buffer.
    fileprivate init(_ handle: OpaquePointer?) {
        guard let handle, let info = el_wline(handle)?.pointee, let start = info.buffer else {
            self.init([], cursor: 0)
            return
        }
        let scalars = EditedText.scalars(start, count: info.lastchar.map { $0 - start } ?? 0)
        self.init(scalars, cursor: info.cursor.map { $0 - start } ?? 0)
    }

    fileprivate static func scalars(_ characters: UnsafePointer<wchar_t>, count: Int) -> [Unicode.Scalar] {
        UnsafeBufferPointer(start: characters, count: max(0, count)).map {
            Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}"
        }
    }
}
