// Records: named fields that keep the order in which they were given. Most have a handful of fields, for which a scan
// of the names is faster than hashing; from `indexedFrom` fields on an index is kept. Value semantics, copied on
// write.

/// A tx record.
public struct Record {
    final class Storage: Container {
        // Changed only while the record is known to be unique.
        @exclusivity(unchecked) var names: [String]
        @exclusivity(unchecked) var values: [Value]
        /// Position by name, once there are many.
        @exclusivity(unchecked) var index: [String: Int]?

        init(names: [String], values: [Value], index: [String: Int]?) {
            self.names = names
            self.values = values
            self.index = index
        }

        override func giveUpParts(to pending: inout [Container]) { Container.giveUp(&values, to: &pending) }

        deinit { if values.contains(where: { $0.container != nil }) { Container.release(self) } }
    }

    /// Above this many fields a scan costs more than a hash.
    private static let indexedFrom = 12

    var storage: Storage

    public init() { storage = Storage(names: [], values: [], index: nil) }

    /// A later field of the same name replaces an earlier one.
    public init(_ fields: some Sequence<(String, Value)>) {
        self.init()
        for (name, value) in fields { self[name] = value }
    }

    /// The names of many records alike, such as the rows of a table or what a literal in a loop makes; they share them.
    public struct Shape {
        public let names: [String]
        fileprivate let index: [String: Int]?

        /// nil when a name stands twice.
        public init?(_ names: [String]) {
            let index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            guard index.count == names.count else { return nil }
            self.names = names
            self.index = names.count >= Record.indexedFrom ? index : nil
        }
    }

    /// A record with a value for each name of the shape.
    public init(_ shape: Shape, _ values: [Value]) {
        precondition(shape.names.count == values.count, "a record takes one value a name")
        storage = Storage(names: shape.names, values: values, index: shape.index)
    }

    public var count: Int { storage.names.count }
    public var names: [String] { storage.names }
    public var values: [Value] { storage.values }

    /// Reading an absent field gives nil; setting nil removes the field.
    public subscript(name: String) -> Value? {
        get { position(of: name).map { storage.values[$0] } }
        set {
            makeUnique()
            switch (position(of: name), newValue) {
            case (let position?, let value?): storage.values[position] = value
            case (let position?, nil): remove(at: position)
            case (nil, let value?): add(name, value)
            case (nil, nil): break
            }
        }
    }

    func position(of name: String) -> Int? {
        if let index = storage.index { return index[name] }
        return storage.names.firstIndex(of: name)
    }

    /// Runs `body` on the field in place, so that a nested `var` is changed without a copy.
    mutating func withField<T>(at position: Int, _ body: (inout Value) throws -> T) rethrows -> T {
        makeUnique()
        return try body(&storage.values[position])
    }

    private mutating func makeUnique() {
        guard !isKnownUniquelyReferenced(&storage) else { return }
        storage = Storage(names: storage.names, values: storage.values, index: storage.index)
    }

    private func add(_ name: String, _ value: Value) {
        storage.names.append(name)
        storage.values.append(value)
        storage.index?[name] = storage.names.count - 1
        if storage.index == nil, storage.names.count >= Record.indexedFrom { reindex() }
    }

    private func remove(at position: Int) {
        storage.names.remove(at: position)
        storage.values.remove(at: position)
        if storage.index != nil { reindex() }
    }

    private func reindex() {
        storage.index = Dictionary(uniqueKeysWithValues: storage.names.enumerated().map { ($1, $0) })
    }
}

extension Record: Sequence {
    public func makeIterator() -> Zip2Sequence<[String], [Value]>.Iterator {
        zip(storage.names, storage.values).makeIterator()
    }
}
