import Foundation

@testable import Runtime

/// A REPL that a test types into: entries in, what the screen shows out.
final class ScriptedSession: EntryReader {
    let repl: REPL
    /// What the screen showed, without the greeting.
    private(set) var shown = ""
    private(set) var prompts: [String] = []
    private(set) var remembered: [String] = []
    private var pending: [Entry] = []
    private var isFinished = false
    let folder: URL
    private let written: Written

    /// Where the screen writes to.
    private final class Written {
        var text = ""
        var onWrite: ((String) -> Void)?
    }

    /// Learns of everything that the session writes, while it runs.
    var onWrite: ((String) -> Void)? {
        get { written.onWrite }
        set { written.onWrite = newValue }
    }

    /// Hands entries on; the session below refers to this test's object only weakly.
    private final class Reader: EntryReader {
        weak var session: ScriptedSession?
        func entry(prompt: String, continuation: String) -> Entry {
            session?.entry(prompt: prompt, continuation: continuation) ?? .end
        }
        func remember(_ entry: String) { session?.remember(entry) }
    }

    init(seed: UInt64 = 0, width: Int = 80, program: String = ScriptedSession.program) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var options = Session.Options()
        options.seed = seed
        options.isQuiet = true
        options.outputFolder = folder.path
        options.storeFolder = folder.appendingPathComponent("store").path
        let written = Written()
        self.written = written
        let screen = Screen(
            write: {
                written.text += $0
                written.onWrite?($0)
            }, writeError: { written.text += $0 }, width: { width }, usesColor: false,
            show: { _ in false })
        let reader = Reader()
        repl = REPL(
            session: Session(options: options, scriptFolder: folder.path), reader: reader, screen: screen,
            program: ChildProgram(executable: program))
        reader.session = self
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The program that was built with the tests lies beside their bundle.
    static let program = Bundle.main.bundleURL.appendingPathComponent("transfer-script").path

    /// Types entries, then Ctrl-D.
    /// - Returns: what the screen showed.
    @discardableResult
    func type(_ entries: String...) -> String { play(entries.map { .text($0) }) }

    @discardableResult
    func play(_ entries: [Entry]) -> String {
        pending = entries
        written.text = ""
        isFinished = repl.run() == .done
        let greeting = written.text.firstIndex(of: "\n").map { written.text.index(after: $0) }
        shown = String(written.text[(greeting ?? written.text.startIndex)...])
        return shown
    }

    func entry(prompt: String, continuation: String) -> Entry {
        prompts.append(prompt)
        return pending.isEmpty ? .end : pending.removeFirst()
    }

    func remember(_ entry: String) { remembered.append(entry) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func text(of name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
}
