/// Order statistics without sorting everything (Hoare 1961, "Algorithm 65: find").
enum Selection {
    /// Type-7 quantiles, as `Summaries.quantile`.
    ///
    /// - Parameter values: without NaN.
    /// - Returns: NaN for each of no values.
    static func quantiles(_ values: [Double], _ probabilities: [Double]) -> [Double] {
        guard !values.isEmpty else { return probabilities.map { _ in .nan } }
        var work = values
        return work.withUnsafeMutableBufferPointer { work in
            probabilities.map { p in
                let position = Double(work.count - 1) * p
                let below = min(max(Int(position), 0), work.count - 1)
                place(below, in: work)
                let share = position - Double(below)
                guard share > 0, below + 1 < work.count else { return work[below] }
                // All that is not smaller stands to the right.
                let next = work[(below + 1)...].reduce(.infinity) { min($0, $1) }
                return work[below] + share * (next - work[below])
            }
        }
    }

    /// Moves values so that the one of the given rank is in its place, none larger before it and none smaller after it.
    private static func place(_ rank: Int, in values: UnsafeMutableBufferPointer<Double>) {
        var (low, high) = (0, values.count - 1)
        while low < high {
            let pivot = middle(values[low], values[(low + high) / 2], values[high])
            var (left, right) = (low, high)
            while left <= right {
                while values[left] < pivot { left += 1 }
                while values[right] > pivot { right -= 1 }
                if left <= right {
                    values.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if rank <= right { high = right } else if rank >= left { low = left } else { return }
        }
    }

    private static func middle(_ a: Double, _ b: Double, _ c: Double) -> Double { max(min(a, b), min(max(a, b), c)) }
}
