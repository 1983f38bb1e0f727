import Lang

/// The order of rows by one or more columns.
extension Table {
    /// Rows ordered by the named columns, the first counting most. Stable: equal rows keep their order, also when
    /// descending. Missing entries come last either way; `false` before `true`.
    public func sort(by keys: [String], descending: Bool = false) throws -> Table {
        try sort(by: keys, descending: keys.map { _ in descending })
    }

    /// - Parameter descending: for each key.
    public func sort(by keys: [String], descending: [Bool]) throws -> Table {
        taking(try rowOrder(by: try keys.map { try column($0) }, descending: descending))
    }

    /// The numbers of the rows in the order of some columns, which need not be this table's but have its length.
    ///
    /// By the last key first, and by each earlier one stably: then the first counts most.
    /// - Complexity: O(n + u log u) a key of u different entries, as rows are placed by the rank of their entry.
    /// - Throws: `ComputeError` of kind `.cancelled` after Ctrl-C.
    func rowOrder(by columns: [Column], descending: [Bool]) throws -> [Int] {
        try zip(columns, descending).reversed().reduce(Array(0..<rowCount)) { order, key in
            let ranks = try key.0.ranks(descending: key.1)
            var next = [Int](repeating: 0, count: rowCount + 1)
            for rank in ranks { next[rank + 1] += 1 }
            for rank in 0..<rowCount { next[rank + 1] += next[rank] }
            var sorted = order
            for row in order {
                sorted[next[ranks[row]]] = row
                next[ranks[row]] += 1
            }
            return sorted
        }
    }
}

extension Column {
    /// For each row the place of its entry among the different entries in order, missing ones last.
    fileprivate func ranks(descending: Bool) throws -> [Int] {
        let rows = try RowKeys([self], rowCount: count)
        var rankOfKey = [Int](repeating: 0, count: rows.count)
        for (rank, key) in try order(of: rows, descending: descending).enumerated() { rankOfKey[key] = rank }
        return rows.keys.map { rankOfKey[$0] }
    }

    /// The keys in the order of their entries.
    private func order(of rows: RowKeys, descending: Bool) throws -> [Int] {
        func order<Entry: Comparable>(_ entry: (Int) -> Entry?) throws -> [Int] {
            let entries = rows.firstRows.enumerated().map { (key: $0, entry: entry($1)) }
            let known = entries.compactMap { key, entry in entry.map { (key: key, entry: $0) } }
            let sorted = try StableSort.sorted(known, check: Interrupt.check) {
                descending ? $0.entry > $1.entry : $0.entry < $1.entry
            }
            return sorted.map(\.key) + entries.filter { $0.entry == nil }.map(\.key)
        }
        switch self {
        case .numbers(let values): return try order { values[$0].isNaN ? nil : values[$0] }
        case .strings(let values): return try order { values[$0] }
        case .bools(let values): return try order { values[$0].map { $0 ? 1 : 0 } }
        }
    }
}
