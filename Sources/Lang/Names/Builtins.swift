// The outermost scope: natives of the core library and of the host, and the constants. A script may reuse their names
// for its own values.

/// All names that exist before a script runs.
final class Builtins {
    private(set) var names: [String: Int] = [:]
    private(set) var values: [Value] = []
    let signatures: [Signature]

    init(signatures: [Signature]) {
        self.signatures = signatures
        for (name, value) in [("pi", Double.pi), ("inf", Double.infinity), ("nan", Double.nan)] {
            add(name, .number(value))
        }
        for (name, group) in Builtins.grouped(signatures) {
            add(name, .native(NativeFunction(name: name, signatures: group)))
        }
    }

    func native(_ index: Int) -> NativeFunction? {
        if case .native(let native) = values[index] { return native }
        return nil
    }

    func native(named name: String) -> NativeFunction? { names[name].flatMap { native($0) } }

    private func add(_ name: String, _ value: Value) {
        names[name] = values.count
        values.append(value)
    }

    /// Signatures by name, in order of first appearance.
    private static func grouped(_ signatures: [Signature]) -> [(String, [Signature])] {
        var order: [String] = []
        var groups: [String: [Signature]] = [:]
        for signature in signatures {
            if groups[signature.name] == nil { order.append(signature.name) }
            groups[signature.name, default: []].append(signature)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }
}
