// Elements, slices, fields and membership, reading and in place. Indices count from 0, negative ones from the end.

enum Indexing {
    // MARK: Reading

    static func element(of value: Value, at index: Value) throws -> Value {
        switch value {
        case .list(let list):
            return list[try position(index, count: list.count)]
        case .string(let box):
            let string = box.text
            let position = try position(index, count: string.count)
            return .string(String(string[string.index(string.startIndex, offsetBy: position)]))
        case .record(let record):
            guard let name = index.asString else { throw indexNotWhole(index) }
            guard let field = record[name] else { throw noField(name, of: value) }
            return field
        case .foreign(let object):
            if let name = index.asString { return try field(name, of: value) }
            if let element = try object.lookUp(index) { return element }
            guard let count = object.count else { throw notIndexable(value) }
            return try object.element(at: try position(index, count: count))
        default: throw notIndexable(value)
        }
    }

    static func field(_ name: String, of value: Value) throws -> Value {
        switch value {
        case .record(let record):
            if let field = record[name] { return field }
        case .foreign(let object):
            if let field = try object.field(name) { return field }
        default: break
        }
        throw noField(name, of: value)
    }

    /// Bounds beyond the ends are cut, as in R, Julia and Python slices.
    static func slice(_ value: Value, from: Value, to: Value) throws -> Value {
        switch value {
        case .list(let list): return .list(list[try range(from, to, count: list.count)])
        case .string(let box):
            let string = box.text
            let range = try range(from, to, count: string.count)
            return .string(String(string.dropFirst(range.lowerBound).prefix(range.count)))
        case .foreign(let object):
            guard let count = object.count else { throw notIndexable(value) }
            return try object.slice(try range(from, to, count: count))
        default: throw notIndexable(value)
        }
    }

    static func contains(_ collection: Value, _ element: Value) throws -> Bool {
        switch (collection, element) {
        case (.list(let list), .number(let number)):
            if let numbers = list.numbers { return numbers.contains(number) }
            return list.values.contains { Value.areEqual($0, element) }
        case (.list(let list), _): return list.numbers == nil && list.values.contains { Value.areEqual($0, element) }
        case (.string(let string), .string(let part)): return part.text.isEmpty || string.text.contains(part.text)
        case (.record(let record), .string(let name)): return record[name.text] != nil
        case (.string, _): throw Broadcast.wrongOperand("in", takes: "a string to look for in a string", element)
        case (.record, _): throw Broadcast.wrongOperand("in", takes: "a field's name to look for in a record", element)
        default: throw Broadcast.wrongOperand("in", takes: "a list, a string or a record on its right", collection)
        }
    }

    // MARK: Changing in place

    /// Sets the part of `value` to which `steps` lead.
    /// - Parameter indices: the indices of the steps, in order.
    static func assign(
        _ part: Value, in value: inout Value, steps: ArraySlice<Chunk.PathStep>, indices: ArraySlice<Value>
    ) throws {
        guard let step = steps.first else {
            value = part
            return
        }
        let further = steps.dropFirst()
        if let name = try fieldName(step, of: value, indices) {
            let indices = indices.dropFirst(step.indexCount)
            try assign(part, inField: name, of: &value, further, indices)
        } else if case .index = step, further.isEmpty {
            try setElement(of: &value, at: indices.first ?? .nothing, to: part)
        } else if case .index = step {
            try assign(part, inElementOf: &value, further, indices)
        } else {
            throw notAssignable(value)
        }
    }

    /// The name of the record's field to which the step leads; nil when the value is no record.
    private static func fieldName(
        _ step: Chunk.PathStep, of value: Value, _ indices: ArraySlice<Value>
    ) throws -> String? {
        guard case .record = value else { return nil }
        if let name = step.fieldName { return name }
        guard let index = indices.first, let name = index.asString else {
            throw indexNotWhole(indices.first ?? .nothing)
        }
        return name
    }

    private static func assign(
        _ part: Value, inElementOf value: inout Value, _ further: ArraySlice<Chunk.PathStep>,
        _ indices: ArraySlice<Value>
    ) throws {
        guard var list = value.takeList() else { throw notAssignable(value) }
        defer { value = .list(list) }
        let position = try position(indices.first ?? .nothing, count: list.count)
        try list.withElement(at: position) {
            try assign(part, in: &$0, steps: further, indices: indices.dropFirst())
        }
    }

    /// `value[index] ← part`, of a list.
    static func setElement(of value: inout Value, at index: Value, to part: Value) throws {
        guard var list = value.takeList() else { throw notAssignable(value) }
        defer { value = .list(list) }
        list[try position(index, count: list.count)] = part
    }

    private static func assign(
        _ part: Value, inField name: String, of value: inout Value, _ further: ArraySlice<Chunk.PathStep>,
        _ indices: ArraySlice<Value>
    ) throws {
        guard var record = value.takeRecord() else { throw notAssignable(value) }
        defer { value = .record(record) }
        if let position = record.position(of: name) {
            try record.withField(at: position) { try assign(part, in: &$0, steps: further, indices: indices) }
        } else {
            guard further.isEmpty else { throw noField(name, of: .record(record)) }
            record[name] = part
        }
    }

    // MARK: Positions

    static func position(_ index: Value, count: Int) throws -> Int {
        guard case .number(let number) = index, let whole = Int(exactly: number) else { throw indexNotWhole(index) }
        let position = whole < 0 ? whole + count : whole
        guard position >= 0, position < count else {
            throw Fault { RunMessages.indexOutOfRange($0, "\(whole)", count: count) }
        }
        return position
    }

    private static func range(_ from: Value, _ to: Value, count: Int) throws -> Range<Int> {
        let start = try bound(from, count: count) ?? 0
        let end = try bound(to, count: count) ?? count
        return start..<max(start, end)
    }

    private static func bound(_ bound: Value, count: Int) throws -> Int? {
        if bound.isNothing { return nil }
        guard case .number(let number) = bound, let whole = Int(exactly: number) else { throw indexNotWhole(bound) }
        return min(max(whole < 0 ? whole + count : whole, 0), count)
    }

    // MARK: Faults

    private static func indexNotWhole(_ index: Value) -> Fault {
        let got = index.phrase
        return Fault { RunMessages.indexNotWhole($0, got: got) }
    }

    private static func notIndexable(_ value: Value) -> Fault {
        let got = value.phrase
        return Fault { RunMessages.notIndexable($0, got: got) }
    }

    private static func notAssignable(_ value: Value) -> Fault {
        let (got, isTable) = (value.phrase, value.typeName == "table")
        return Fault { RunMessages.notAssignable($0, got: got, isTable: isTable) }
    }

    private static func noField(_ name: String, of value: Value) -> Fault {
        let known: [String]
        switch value {
        case .record(let record): known = record.names
        case .foreign(let object): known = object.fieldNames
        default: known = []
        }
        let type = value.typeName
        return Fault { RunMessages.noField($0, name, of: type, known: known) }
    }
}
