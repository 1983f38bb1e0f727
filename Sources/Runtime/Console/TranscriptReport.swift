import Lang

/// A session as a notebook: what ran, as a script that runs on its own, with what each entry showed. Nothing is run again.
enum TranscriptReport {
    /// - Parameters:
    ///   - name: of the script that the report carries.
    ///   - seed: of the session.
    static func notebook(of entries: [Transcript.Entry], name: String, seed: UInt64) -> Notebook {
        let groups = groups(of: TranscriptScript.pieces(of: entries, seed: seed))
        var text = ""
        var starts: [Int] = []
        for group in groups {
            let part = TranscriptScript.formatted(TranscriptScript.join(group))
            if !text.isEmpty { text += part.hasPrefix("##") ? "\n" : "\n#%%\n" }
            starts.append(text.utf8.count)
            text += part
        }
        let source = SourceFile(name: name, text: text)
        var notebook = Notebook(source, parts: Interpreter { _ in }.cells(of: source))
        fill(&notebook, groups.map { $0.flatMap(\.outputs) }, starts)
        return notebook
    }

    /// An entry that showed something ends a cell, so that it stands below.
    private static func groups(of pieces: [TranscriptScript.Piece]) -> [[TranscriptScript.Piece]] {
        pieces.reduce(into: []) { groups, piece in
            if let last = groups.last, last.allSatisfy(\.outputs.isEmpty) {
                groups[groups.count - 1].append(piece)
            } else {
                groups.append([piece])
            }
        }
    }

    /// Gives what a group showed to its last cell of code.
    private static func fill(_ notebook: inout Notebook, _ outputs: [[Notebook.Output]], _ starts: [Int]) {
        var last: [Int: Int] = [:]
        for (index, cell) in notebook.cells.enumerated() {
            guard case .code(var code) = cell else { continue }
            code.state = .done
            notebook.cells[index] = .code(code)
            let group = (starts.firstIndex { $0 > code.range.start } ?? starts.count) - 1
            last[group] = index
        }
        for (group, index) in last where outputs.indices.contains(group) {
            guard case .code(var code) = notebook.cells[index] else { continue }
            code.outputs = outputs[group]
            notebook.cells[index] = .code(code)
        }
    }
}
