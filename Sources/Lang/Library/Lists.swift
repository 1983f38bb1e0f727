// Functions that make lists from lists without calling back.

extension CoreLibrary {
    static var lists: [Signature] {
        [
            append, chunk, contains, enumerate, first, flatten, indexOf, last, len, range, reverse, unique, zip,
        ]
    }

    private static let link = "language.md#lists"
    private static var list: Parameter { Parameter("list", .list(), "a list") }

    private static var append: Signature {
        Signature(
            "append", group: "lists", summary: "The list with further values at its end.",
            parameters: [list, .rest("values", .any, "what to add")], returns: .list(), example: "append([1, 2], 3)",
            link: link
        ) { call in
            var list = try call.list("list")
            for value in try call.values("values") { list.append(value) }
            return .list(list)
        }
    }

    private static var chunk: Signature {
        Signature(
            "chunk", group: "lists", summary: "The list cut into lists of a size; the last may be shorter.",
            parameters: [list, Parameter("size", .integer(1...Int.max), "elements in each")],
            returns: .list(), example: "chunk([1, 2, 3, 4, 5], 2)", link: link
        ) { call in
            let list = try call.list("list")
            let size = min(try call.integer("size"), max(list.count, 1))
            return .list(
                stride(from: 0, to: list.count, by: size).map { .list(list[$0..<min($0 + size, list.count)]) })
        }
    }

    private static var contains: Signature {
        Signature(
            "contains", group: "lists", summary: "Whether a list, string or record has an element, part or field.",
            parameters: [
                Parameter("collection", .oneOf([.list(), .string, .record]), "where to look"),
                Parameter("element", .any, "what to look for"),
            ], returns: .bool, example: "contains([1, 2], 2)", link: link
        ) { call in
            .bool(try Indexing.contains(try call.value("collection"), try call.value("element")))
        }
    }

    private static var enumerate: Signature {
        Signature(
            "enumerate", group: "lists", summary: "Pairs of index and element.", parameters: [list],
            returns: .list(), example: "enumerate([\"a\", \"b\"])", link: link
        ) { call in
            .list(try call.values("list").enumerated().map { .list([.number(Double($0)), $1]) })
        }
    }

    private static var first: Signature {
        Signature(
            "first", group: "lists", summary: "The first element, or the list of the first n.",
            parameters: [list, Parameter("n", .optional(.integer(0...Int.max)), default: .nothing, "how many")],
            example: "first([3, 1, 2], 2)", link: link
        ) { call in
            let list = try call.list("list")
            guard let count = try call.optionalInteger("n") else { return try end(of: list, at: 0, call) }
            return .list(list[0..<min(count, list.count)])
        }
    }

    private static var flatten: Signature {
        Signature(
            "flatten", group: "lists", summary: "The elements of the lists in a list, one level deep.",
            parameters: [list], returns: .list(), example: "flatten([[1, 2], [3], 4])", link: link
        ) { call in
            var result = List()
            for value in try call.values("list") {
                if case .list(let inner) = value { result.append(contentsOf: inner) } else { result.append(value) }
            }
            return .list(result)
        }
    }

    private static var indexOf: Signature {
        Signature(
            "index_of", group: "lists", summary: "The index of the first equal element, or none.",
            parameters: [list, Parameter("element", .any, "what to look for")], returns: .optional(.number()),
            example: "index_of([5, 7], 7)",
            link: link
        ) { call in
            let element = try call.value("element")
            let index = try call.values("list").firstIndex { Value.areEqual($0, element) }
            return index.map { .number(Double($0)) } ?? .nothing
        }
    }

    private static var last: Signature {
        Signature(
            "last", group: "lists", summary: "The last element, or the list of the last n.",
            parameters: [list, Parameter("n", .optional(.integer(0...Int.max)), default: .nothing, "how many")],
            example: "last([3, 1, 2])", link: link
        ) { call in
            let list = try call.list("list")
            guard let count = try call.optionalInteger("n") else {
                return try end(of: list, at: list.count - 1, call)
            }
            return .list(list[max(0, list.count - count)..<list.count])
        }
    }

    private static func end(of list: List, at index: Int, _ call: NativeCall) throws -> Value {
        guard !list.isEmpty else {
            throw NativeError("'\(call.name)' takes a list that is not empty", parameter: "list")
        }
        return list[index]
    }

    private static var len: Signature {
        Signature(
            "len", group: "lists", summary: "The number of elements, characters or fields.",
            parameters: [Parameter("x", .oneOf([.list(), .string, .record]), "what to count")],
            returns: .number(), example: "len([1, 2, 3])", link: link
        ) { call in
            switch try call.value("x") {
            case .list(let list): .number(Double(list.count))
            case .string(let string): .number(Double(string.characterCount))
            case .record(let record): .number(Double(record.count))
            default: .nothing
            }
        }
    }

    private static var range: Signature {
        Signature(
            "range", group: "lists", summary: "Numbers from a start up to, but not including, an end.",
            text: "With one argument the numbers from 0 up to it. `a..b` writes a range that includes its end.",
            parameters: [
                Parameter("from", .number(), "the start, or the end when it is the only argument"),
                Parameter("to", .optional(.number()), default: .nothing, "the end"),
                Parameter("by", .number(), default: 1, "the step"),
            ], returns: .numbers, example: "range(2, 10, by: 2)", link: link
        ) { call in
            let from = try call.value("from")
            let to = try call.value("to")
            return try Iteration.list(
                from: to.isNothing ? 0 : from, to: to.isNothing ? from : to, by: try call.value("by"),
                isInclusive: false)
        }
    }

    private static var reverse: Signature {
        Signature(
            "reverse", group: "lists", summary: "The list from its end to its beginning.", parameters: [list],
            returns: .oneOf([.list(), .string]), example: "reverse([1, 2, 3])", link: link
        ) { call in
            let list = try call.list("list")
            return .list(list.numbers.map { List(numbers: $0.reversed()) } ?? List(list.values.reversed()))
        }
    }

    private static var unique: Signature {
        Signature(
            "unique", group: "lists", summary: "The list without repetitions, in order of first appearance.",
            parameters: [list], returns: .list(), example: "unique([3, 1, 3, 2, 1])", link: link
        ) { call in
            var seen: Set<ValueKey> = []
            return .list(
                try call.values("list").filter { value in
                    if seen.count & 0xFFF == 0 { try call.checkInterruption() }
                    return seen.insert(ValueKey(value)).inserted
                })
        }
    }

    private static var zip: Signature {
        Signature(
            "zip", group: "lists", summary: "Lists of the first elements, the second elements, and so on.",
            text: "All lists must have the same length.",
            parameters: [.rest("lists", .list(), "lists of one length")], returns: .list(),
            example: "zip([1, 2], [\"a\", \"b\"])",
            link: link
        ) { call in
            let lists = try call.values("lists").compactMap(\.asList)
            let count = lists.first?.count ?? 0
            guard lists.allSatisfy({ $0.count == count }) else {
                let lengths = lists.map { String($0.count) }.joined(separator: ", ")
                throw NativeError("'zip' takes lists of one length, got \(lengths)")
            }
            return .list((0..<count).map { index in .list(lists.map { $0[index] }) })
        }
    }
}
