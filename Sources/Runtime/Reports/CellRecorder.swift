import Lang

/// Collects what one cell puts out, in order, while it runs: for a report of a script and for that of a session.
struct CellRecorder {
    private(set) var outputs: [Notebook.Output] = []

    /// Takes what is written; colours go, and a line of the program's own is a remark.
    mutating func write(_ text: String) {
        let text = TerminalText.withoutSequences(text)
        if text.hasPrefix("note: ") {
            outputs.append(.note(String(text.dropFirst("note: ".count).trimmingSuffix { $0 == "\n" })))
        } else if case .printed(var printed)? = outputs.last {
            // Taken out first: the only reference grows in place.
            outputs.removeLast()
            printed += text
            outputs.append(.printed(printed))
        } else {
            outputs.append(.printed(text))
        }
    }

    /// Takes the value of a top-level expression.
    /// - Parameter display: the value as text, for those that have no better form.
    mutating func show(_ value: Value, display: (Value) -> String) {
        if case .foreign(let object) = value, let table = object as? TableValue {
            outputs.append(.table(ReportTable(table.table)))
        } else if case .foreign(let object) = value, let pictured = object as? any Pictured {
            do {
                let picture = try pictured.picture()
                if !hasSaved(picture) { outputs.append(.picture(picture)) }
            } catch {
                outputs += [.shown(display(value)), .note("\(error)")]
            }
        } else {
            outputs.append(.shown(TerminalText.withoutSequences(display(value))))
        }
    }

    /// Takes a picture that was saved. One that the cell has shown already gets the file's name and is not shown twice.
    mutating func save(_ picture: Picture) {
        let shown = outputs.firstIndex {
            if case .picture(let old) = $0 { old.isSame(as: picture) } else { false }
        }
        if let shown {
            outputs[shown] = .picture(picture)
        } else {
            outputs.append(.picture(picture))
        }
    }

    private func hasSaved(_ picture: Picture) -> Bool {
        outputs.contains {
            if case .picture(let old) = $0 { old.path != nil && old.isSame(as: picture) } else { false }
        }
    }

    /// Takes the end of a cell that did not run to its end.
    mutating func fail(message: String, text: String) { outputs.append(.failure(message: message, text: text)) }

    /// Leaves out what nobody reads of what was printed.
    mutating func shorten() {
        for case (let index, .printed(let text)) in outputs.enumerated() {
            outputs[index] = .printed(Notebook.shortened(text))
        }
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> SubSequence {
        var rest = self[...]
        while let last = rest.last, condition(last) { rest.removeLast() }
        return rest
    }
}
