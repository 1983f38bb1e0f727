import Foundation
import Lang

// `fmt`: files to the canonical layout, in place. A file with mistakes stays as it is, and the others are still done.

extension Program {
    /// Formats files, or standard input for "-".
    /// - Parameter onlyCheck: names the files whose layout differs instead.
    public func format(files: [String], onlyCheck: Bool) -> Outcome {
        var outcome = Outcome.done
        for file in files {
            let result = format(file, onlyCheck: onlyCheck)
            if outcome == .done || result == .notStarted { outcome = result == .done ? outcome : result }
        }
        return outcome
    }

    private func format(_ file: String, onlyCheck: Bool) -> Outcome {
        guard let source = read(file) else { return .notStarted }
        let text: String
        do {
            text = try Formatter.format(source)
        } catch {
            return Program.report(error)
        }
        let isSame = Array(text.utf8) == source.bytes
        if onlyCheck {
            if !isSame { Terminal.output.write("\(file)\n") }
            return isSame ? .done : .failed
        }
        if file == "-" {
            Terminal.output.write(text)
        } else if !isSame {
            return write(text, to: file)
        }
        return .done
    }

    private func write(_ text: String, to file: String) -> Outcome {
        do {
            // Symbolic links stay: what they lead to is replaced.
            let target = URL(fileURLWithPath: file).resolvingSymlinksInPath()
            let permissions = try FileManager.default.attributesOfItem(atPath: target.path)[.posixPermissions]
            try Data(text.utf8).write(to: target, options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: permissions ?? 0o644], ofItemAtPath: target.path)
            return .done
        } catch {
            let reason = (error as NSError).localizedFailureReason ?? error.localizedDescription
            Terminal.error.write("error: cannot write \(file): \(reason)\n")
            return .failed
        }
    }
}
