/// A column of a table: entries of one kind, packed, some of them possibly missing.
///
/// Numbers mark a missing entry by NaN, so that arithmetic over a column needs no mask; the other kinds by nil. Two
/// columns are equal when their entries are, and a missing entry equals a missing one.
public enum Column: Sendable {
    case numbers([Double])
    case strings([String?])
    case bools([Bool?])

    /// A column from entries of one kind; only missing ones make a column of numbers.
    /// - Throws: `TableError` when entries of different kinds meet.
    public init(_ entries: [Datum]) throws {
        guard let kind = entries.lazy.compactMap(\.kind).first else {
            self = .missing(.number, count: entries.count)
            return
        }
        if let row = entries.firstIndex(where: { $0.kind.map { $0 != kind } ?? false }), let found = entries[row].kind {
            let first = entries.firstIndex { !$0.isMissing } ?? 0
            throw TableError("a column holds entries of one kind: row \(first) is a \(kind), row \(row) is a \(found)")
        }
        switch kind {
        case .number: self = .numbers(entries.map { if case .number(let value) = $0 { value } else { .nan } })
        case .string: self = .strings(entries.map { if case .string(let value) = $0 { value } else { nil } })
        case .bool: self = .bools(entries.map { if case .bool(let value) = $0 { value } else { nil } })
        }
    }

    /// As `init(_:)`; an error names the column.
    init(_ entries: [Datum], named name: String) throws {
        do {
            try self.init(entries)
        } catch let error as TableError {
            throw TableError("column '\(name)': \(error.message)", help: error.help)
        }
    }

    /// A column in which every entry is missing.
    public static func missing(_ kind: ColumnKind, count: Int) -> Column {
        switch kind {
        case .number: .numbers([Double](repeating: .nan, count: count))
        case .string: .strings([String?](repeating: nil, count: count))
        case .bool: .bools([Bool?](repeating: nil, count: count))
        }
    }

    public var kind: ColumnKind {
        switch self {
        case .numbers: .number
        case .strings: .string
        case .bools: .bool
        }
    }

    public var count: Int {
        switch self {
        case .numbers(let values): values.count
        case .strings(let values): values.count
        case .bools(let values): values.count
        }
    }

    /// The entry at `row`, which must be in `0..<count`.
    public subscript(row: Int) -> Datum {
        switch self {
        case .numbers(let values): Datum(values[row])
        case .strings(let values): Datum(values[row])
        case .bools(let values): Datum(values[row])
        }
    }

    public var entries: [Datum] { (0..<count).map { self[$0] } }

    public var isAllMissing: Bool {
        switch self {
        case .numbers(let values): values.allSatisfy(\.isNaN)
        case .strings(let values): values.allSatisfy { $0 == nil }
        case .bools(let values): values.allSatisfy { $0 == nil }
        }
    }

    /// The entries at `rows`, in that order; nil gives a missing entry, as unmatched rows of a join need.
    func taking(_ rows: [Int?]) -> Column {
        switch self {
        case .numbers(let values): .numbers(rows.map { row in row.map { values[$0] } ?? .nan })
        case .strings(let values): .strings(rows.map { row in row.flatMap { values[$0] } })
        case .bools(let values): .bools(rows.map { row in row.flatMap { values[$0] } })
        }
    }

    /// The entries at `rows`, in that order.
    func taking(_ rows: [Int]) -> Column {
        switch self {
        case .numbers(let values): .numbers(rows.map { values[$0] })
        case .strings(let values): .strings(rows.map { values[$0] })
        case .bools(let values): .bools(rows.map { values[$0] })
        }
    }

    /// This column followed by another. A column without any entry takes the other's kind; nil when the kinds differ.
    func appending(_ other: Column) -> Column? {
        switch (self, other) {
        case (.numbers(let first), .numbers(let second)): .numbers(first + second)
        case (.strings(let first), .strings(let second)): .strings(first + second)
        case (.bools(let first), .bools(let second)): .bools(first + second)
        default:
            if isAllMissing {
                Column.missing(other.kind, count: count).appending(other)
            } else if other.isAllMissing {
                appending(.missing(kind, count: other.count))
            } else {
                nil
            }
        }
    }
}

extension Column: Hashable {
    public static func == (first: Column, second: Column) -> Bool {
        switch (first, second) {
        case (.numbers(let a), .numbers(let b)):
            a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
        case (.strings(let a), .strings(let b)): a == b
        case (.bools(let a), .bools(let b)): a == b
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .numbers(let values): for value in values { hasher.combine(Datum(value)) }
        case .strings(let values): hasher.combine(values)
        case .bools(let values): hasher.combine(values)
        }
    }
}
