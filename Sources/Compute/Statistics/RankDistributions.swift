#if canImport(Glibc)
    import Glibc
#endif

/// Exact null distributions of rank statistics without ties: the probability of each value from 0 on. All sums are of
/// positive terms, so that small probabilities keep their digits.
struct RankDistribution {
    let probabilities: [Double]

    /// P(X ≤ k).
    func lowerTail(_ k: Int) -> Double {
        k < 0 ? 0 : min(1, probabilities.prefix(k + 1).reduce(0, +))
    }

    /// P(X ≥ k).
    func upperTail(from k: Int) -> Double {
        k >= probabilities.count ? 0 : min(1, probabilities.suffix(from: max(0, k)).reversed().reduce(0, +))
    }

    /// - Returns: p of the observed value for a distribution that is symmetric about its middle.
    func pValue(_ k: Int, _ alternative: Alternative) -> Double {
        switch alternative {
        case .greater: upperTail(from: k)
        case .less: lowerTail(k)
        case .twoSided: min(1, 2 * min(lowerTail(k), upperTail(from: k)))
        }
    }

    /// The sum of those weights that have a positive sign, of whole weights with random signs: ranks, or twice midranks
    /// (Wilcoxon 1945).
    static func signed(_ weights: [Int]) -> RankDistribution {
        var probabilities = [1.0]
        for weight in weights {
            var next = [Double](repeating: 0, count: probabilities.count + weight)
            for (sum, probability) in probabilities.enumerated() {
                next[sum] += probability / 2
                next[sum + weight] += probability / 2
            }
            probabilities = next
        }
        return RankDistribution(probabilities: probabilities)
    }

    /// How many of the m·n pairs have the value of the first sample above (Mann & Whitney 1947, equation 1).
    static func pairsAbove(_ m: Int, _ n: Int) -> RankDistribution {
        /// The row of the smaller first sample, by the size of the second.
        var rows = [[Double]](repeating: [1], count: n + 1)
        for i in stride(from: 1, through: m, by: 1) {
            var row: [[Double]] = [[1]]
            for j in stride(from: 1, through: n, by: 1) {
                let (largestFirst, largestSecond) = (Double(i) / Double(i + j), Double(j) / Double(i + j))
                var next = [Double](repeating: 0, count: i * j + 1)
                // The largest of all values belongs to the first sample, and is above all j, or to the second.
                for (k, probability) in rows[j].enumerated() { next[k + j] += largestFirst * probability }
                for (k, probability) in row[j - 1].enumerated() { next[k] += largestSecond * probability }
                row.append(next)
            }
            rows = row
        }
        return RankDistribution(probabilities: rows[n])
    }

    /// How many of the n(n−1)/2 pairs of a random order are in it the wrong way round (Kendall 1938).
    static func inversions(_ n: Int) -> RankDistribution {
        var probabilities = [1.0]
        for size in stride(from: 2, through: n, by: 1) {
            // The size-th value passes 0 to size − 1 others.
            var next = [Double](repeating: 0, count: probabilities.count + size - 1)
            for (count, probability) in probabilities.enumerated() {
                for passed in 0..<size { next[count + passed] += probability / Double(size) }
            }
            probabilities = next
        }
        return RankDistribution(probabilities: probabilities)
    }

    /// The sum of squared differences of the ranks of n values in random order, half of it, as it is even (Spearman 1904):
    /// all n! orders are looked at, for n to 9.
    static func squaredDifferences(_ n: Int) -> RankDistribution {
        var counts = [Double](repeating: 0, count: (n * n * n - n) / 6 + 1)
        var free = [Bool](repeating: true, count: n)
        var orders = 0.0
        func place(_ position: Int, _ sum: Int) {
            guard position < n else {
                counts[sum / 2] += 1
                orders += 1
                return
            }
            for rank in 0..<n where free[rank] {
                free[rank] = false
                place(position + 1, sum + (rank - position) * (rank - position))
                free[rank] = true
            }
        }
        place(0, 0)
        return RankDistribution(probabilities: counts.map { $0 / orders })
    }
}
