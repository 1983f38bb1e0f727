/// Rows told apart by the entries of some columns: what grouping, joining, distinct rows and pivots have in common.
///
/// Rows that agree in all columns have the same key, a number; keys count from 0 in order of first appearance. Missing
/// entries agree with each other.
struct RowKeys {
    /// The key of each row.
    private(set) var keys: [Int]
    /// The first row of each key.
    private(set) var firstRows: [Int]

    /// - Throws: `ComputeError` of kind `.cancelled` after Ctrl-C.
    /// - Complexity: linear in the number of entries.
    init(_ columns: [Column], rowCount: Int) throws {
        keys = [Int](repeating: 0, count: rowCount)
        firstRows = rowCount > 0 ? [0] : []
        for column in columns {
            let own = try column.numbered()
            if firstRows.count <= 1 {
                self = own
            } else {
                let width = own.firstRows.count
                let pairs = zip(keys, own.keys).lazy.map { $0 * width + $1 }
                self = try RowKeys(numbering: pairs, count: rowCount)
            }
        }
    }

    /// Keys of values that are equal or not; nil is missing.
    fileprivate init<Entry: Hashable>(numbering entries: some Sequence<Entry?>, count: Int) throws {
        var numbers: [Entry: Int] = [:]
        var missing: Int?
        keys = []
        keys.reserveCapacity(count)
        firstRows = []
        for entry in entries {
            if keys.count & 0xFFFF == 0 { try Interrupt.check() }
            let next = firstRows.count
            let key: Int
            if let entry {
                key = numbers[entry] ?? next
                if key == next { numbers[entry] = key }
            } else {
                key = missing ?? next
                missing = key
            }
            if key == next { firstRows.append(keys.count) }
            keys.append(key)
        }
    }

    fileprivate init(numbering entries: some Sequence<Int>, count: Int) throws {
        try self.init(numbering: entries.lazy.map { Optional($0) }, count: count)
    }

    var count: Int { firstRows.count }

    /// The rows of every key.
    /// - Complexity: linear in the number of rows.
    var members: Members { Members(keys: keys, count: count) }

    /// Rows by key, those of one key side by side and in order.
    struct Members {
        private var starts: [Int]
        private var rows: [Int]

        fileprivate init(keys: [Int], count: Int) {
            starts = [Int](repeating: 0, count: count + 1)
            for key in keys { starts[key + 1] += 1 }
            for key in 0..<count { starts[key + 1] += starts[key] }
            var next = starts
            rows = [Int](repeating: 0, count: keys.count)
            for (row, key) in keys.enumerated() {
                rows[next[key]] = row
                next[key] += 1
            }
        }

        subscript(key: Int) -> ArraySlice<Int> { rows[starts[key]..<starts[key + 1]] }
    }
}

extension Column {
    /// Keys by this column alone.
    fileprivate func numbered() throws -> RowKeys {
        switch self {
        case .numbers(let values): try RowKeys(numbering: values.lazy.map { $0.isNaN ? nil : $0 }, count: values.count)
        case .strings(let values): try RowKeys(numbering: values, count: values.count)
        case .bools(let values): try RowKeys(numbering: values, count: values.count)
        }
    }

    func isMissing(at row: Int) -> Bool {
        switch self {
        case .numbers(let values): values[row].isNaN
        case .strings(let values): values[row] == nil
        case .bools(let values): values[row] == nil
        }
    }
}
