// Functions that take functions, and sorting.

extension CoreLibrary {
    static var higherOrder: [Signature] { [all, any, count, each, filter, groupBy, map, reduce, sort] }

    private static let link = "language.md#functions"
    private static var list: Parameter { Parameter("list", .list(), "a list") }

    private static func test(_ help: String) -> Parameter {
        Parameter("f", .function, help)
    }

    private static var all: Signature {
        Signature(
            "all", group: "lists", summary: "Whether a condition holds for every element.",
            parameters: [list, test("the condition")], returns: .bool, example: "all([2, 4], x => x % 2 == 0)",
            link: link
        ) { call in
            let condition = try Condition(call)
            return .bool(try call.list("list").allSatisfy { try condition.holds($0) })
        }
    }

    private static var any: Signature {
        Signature(
            "any", group: "lists", summary: "Whether a condition holds for some element.",
            parameters: [list, test("the condition")], returns: .bool, example: "any([1, 4], x => x > 3)", link: link
        ) { call in
            let condition = try Condition(call)
            return .bool(try call.list("list").contains { try condition.holds($0) })
        }
    }

    private static var count: Signature {
        Signature(
            "count", group: "lists", summary: "The number of elements for which a condition holds.",
            parameters: [list, test("the condition")], returns: .number(), example: "count([1, 4, 5], x => x > 3)",
            link: link
        ) { call in
            let condition = try Condition(call)
            var count = 0
            for value in try call.list("list") where try condition.holds(value) { count += 1 }
            return .number(Double(count))
        }
    }

    private static var each: Signature {
        Signature(
            "each", group: "lists", summary: "Calls a function with every element, for its effect.",
            parameters: [list, test("what to do")], example: "each([1, 2], x => print(x))", link: link
        ) { call in
            let function = try call.function("f")
            for value in try call.list("list") { _ = try function(value) }
            return .nothing
        }
    }

    private static var filter: Signature {
        Signature(
            "filter", group: "lists", summary: "The elements for which a condition holds.",
            parameters: [list, test("the condition")], returns: .list(), example: "filter([1, 2, 3], x => x > 1)",
            link: link
        ) { call in
            let condition = try Condition(call)
            var kept = ListBuilder()
            for value in try call.list("list") where try condition.holds(value) { kept.append(value) }
            return .list(kept.list)
        }
    }

    /// The function `f` of a call, which must return a truth value.
    private struct Condition {
        private let function: Callback
        private let native: String

        init(_ call: NativeCall) throws {
            function = try call.function("f")
            native = call.name
        }

        @inline(__always)
        func holds(_ value: Value) throws -> Bool {
            let result = try function(value)
            guard case .bool(let bool) = result else {
                throw NativeError(
                    "the condition of '\(native)' returns true or false, got \(result.phrase)", parameter: "f")
            }
            return bool
        }
    }

    private static var groupBy: Signature {
        Signature(
            "group_by", group: "lists", summary: "A record of lists: the elements by what a function says of them.",
            parameters: [
                list, Parameter("by", .oneOf([.function, .string]), "a function of an element, or a field's name"),
            ], returns: .record, example: "group_by([1, 2, 3], x => if x % 2 == 0 { \"even\" } else { \"odd\" })",
            link: link
        ) { call in
            var groups = Record()
            let key = try Key(call)
            for value in try call.list("list") {
                let name = ValueDisplay.text(of: try key(of: value))
                var group = groups[name]?.asList ?? List()
                groups[name] = .nothing  // The list below is then the only reference, and grows in place.
                group.append(value)
                groups[name] = .list(group)
            }
            return .record(groups)
        }
    }

    /// What `by` makes of an element: a function's result, a field, or the element itself.
    private struct Key {
        private let by: Value
        private let function: Callback

        init(_ call: NativeCall) throws {
            by = try call.value("by")
            function = try call.function("by")
        }

        func callAsFunction(of value: Value) throws -> Value {
            switch by {
            case .string(let name): try Indexing.field(name.text, of: value)
            case .nothing: value
            default: try function(value)
            }
        }
    }

    private static var map: Signature {
        Signature(
            "map", group: "lists", summary: "The results of a function for every element.",
            parameters: [list, test("a function of an element")], returns: .list(),
            example: "map([1, 2, 3], x => x ^ 2)", link: link
        ) { call in
            let function = try call.function("f")
            let list = try call.list("list")
            var results = ListBuilder(capacity: list.count)
            for value in list { results.append(try function(value)) }
            return .list(results.list)
        }
    }

    private static var reduce: Signature {
        Signature(
            "reduce", group: "lists", summary: "Joins all elements into one value, from the left.",
            parameters: [
                list, Parameter("f", .function, "a function of the value so far and an element"),
                Parameter("start", .any, default: .nothing, "the first value; the first element when left out"),
            ], example: "reduce([1, 2, 3], (a, b) => a + b)", link: link
        ) { call in
            let function = try call.function("f")
            var rest = try call.values("list")[...]
            var result = try call.value("start")
            if try !call.has("start") {
                guard let first = rest.popFirst() else {
                    throw NativeError("'reduce' of an empty list needs its parameter 'start'", parameter: "list")
                }
                result = first
            }
            for value in rest { result = try function(result, value) }
            return result
        }
    }

    private static var sort: Signature {
        Signature(
            "sort", group: "lists", summary: "The list in ascending order of its elements or of a key.",
            text: "Equal elements keep their order; none and nan come last.",
            parameters: [
                list,
                Parameter(
                    "by", .optional(.oneOf([.function, .string])), default: .nothing,
                    "a function of an element, or a field's name"),
                Parameter("descending", .bool, default: false, "largest first"),
            ], returns: .list(), example: "sort([\"pear\", \"fig\"], by: len)", link: link
        ) { call in
            let list = try call.list("list")
            let descending = try call.bool("descending")
            if let numbers = list.numbers, try call.value("by").isNothing {
                return .numbers(try sorted(numbers, descending: descending, call))
            }
            let values = list.values
            let key = try Key(call)
            let keys = try values.map { try key(of: $0) }
            try checkKeys(keys)
            let order = try StableSort.sorted(Array(keys.indices), check: call.checkInterruption) { a, b in
                isBefore(keys[a], keys[b], descending: descending) ?? (a < b)
            }
            return .list(order.map { values[$0] })
        }
    }

    private static func sorted(_ numbers: [Double], descending: Bool, _ call: NativeCall) throws -> [Double] {
        let present = numbers.filter { !$0.isNaN }
        let known =
            descending
            ? try StableSort.sorted(present, check: call.checkInterruption) { $0 > $1 }
            : try StableSort.sorted(present, check: call.checkInterruption) { $0 < $1 }
        return known + Array(repeating: .nan, count: numbers.count - known.count)
    }

    /// All keys must be numbers, or all strings; none may stand among either.
    private static func checkKeys(_ keys: [Value]) throws {
        var type: String?
        for key in keys where !key.isNothing {
            let isSortable = key.asNumber != nil || key.asString != nil
            guard isSortable, type == nil || type == key.typeName else {
                throw NativeError(
                    "'sort' takes numbers or strings, got \(type.map { "\($0)s and " } ?? "")\(key.phrase)")
            }
            type = key.typeName
        }
    }

    /// nil: equal.
    private static func isBefore(_ a: Value, _ b: Value, descending: Bool) -> Bool? {
        switch (a, b) {
        case (.number(let a), .number(let b)):
            if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? nil : b.isNaN }
            return a == b ? nil : (a < b) != descending
        case (.string(let a), .string(let b)): return a.text == b.text ? nil : (a.text < b.text) != descending
        case (.nothing, .nothing): return nil
        case (.nothing, _): return false
        default: return true
        }
    }
}
