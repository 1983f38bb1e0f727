// Strings with interpolations, and `x = x ++ "…"`: the way to build a text in a loop, which grows in place when nobody
// else holds it.

extension Compiler {
    func compileString(_ parts: [StringPart], into target: Register, _ range: SourceRange) {
        if parts.count <= 1, case .text(let text)? = parts.first ?? .text("") {
            return load(.string(text), into: target, range)
        }
        withTemporaries {
            let (first, pieces) = compilePieces(parts)
            emit(.interpolate(target, first: first, pieces), range)
        }
    }

    /// The values of interpolations into consecutive registers, and what goes between them.
    private func compilePieces(_ parts: [StringPart]) -> (first: Register, pieces: TableIndex) {
        let values = parts.filter { if case .interpolation = $0 { true } else { false } }
        let first = temporaries(values.count)
        var pieces: [Chunk.StringPiece] = []
        var next = first
        for part in parts {
            guard case .interpolation(let value, let format) = part else {
                if case .text(let text) = part { pieces.append(.text(text)) }
                continue
            }
            compile(value, into: next)
            if let format { emit(.format(next, next, add(format, to: \.formats)), value.range) }
            pieces.append(.value)
            next = offset(next, 1)
        }
        return (first, add(pieces, to: \.strings))
    }

    /// `x = x ++ "…"` with a string as it is written: its pieces go to the end of the variable's string at once.
    /// - Returns: false when the assignment is nothing of the kind.
    func compileJoining(_ value: Expression, onto name: Name) -> Bool {
        guard case .binary(.concat, _, let left, let right) = value.kind, case .name(let joined) = left.kind,
            joined.text == name.text, case .string(let parts) = right.kind, !right.runsCode
        else { return false }
        withTemporaries {
            switch place(name) {
            case .local(let slot):
                let (first, pieces) = compilePieces(parts)
                emit(.interpolateOnto(narrow(slot), first: first, pieces), value.range)
            case .global(let index):
                let (first, pieces) = compilePieces(parts)
                emit(.interpolateOntoGlobal(narrow(index), first: first, pieces), value.range)
            default:
                let register = temporaries()
                compile(value, into: register)
                store(register, to: name)
            }
        }
        return true
    }
}
