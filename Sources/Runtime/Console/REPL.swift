import Glibc
import Lang

/// The plain read–evaluate–print loop: lines are collected until a statement is complete, names live on, errors end nothing.
struct REPL {
    private let session: Session
    private let interpreter: Interpreter
    private let editor: LineEditor

    init(_ options: Session.Options) {
        let session = Session(options: options)
        self.session = session
        let interpreter = Program.interpreter(session) { text in
            session.progress.clear()
            Terminal.output.write(text)
        }
        self.interpreter = interpreter
        editor = LineEditor(
            history: .standard(), isOpen: { REPL.isOpen($0, interpreter) },
            complete: { REPL.names(before: $1, in: $0, interpreter) })
    }

    func run() -> Outcome {
        Interrupt.install()
        Terminal.output.write("transfer-script \(Version.text). help(f) explains a function, Ctrl-D leaves.\n")
        var number = 1
        while true {
            let prompt = "tx[\(number)]> "
            let entry = editor.entry(
                prompt: prompt, continuation: String(repeating: " ", count: prompt.count - 3) + ".. ")
            if entry == .end { break }
            guard case .text(let text) = entry, text.contains(where: { !$0.isWhitespace }) else { continue }
            editor.remember(text)
            Interrupt.clear()
            interpreter.displayWidth = Terminal.output.width
            do {
                let value = try interpreter.run(SourceFile(name: "tx[\(number)]", text: text), redefine: true)
                if let value { interpreter.define("_", value) }
            } catch {
                session.progress.clear()
                _ = Program.report(error)
            }
            number += 1
        }
        Terminal.output.write("\n")
        return .done
    }

    /// The global names that begin as the word before the cursor.
    private static func names(before cursor: Int, in text: String, _ interpreter: Interpreter) -> Completion? {
        let word = text.utf8.prefix(cursor).reversed().prefix { $0 == 95 || $0 > 127 || isalnum(Int32($0)) != 0 }
        let known = String(decoding: word.reversed(), as: UTF8.self)
        let names = interpreter.globalNames.filter { $0.hasPrefix(known) }
        return Completion(range: cursor - word.count..<cursor, candidates: names.map { .init(text: $0) })
    }

    /// Whether more lines must follow: the only thing wrong is that the text ends.
    private static func isOpen(_ text: String, _ interpreter: Interpreter) -> Bool {
        guard text.contains(where: { !$0.isWhitespace }) else { return false }
        let source = SourceFile(name: "", text: text)
        return interpreter.check(source).contains { diagnostic in
            switch diagnostic.id {
            case "unclosedBracket": true
            case "unterminatedString": text.contains("\"\"\"")
            case "expectedExpression", "expectedToken": diagnostic.range.start >= text.utf8.count
            default: false
            }
        }
    }
}
