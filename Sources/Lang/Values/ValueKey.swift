// Values as keys of sets and dictionaries: equal as `==` says, except that nan equals itself, so that `unique` and
// grouping treat missing results as one.

struct ValueKey: Hashable {
    let value: Value

    init(_ value: Value) { self.value = value }

    static func == (left: ValueKey, right: ValueKey) -> Bool {
        if case .number(let a) = left.value, case .number(let b) = right.value, a.isNaN, b.isNaN { return true }
        return Value.areEqual(left.value, right.value)
    }

    /// Containers hash by size only: enough to keep unequal ones mostly apart, without walking them twice.
    func hash(into hasher: inout Hasher) {
        switch value {
        case .nothing: hasher.combine(0)
        case .bool(let bool): hasher.combine(bool)
        case .number(let number): hasher.combine(number.isNaN ? .nan : number)
        case .string(let box): hasher.combine(box.text)
        case .list(let list): hasher.combine(list.isEmpty ? 0 : ValueKey(list[0]).shallowHash(count: list.count))
        case .record(let record): hasher.combine(record.count)
        case .closure, .native, .formula, .foreign: hasher.combine(1)
        }
    }

    private func shallowHash(count: Int) -> Int {
        switch value {
        case .number, .string, .bool: hashValue &+ count
        default: count
        }
    }
}
