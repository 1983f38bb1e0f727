#if canImport(Glibc)
    import Glibc
#endif

/// The joint probabilities p of t-SNE: how near examples are to each other, sparse and symmetric, Σ p = 1.
///
/// Van der Maaten and Hinton 2008, "Visualizing data using t-SNE", JMLR 9, with only the 3 · perplexity nearest neighbours
/// of each example, as van der Maaten 2014, "Accelerating t-SNE using tree-based algorithms", JMLR 15.
struct Affinities: Sendable {
    /// Row i holds the entries `starts[i]..<starts[i + 1]`, in order of their columns.
    let starts: [Int]
    let columns: [Int]
    let values: [Double]

    var count: Int { starts.count - 1 }

    /// - Parameter check: called between blocks of examples; what it throws ends the work.
    /// - Throws: `ComputeError` of kind `.badArgument` when there are too few examples for the perplexity.
    init(_ features: FeatureMatrix, perplexity: Double, blas: BLAS, check: () throws -> Void) throws {
        let n = features.rows
        guard perplexity >= 1, perplexity < Double(n - 1) else {
            throw ComputeError(
                .badArgument,
                "a perplexity lies between 1 and the number of neighbours, \(n - 1), which it must be below; got \(perplexity)",
                subject: "perplexity", remedy: "a third of the number of examples or less is usual")
        }
        // Where all pairs are few, all are taken.
        let k = n <= Embedding.exactUpTo ? n - 1 : min(n - 1, Int(3 * perplexity) + 1)
        let neighbours = try Neighbours(among: features, k: k, metric: .euclidean, blas: blas, check: check)
        var conditional = [Double](repeating: 0, count: n * k)
        conditional.withUnsafeMutableBufferPointer { conditional in
            Parallel.ranges(n, threads: blas.threads) { range in
                for row in range {
                    let squares = neighbours.distances[row * k..<(row + 1) * k].map { $0 * $0 }
                    let shares = Affinities.conditional(squares, perplexity: perplexity)
                    for (place, share) in shares.enumerated() { conditional[row * k + place] = share }
                }
            }
        }
        self.init(symmetric: conditional, neighbours.indices, count: n, k: k)
    }

    /// p_{j|i} of one example from the squared distances to its neighbours: exp(−β d²), normalised, with the β at which the
    /// entropy is the perplexity's logarithm. Of more equally near neighbours than that, all have the same share.
    static func conditional(_ squares: [Double], perplexity: Double) -> [Double] {
        let nearest = squares.min() ?? 0
        let shifted = squares.map { $0 - nearest }
        let mean = shifted.reduce(0, +) / Double(max(1, shifted.count))
        guard mean > 0 else { return squares.map { _ in 1 / Double(squares.count) } }
        let target = log(perplexity)
        var (beta, low, high) = (1 / mean, 0.0, Double.infinity)
        var powers = shifted
        for _ in 0..<200 {
            var (sum, weighted) = (0.0, 0.0)
            for (place, square) in shifted.enumerated() {
                powers[place] = exp(-beta * square)
                sum += powers[place]
                weighted += powers[place] * square
            }
            let entropy = log(sum) + beta * weighted / sum
            for place in powers.indices { powers[place] /= sum }
            if abs(entropy - target) < 1e-12 || beta > 1e100 / mean { break }
            if entropy > target { low = beta } else { high = beta }
            beta = high.isFinite ? (low + high) / 2 : beta * 2
        }
        return powers
    }

    /// (p_{j|i} + p_{i|j}) / 2n.
    private init(symmetric conditional: [Double], _ indices: [Int], count n: Int, k: Int) {
        var sizes = [Int](repeating: k, count: n)
        for index in indices { sizes[index] += 1 }
        var places = [0]
        for size in sizes { places.append((places.last ?? 0) + size) }
        var entries = [(column: Int, value: Double)](repeating: (0, 0), count: 2 * n * k)
        var next = places
        for row in 0..<n {
            for place in row * k..<(row + 1) * k {
                let (column, value) = (indices[place], conditional[place] / (2 * Double(n)))
                entries[next[row]] = (column, value)
                entries[next[column]] = (row, value)
                next[row] += 1
                next[column] += 1
            }
        }
        var (starts, columns, values): ([Int], [Int], [Double]) = ([0], [], [])
        columns.reserveCapacity(entries.count)
        values.reserveCapacity(entries.count)
        for row in 0..<n {
            let start = columns.count
            for entry in entries[places[row]..<places[row + 1]].sorted(by: { $0.column < $1.column }) {
                if columns.count > start, columns[columns.count - 1] == entry.column {
                    values[values.count - 1] += entry.value
                } else {
                    columns.append(entry.column)
                    values.append(entry.value)
                }
            }
            starts.append(columns.count)
        }
        (self.starts, self.columns, self.values) = (starts, columns, values)
    }
}
