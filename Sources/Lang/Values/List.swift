// Lists with value semantics. A list of numbers is packed (eight bytes a number, no tags), so that arithmetic over it
// runs at memory speed and Swift code takes it without a copy; a list becomes general when something else enters it.
// Invariant: a general list that was built from values holds at least one that is no number.

/// A tx list.
public struct List {
    enum Storage {
        case packed([Double])
        case general(GeneralList)
    }

    var storage: Storage

    public init() { storage = .packed([]) }

    public init(numbers: [Double]) { storage = .packed(numbers) }

    /// - Precondition: some value is no number.
    fileprivate init(general values: [Value]) { storage = .general(GeneralList(values)) }

    /// Packs the values when all are numbers.
    /// - Complexity: O(n)
    public init(_ values: [Value]) {
        var numbers: [Double] = []
        for (index, value) in values.enumerated() {
            guard case .number(let number) = value else {
                storage = .general(GeneralList(values))
                return
            }
            if index == 0 { numbers.reserveCapacity(values.count) }
            numbers.append(number)
        }
        storage = .packed(numbers)
    }

    public var count: Int {
        switch storage {
        case .packed(let numbers): numbers.count
        case .general(let list): list.values.count
        }
    }

    public var isEmpty: Bool { count == 0 }

    /// The numbers of a packed list (an empty list is packed); nil when some element is no number.
    public var numbers: [Double]? {
        if case .packed(let numbers) = storage { return numbers }
        return nil
    }

    /// All elements; copies a packed list.
    public var values: [Value] {
        switch storage {
        case .packed(let numbers): numbers.map { .number($0) }
        case .general(let list): list.values
        }
    }

    /// - Precondition: `0 <= index < count`; scripts' indices are checked by `Indexing`.
    public subscript(index: Int) -> Value {
        get {
            switch storage {
            case .packed(let numbers): .number(numbers[index])
            case .general(let list): list.values[index]
            }
        }
        set {
            makeRoom(for: newValue)
            mutate { numbers in
                if case .number(let number) = newValue { numbers[index] = number }
            } general: { values in
                values[index] = newValue
            }
        }
    }

    /// Changes an element of a general list in place. (An element of a packed list has no parts to be changed.)
    mutating func withElement(at index: Int, _ body: (inout Value) throws -> Void) rethrows {
        guard case .general(var list) = storage else {
            var element = self[index]
            try body(&element)
            self[index] = element
            return
        }
        storage = .packed([])
        defer { storage = .general(list) }
        if !isKnownUniquelyReferenced(&list) { list = GeneralList(list.values) }
        try body(&list.values[index])
    }

    public mutating func append(_ value: Value) {
        makeRoom(for: value)
        mutate { numbers in
            if case .number(let number) = value { numbers.append(number) }
        } general: { values in
            values.append(value)
        }
    }

    public mutating func append(contentsOf other: List) {
        if isEmpty {
            self = other
            return
        }
        switch other.storage {
        case .packed(let added):
            mutate {
                $0.append(contentsOf: added)
            } general: {
                $0.append(contentsOf: added.lazy.map { .number($0) })
            }
        case .general(let added):
            if let first = added.values.first(where: { $0.asNumber == nil }) { makeRoom(for: first) }
            mutate { _ in
            } general: {
                $0.append(contentsOf: added.values)
            }
        }
    }

    /// - Precondition: the range lies within `0...count`.
    public subscript(range: Range<Int>) -> List {
        switch storage {
        case .packed(let numbers): List(numbers: Array(numbers[range]))
        case .general(let list): List(Array(list.values[range]))
        }
    }

    /// Whether both are one list in memory (and so equal).
    func isSame(as other: List) -> Bool {
        switch (storage, other.storage) {
        case (.packed(let a), .packed(let b)):
            a.count == b.count
                && a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { a.baseAddress == $0.baseAddress } }
        case (.general(let a), .general(let b)): a === b
        default: false
        }
    }

    /// The element of a packed list at a position counted from 0; nil for anything unusual.
    @inline(__always)
    func number(at position: Double) -> Double? {
        guard case .packed(let numbers) = storage, position >= 0, position < Double(numbers.count) else { return nil }
        let index = Int(position)
        return Double(index) == position ? numbers[index] : nil
    }

    var container: Container? {
        if case .general(let list) = storage { return list }
        return nil
    }

    /// Unpacks when the value is no number.
    private mutating func makeRoom(for value: Value) {
        guard case .packed(let numbers) = storage else { return }
        if case .number = value { return }
        storage = .general(GeneralList(numbers.map { .number($0) }))
    }

    /// Changes the storage in place when nobody else holds it, in a copy otherwise.
    private mutating func mutate(packed: (inout [Double]) -> Void, general: (inout [Value]) -> Void) {
        switch storage {
        case .packed(var numbers):
            storage = .packed([])  // Gives up this reference, so that the array below is the only one.
            packed(&numbers)
            storage = .packed(numbers)
        case .general(var list):
            storage = .packed([])
            if !isKnownUniquelyReferenced(&list) { list = GeneralList(list.values) }
            general(&list.values)
            storage = .general(list)
        }
    }
}

extension List: Sequence {
    public struct Iterator: IteratorProtocol {
        // One of the two is empty; taken apart once, so that a step counts no references of the storage.
        private let numbers: [Double]
        private let values: [Value]
        private var index = 0

        fileprivate init(_ storage: Storage) {
            switch storage {
            case .packed(let numbers): (self.numbers, values) = (numbers, [])
            case .general(let list): (numbers, values) = ([], list.values)
            }
        }

        public mutating func next() -> Value? {
            defer { index += 1 }
            if index < numbers.count { return .number(numbers[index]) }
            return index < values.count ? values[index] : nil
        }
    }

    public func makeIterator() -> Iterator { Iterator(storage) }

    public var underestimatedCount: Int { count }
}

/// The storage of a list that holds more than numbers: a class of its own, so that a deep value is taken apart without
/// recursion (`Container`).
final class GeneralList: Container {
    /// Changed only while the list is known to be unique.
    @exclusivity(unchecked)
    var values: [Value]

    init(_ values: [Value]) { self.values = values }

    override func giveUpParts(to pending: inout [Container]) { Container.giveUp(&values, to: &pending) }

    deinit { if values.contains(where: { $0.container != nil }) { Container.release(self) } }
}

/// Collects the elements of a new list; numbers stay packed until something else comes.
struct ListBuilder {
    private var numbers: [Double] = []
    private var values: [Value] = []

    init(capacity: Int) { numbers.reserveCapacity(capacity) }

    init() {}

    @inline(__always)
    mutating func append(_ value: Value) {
        if case .number(let number) = value, values.isEmpty {
            numbers.append(number)
        } else {
            appendValue(value)
        }
    }

    private mutating func appendValue(_ value: Value) {
        if values.isEmpty {
            values.reserveCapacity(numbers.capacity)
            values = numbers.map { .number($0) }
            numbers = []
        }
        values.append(value)
    }

    var list: List { values.isEmpty ? List(numbers: numbers) : List(general: values) }
}
