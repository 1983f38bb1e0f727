import Compute
import Lang

// How statistics take their data: numbers with gaps, right or wrong answers, and classes under any names.

extension Parameter {
    /// A list of numbers in which none (or NaN) stands for a missing value.
    static func sample(_ name: String, _ help: String = "") -> Parameter {
        Parameter(name, .list(of: .optional(.number())), help)
    }

    /// A list with an entry for every example: a number, true or false, or a list of these for an example of many labels.
    static func scores(_ name: String) -> Parameter {
        Parameter(name, .list(), "for every example a number, or whether it is right")
    }

    static func classNames(_ name: String, _ help: String) -> Parameter {
        Parameter(name, .list(), help)
    }

    static func seed() -> Parameter {
        optional("seed", .integer(0...Int.max), "the session's unless given")
    }

    static func resamples() -> Parameter {
        Parameter("resamples", .integer(1...10_000_000), default: .number(10_000))
    }

    static func level() -> Parameter {
        Parameter("level", .number(0...1), default: .number(0.95), "of the interval")
    }

    static func alternative() -> Parameter {
        Parameter(
            "alternative", .choice(Alternative.allCases.map(\.rawValue)),
            default: .string(Alternative.twoSided.rawValue))
    }
}

extension NativeCall {
    /// Missing values as NaN.
    func sample(_ name: String) throws -> [Double] {
        let list = try list(name)
        return list.numbers ?? list.values.map { $0.asNumber ?? .nan }
    }

    /// A number an example: 1 for true; of an example with many labels their mean.
    func scores(_ name: String) throws -> [Double] {
        let list = try list(name)
        if let numbers = list.numbers { return numbers }
        return try list.values.enumerated().map { index, value in
            let scores = (value.asList?.values ?? [value]).map(Self.score)
            guard !scores.isEmpty, !scores.contains(nil) else {
                throw NativeError(
                    "'\(name)' takes a number, true or false for every example, or a list of these for its labels; got "
                        + "\(value.isNothing ? "none" : "a \(value.typeName)") at \(index)", parameter: name)
            }
            return Summaries.mean(scores.compactMap { $0 })
        }
    }

    private static func score(_ value: Value) -> Double? {
        value.asNumber ?? value.asBool.map { $0 ? 1 : 0 }
    }

    func alternative() throws -> Alternative { Alternative(rawValue: try string("alternative")) ?? .twoSided }

    func seed(_ session: Session) throws -> UInt64 { try optionalInteger("seed").map(UInt64.init) ?? session.seed }
}

/// Classes of any kind, numbered in sorted order.
struct ClassNames {
    /// Sorted: numbers by value, else by name.
    let names: [String]
    /// The number of each entry, a list for each list given.
    let indices: [[Int32]]

    /// Entries between two questions whether to stop.
    private static let often = 65_536

    /// - Throws: `NativeError` for an entry that is missing or no number, string or truth value, and when interrupted.
    init(_ call: NativeCall, _ parameters: String...) throws {
        let numbers = try parameters.compactMap { try call.list($0).numbers }
        if numbers.count == parameters.count, !numbers.joined().contains(where: \.isNaN) {
            (names, indices) = try Self.numbered(numbers, call, by: <) { NumberFormat.text($0) }
        } else {
            let entries = try parameters.map { try Self.texts(call, $0) }
            (names, indices) = try Self.numbered(entries, call, by: <) { $0 }
        }
    }

    private static func numbered<Entry: Hashable>(
        _ lists: [[Entry]], _ call: NativeCall, by isBefore: (Entry, Entry) -> Bool, name: (Entry) -> String
    ) throws -> ([String], [[Int32]]) {
        var seen: Set<Entry> = []
        for list in lists {
            for (index, entry) in list.enumerated() {
                if index % often == 0 { try call.checkInterruption() }
                seen.insert(entry)
            }
        }
        let sorted = seen.sorted(by: isBefore)
        let places = Dictionary(uniqueKeysWithValues: zip(sorted, Int32(0)...))
        let indices = try lists.map { list in
            try list.enumerated().map { index, entry in
                if index % often == 0 { try call.checkInterruption() }
                return places[entry] ?? 0
            }
        }
        return (sorted.map(name), indices)
    }

    private static func texts(_ call: NativeCall, _ parameter: String) throws -> [String] {
        try call.values(parameter).enumerated().map { index, value in
            if index % often == 0 { try call.checkInterruption() }
            guard let text = text(value) else {
                throw NativeError(
                    "'\(parameter)' takes a class for every example, a string, a number, true or false; got "
                        + "\(value.isNothing ? "none" : "a \(value.typeName)") at \(index)", parameter: parameter)
            }
            return text
        }
    }

    /// nil for what cannot be a class.
    private static func text(_ value: Value) -> String? {
        if let number = value.asNumber { return number.isNaN ? nil : NumberFormat.text(number) }
        return value.asString ?? value.asBool.map { $0 ? "true" : "false" }
    }
}
