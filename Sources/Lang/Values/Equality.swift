// Deep equality (`==`): by value for data, by identity for functions. Numbers compare as IEEE doubles, so nan differs
// from itself. Nested values are compared with a list of pending pairs, not by recursion. A list that holds another one
// twice, and so on downwards, has exponentially many parts: pairs that were compared once are not compared again.

extension Value {
    public static func areEqual(_ left: Value, _ right: Value) -> Bool {
        var pending = [(left, right)]
        var compared: Set<ComparedContainers> = []
        var count = 0
        while let (left, right) = pending.popLast() {
            count += 1
            // Remembering costs more than comparing small values.
            if count > 10_000, let pair = ComparedContainers(left, right), !compared.insert(pair).inserted { continue }
            guard areEqual(left, right, pending: &pending) else { return false }
        }
        return true
    }

    /// Compares one level and adds the pairs below to `pending`.
    private static func areEqual(_ left: Value, _ right: Value, pending: inout [(Value, Value)]) -> Bool {
        switch (left, right) {
        case (.nothing, .nothing): return true
        case (.bool(let a), .bool(let b)): return a == b
        case (.number(let a), .number(let b)): return a == b
        case (.string(let a), .string(let b)): return a === b || a.text == b.text
        case (.closure(let a), .closure(let b)): return a === b
        case (.native(let a), .native(let b)): return a === b
        case (.formula(let a), .formula(let b)): return a.text == b.text
        case (.foreign(let a), .foreign(let b)): return a.isEqual(to: b)
        case (.list(let a), .list(let b)):
            guard a.count == b.count else { return false }
            if let a = a.numbers, let b = b.numbers { return a == b }
            pending.append(contentsOf: zip(a.values, b.values))
            return true
        case (.record(let a), .record(let b)):
            guard a.count == b.count else { return false }
            for (name, value) in a {
                guard let other = b[name] else { return false }
                pending.append((value, other))
            }
            return true
        default: return false
        }
    }
}

/// Two lists or records by identity, while both are held.
private struct ComparedContainers: Hashable {
    private let left: ObjectIdentifier
    private let right: ObjectIdentifier

    /// - Returns: nil for values without parts.
    init?(_ left: Value, _ right: Value) {
        guard let left = left.container, let right = right.container else { return nil }
        self.left = ObjectIdentifier(left)
        self.right = ObjectIdentifier(right)
    }
}
