// How the host program adds values to the language: a table, a model, a chart is a class that adopts `Foreign`. The
// machine asks it for fields, display and equality, and, where it is a collection, for elements. Functions of the same
// name for different types are separate `Signature`s that differ in the kind of their first parameter
// (`NativeFunction`).

/// A value that the host program implements.
public protocol Foreign: AnyObject {
    /// What `type(x)` returns: "table", "model". It is also what `ParameterKind.foreign` matches.
    var typeName: String { get }
    /// For completion, "did you mean" and `keys`.
    var fieldNames: [String] { get }
    /// The field `x.name`; nil when there is none.
    func field(_ name: String) throws -> Value?
    /// What a top-level expression shows; `width` is the terminal's, in columns.
    func display(width: Int) -> String
    /// How the value shows inside a list or a record: "<model resnet50>".
    var summary: String { get }
    func isEqual(to other: any Foreign) -> Bool
    /// The number of elements; nil when the value is no collection.
    var count: Int? { get }
    /// The element at `0 <= index < count`.
    func element(at index: Int) throws -> Value
    /// The element at an index of the value's own kind, for a collection whose indices are not `0..<count`; nil for
    /// all others.
    func lookUp(_ index: Value) throws -> Value?
    /// The elements of a range within `0...count`, as a value of the same type.
    func slice(_ range: Range<Int>) throws -> Value
}

extension Foreign {
    public var fieldNames: [String] { [] }
    public func field(_ name: String) throws -> Value? { nil }
    public var summary: String { "<\(typeName)>" }
    public func isEqual(to other: any Foreign) -> Bool { self === other }
    public var count: Int? { nil }
    public func element(at index: Int) throws -> Value { throw NativeError("a \(typeName) has no elements") }
    public func lookUp(_ index: Value) throws -> Value? { nil }
    public func slice(_ range: Range<Int>) throws -> Value { throw NativeError("a \(typeName) cannot be sliced") }
}
