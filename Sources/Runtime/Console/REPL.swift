import Glibc
import Lang

/// The plain read–evaluate–print loop: lines are collected until a statement is complete, names live on, errors end nothing.
struct REPL {
    private let session: Session
    private let interpreter: Interpreter
    private let editor = LineEditor()

    init(_ options: Session.Options) {
        let session = Session(options: options)
        self.session = session
        interpreter = Program.interpreter(session) { text in
            session.progress.clear()
            Terminal.output.write(text)
        }
    }

    func run() -> Outcome {
        Interrupt.install()
        Terminal.output.write("transfer-script \(Version.text). help(f) explains a function, Ctrl-D leaves.\n")
        var number = 1
        while let text = statement(number) {
            guard text.contains(where: { !$0.isWhitespace }) else { continue }
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

    /// One statement, over as many lines as it takes; nil at the end of input.
    private func statement(_ number: Int) -> String? {
        let prompt = "tx[\(number)]> "
        guard var text = editor.line(prompt: prompt) else { return nil }
        while isOpen(text) {
            guard let line = editor.line(prompt: String(repeating: " ", count: prompt.count - 3) + ".. ") else { break }
            if line.isEmpty { break }
            text += "\n" + line
        }
        return text
    }

    /// Whether more lines must follow: the only thing wrong is that the text ends.
    private func isOpen(_ text: String) -> Bool {
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
