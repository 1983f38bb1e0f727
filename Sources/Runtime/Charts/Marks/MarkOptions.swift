/// Options of marks: declared as values, so that signatures and help can be made from them, and read with one voice.

/// An option that a mark takes besides its channels.
public struct MarkOption: Hashable, Sendable {
    public let name: String
    /// What applies when the option is not given; its kind is the option's kind.
    public let standard: Datum
    public let summary: String

    public init(_ name: String, _ standard: Datum, _ summary: String) {
        self.name = name
        self.standard = standard
        self.summary = summary
    }
}

/// The options of one call, given and standard.
public struct MarkOptions: Sendable {
    private let mark: String
    private let values: [String: Datum]

    /// - Throws: `ChartError` for an option that the mark does not have, or of the wrong kind.
    init(_ given: [String: Datum], of mark: any Mark.Type) throws {
        let declared = mark.options
        var values = Dictionary(declared.map { ($0.name, $0.standard) }, uniquingKeysWith: { first, _ in first })
        for (name, value) in given.sorted(by: { $0.key < $1.key }) {
            guard let option = declared.first(where: { $0.name == name }) else {
                throw ChartError(
                    "\(mark.name) has no argument '\(name)'",
                    help: adviceForUnknown(name, among: mark.argumentNames))
            }
            if let kind = option.standard.kind, let found = value.kind, kind != found {
                throw ChartError("\(mark.name): '\(name)' takes a \(kind), not a \(found)")
            }
            values[name] = value
        }
        self.mark = mark.name
        self.values = values
    }

    /// A number, which must lie in `range`; nil when given as `none`.
    func number(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
        guard case .number(let value) = values[name] else { return nil }
        guard range.contains(value) else {
            let ends = "\(plainNumber(range.lowerBound)) to \(plainNumber(range.upperBound))"
            throw ChartError("\(mark): '\(name)' takes a number from \(ends), not \(plainNumber(value))")
        }
        return value
    }

    func bool(_ name: String) -> Bool { values[name] == .bool(true) }

    func string(_ name: String) -> String? {
        guard case .string(let value) = values[name] else { return nil }
        return value
    }

    /// One of a few words.
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _ type: Choice.Type) throws -> Choice?
    where Choice.RawValue == String {
        guard let word = string(name) else { return nil }
        guard let choice = Choice(rawValue: word) else {
            throw ChartError(
                "\(mark): '\(name)' has no choice '\(word)'",
                help: adviceForUnknown(word, among: Choice.allCases.map(\.rawValue)))
        }
        return choice
    }
}

extension Mark {
    /// All that a call may name: channels in the order of their declaration, then options.
    public static var argumentNames: [String] {
        Channel.allCases.filter { required.union(optional).contains($0) }.map(\.rawValue) + options.map(\.name)
    }
}
