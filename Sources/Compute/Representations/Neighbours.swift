/// The k nearest examples of each example, by comparison with all.
///
/// Products of blocks of examples give all distances up to rounding; those that may be among the nearest are then computed
/// again from the differences. So equal examples are at distance 0, and equal distances are in the order of the examples.
public struct Neighbours: Sendable {
    public enum Metric: String, Sendable, CaseIterable {
        case euclidean
        /// 1 − cosine of the angle.
        case cosine
    }

    public let k: Int
    /// Row-major, queries × k, nearest first.
    public let indices: [Int]
    public let distances: [Double]

    private static let block = 128

    /// - Parameters:
    ///   - queries: whose neighbours are sought; nil takes the examples themselves, each without itself.
    ///   - k: at most the number of candidates.
    ///   - check: called between blocks; what it throws ends the search.
    /// - Throws: `ComputeError` of kind `.badArgument` for a `k` out of range, other numbers of columns, and a row of zeros with
    ///   `.cosine`.
    /// - Complexity: O(n² d) time, O(n · k) memory beside the block.
    public init(
        of queries: FeatureMatrix? = nil, among examples: FeatureMatrix, k: Int, metric: Metric, blas: BLAS,
        check: () throws -> Void = {}
    ) throws {
        let candidates = examples.rows - (queries == nil ? 1 : 0)
        guard k >= 1, k <= candidates else {
            throw ComputeError(
                .badArgument, "there are \(candidates) neighbours to choose from, asked for \(k)", subject: "k")
        }
        if let queries, queries.columns != examples.columns {
            throw ComputeError(
                .badArgument, "examples have \(examples.columns) features, queries \(queries.columns)")
        }
        let search = NeighbourSearch(
            examples: try metric.prepared(examples), queries: try queries.map(metric.prepared), k: k, metric: metric,
            blas: blas)
        self.k = k
        (indices, distances) = try search.run(block: Neighbours.block, check: check)
    }
}

extension Neighbours.Metric {
    /// Rows of unit length for angles.
    fileprivate func prepared(_ matrix: FeatureMatrix) throws -> FeatureMatrix {
        guard self == .cosine else { return matrix }
        let lengths = NeighbourSearch.squaredLengths(matrix)
        if let row = lengths.firstIndex(of: 0) {
            throw ComputeError(
                .badArgument, "row \(row) is zero and has no direction", remedy: "use metric: \"euclidean\"")
        }
        return matrix.scalingRows(by: lengths.map { 1 / $0.squareRoot() })
    }

    /// From a squared Euclidean distance, of unit vectors for `.cosine`.
    fileprivate func distance(_ square: Double) -> Double { self == .cosine ? square / 2 : square.squareRoot() }
}

/// One search with its prepared rows.
private struct NeighbourSearch {
    let examples: FeatureMatrix
    /// nil: the examples themselves.
    let queries: FeatureMatrix?
    let k: Int
    let metric: Neighbours.Metric
    let blas: BLAS

    static func squaredLengths(_ matrix: FeatureMatrix) -> [Double] {
        let columns = matrix.columns
        return matrix.values.withUnsafeBufferPointer { values in
            (0..<matrix.rows).map { row in
                let numbers = UnsafeBufferPointer(rebasing: values[row * columns..<(row + 1) * columns])
                return dot(numbers, numbers)
            }
        }
    }

    func run(block: Int, check: () throws -> Void) throws -> (indices: [Int], distances: [Double]) {
        let from = queries ?? examples
        let means = examples.means
        // Near the origin the products lose fewest digits.
        let (near, nearFrom) = (examples.centred(by: means), from.centred(by: means))
        let (lengths, fromLengths) = (Self.squaredLengths(near), Self.squaredLengths(nearFrom))
        var indices = [Int](repeating: 0, count: from.rows * k)
        var distances = [Double](repeating: 0, count: from.rows * k)
        var products = [Double](repeating: 0, count: min(block, from.rows) * examples.rows)
        for start in stride(from: 0, to: from.rows, by: block) {
            try check()
            let count = min(block, from.rows - start)
            try multiply(nearFrom, start, count, near, into: &products)
            indices.withUnsafeMutableBufferPointer { indices in
                distances.withUnsafeMutableBufferPointer { distances in
                    products.withUnsafeBufferPointer { products in
                        Parallel.ranges(count, threads: blas.threads) { range in
                            for slot in range {
                                let row = start + slot
                                let found = nearest(
                                    row, from,
                                    UnsafeBufferPointer(
                                        rebasing: products[slot * lengths.count..<(slot + 1) * lengths.count]),
                                    lengths, fromLengths[row])
                                for (place, entry) in found.enumerated() {
                                    indices[row * k + place] = entry.index
                                    distances[row * k + place] = metric.distance(entry.square)
                                }
                            }
                        }
                    }
                }
            }
        }
        return (indices, distances)
    }

    private func multiply(
        _ from: FeatureMatrix, _ start: Int, _ count: Int, _ to: FeatureMatrix, into products: inout [Double]
    ) throws {
        let columns = to.columns
        try products.withUnsafeMutableBufferPointer { products in
            try from.values.withUnsafeBufferPointer { from in
                try to.values.withUnsafeBufferPointer { to in
                    try blas.gemm(
                        UnsafeBufferPointer(rebasing: from[start * columns..<(start + count) * columns]), .plain, to,
                        .transposed, into: UnsafeMutableBufferPointer(rebasing: products[..<(count * examples.rows)]),
                        m: count, n: examples.rows, k: columns)
                }
            }
        }
    }

    /// The k nearest of one row, from its products with all examples.
    private func nearest(
        _ row: Int, _ from: FeatureMatrix, _ products: UnsafeBufferPointer<Double>, _ lengths: [Double],
        _ length: Double
    ) -> [(square: Double, index: Int)] {
        let excluded = queries == nil ? row : -1
        var smallest = SmallestNumbers(k)
        var longest = length
        var rough = [Double](repeating: .infinity, count: lengths.count)
        for index in lengths.indices where index != excluded {
            rough[index] = lengths[index] - 2 * products[index]
            longest = max(longest, lengths[index])
            smallest.offer(rough[index])
        }
        // Twice the error of a product of `columns` terms, both sides of the comparison.
        let slack = 8 * Double(examples.columns + 4) * Double.ulpOfOne * longest
        let limit = smallest.largest + slack
        let candidates = rough.indices.filter { rough[$0] <= limit && $0 != excluded }
        let exact = candidates.map { (square: square(from, row, $0), index: $0) }
        return Array(exact.sorted { ($0.square, $0.index) < ($1.square, $1.index) }.prefix(k))
    }

    private func square(_ from: FeatureMatrix, _ row: Int, _ index: Int) -> Double {
        let columns = examples.columns
        return from.values.withUnsafeBufferPointer { a in
            examples.values.withUnsafeBufferPointer { b in
                var sum = 0.0
                for column in 0..<columns {
                    let difference = a[row * columns + column] - b[index * columns + column]
                    sum += difference * difference
                }
                return sum
            }
        }
    }
}

/// The k smallest of the numbers offered, ascending.
private struct SmallestNumbers {
    private var numbers: [Double] = []
    private let k: Int

    init(_ k: Int) {
        self.k = k
        numbers.reserveCapacity(k + 1)
    }

    var largest: Double { numbers.last ?? .infinity }

    mutating func offer(_ number: Double) {
        guard numbers.count < k || number < largest else { return }
        var (low, high) = (0, numbers.count)
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] <= number { low = middle + 1 } else { high = middle }
        }
        if numbers.count == k { numbers.removeLast() }
        numbers.insert(number, at: low)
    }
}
