// The values of tx: a closed enum, so that the machine's loop is a switch and never an existential. Its payloads are
// one word each (strings and foreign values are boxed), which keeps a value at 16 bytes; numbers, truth values and
// `none` need no reference counting. Values are immutable to everyone but the `var` that holds them.

/// A tx value.
public enum Value {
    /// `none`. Not called so in Swift, where `.none` already means an absent `Optional`.
    case nothing
    case bool(Bool)
    case number(Double)
    case string(StringBox)
    case list(List)
    case record(Record)
    /// A function written in tx.
    case closure(Closure)
    /// A function of the standard library.
    case native(NativeFunction)
    case formula(Formula)
    /// A value that the host program adds: a table, a model, a chart.
    indirect case foreign(any Foreign)
}

extension Value {
    /// A packed list of numbers.
    public static func numbers(_ numbers: [Double]) -> Value { .list(List(numbers: numbers)) }

    public static func string(_ text: String) -> Value { .string(StringBox(text)) }

    public static func list(_ values: [Value]) -> Value { .list(List(values)) }

    public static func strings(_ strings: [String]) -> Value { .list(List(strings.map { .string($0) })) }

    /// A record with its fields in the order given.
    public static func record(_ fields: KeyValuePairs<String, Value>) -> Value {
        var record = Record()
        for (name, value) in fields { record[name] = value }
        return .record(record)
    }

    /// The type as scripts name it: what `type(x)` returns and messages say.
    public var typeName: String {
        switch self {
        case .nothing: "none"
        case .bool: "bool"
        case .number: "number"
        case .string: "string"
        case .list: "list"
        case .record: "record"
        case .closure, .native: "function"
        case .formula: "formula"
        case .foreign(let object): object.typeName
        }
    }

    public var isNothing: Bool {
        if case .nothing = self { return true }
        return false
    }

    public var isFunction: Bool {
        switch self {
        case .closure, .native: true
        default: false
        }
    }

    public var asNumber: Double? {
        if case .number(let number) = self { return number }
        return nil
    }

    public var asString: String? {
        if case .string(let box) = self { return box.text }
        return nil
    }

    public var asBool: Bool? {
        if case .bool(let bool) = self { return bool }
        return nil
    }

    public var asList: List? {
        if case .list(let list) = self { return list }
        return nil
    }

    public var asRecord: Record? {
        if case .record(let record) = self { return record }
        return nil
    }

    public func asForeign<T: Foreign>(_ type: T.Type = T.self) -> T? {
        if case .foreign(let object) = self { return object as? T }
        return nil
    }
}

/// A string on the heap, so that joining onto the only reference grows it in place. Nothing else changes it.
public final class StringBox {
    /// Changed only where the box is known to be unique, which is also why no access can overlap another.
    @exclusivity(unchecked)
    public internal(set) var text: String

    init(_ text: String) { self.text = text }

    /// What `len` says. ASCII needs no search for the characters' bounds, except that a CR and LF are one.
    var characterCount: Int {
        var copy = text
        let isSimple = copy.withUTF8 { bytes in
            var all: UInt8 = 0
            var hasReturn = false
            for byte in bytes {
                all |= byte
                hasReturn = hasReturn || byte == UInt8(ascii: "\r")
            }
            return all < 0x80 && !hasReturn
        }
        return isSimple ? text.utf8.count : text.count
    }

    /// The string with another behind it: this one, when `box` was the only reference.
    static func join(_ tail: String, onto box: inout StringBox) {
        if isKnownUniquelyReferenced(&box) {
            box.text += tail
        } else {
            box = StringBox(box.text + tail)
        }
    }
}

// MARK: - Taking

/// Moving a payload out of the place that holds it, so that a change finds the only reference and needs no copy. A
/// `switch` over the place, or over a tuple with it, would keep a second reference until its end; for the same reason
/// these are never inlined.
extension Value {
    /// The list, and `none` stays behind; nil and no change when this is no list.
    @inline(never)
    mutating func takeList() -> List? {
        guard case .list(let list) = self else { return nil }
        self = .nothing
        return list
    }

    @inline(never)
    mutating func takeRecord() -> Record? {
        guard case .record(let record) = self else { return nil }
        self = .nothing
        return record
    }

    @inline(never)
    mutating func takeString() -> StringBox? {
        guard case .string(let box) = self else { return nil }
        self = .nothing
        return box
    }
}

extension Value: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: Value...) { self = .list(List(elements)) }
}
