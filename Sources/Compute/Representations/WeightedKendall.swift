/// Kendall's τ with weights that fall with the rank: agreement at the top counts most.
///
/// Vigna 2015, "A weighted correlation index for rankings with ties", WWW: an exchange of the values ranked r and s costs
/// 1/(r + 1) + 1/(s + 1), ranks from 0 at the largest. The mean of two coefficients, ranked by x (ties by y) and by y
/// (ties by x), as scipy's `weightedtau` takes it.
public enum WeightedKendall {
    /// - Throws: `ComputeError` of kind `.badArgument` for fewer than two pairs, missing values or a constant sample.
    /// - Complexity: O(n log n).
    public static func coefficient(_ x: [Double], _ y: [Double]) throws -> Double {
        guard x.count == y.count, x.count >= 2 else {
            throw ComputeError(.badArgument, "takes two pairs or more, got \(x.count) and \(y.count) values")
        }
        for (values, name) in [(x, "x"), (y, "y")] {
            guard !values.contains(where: \.isNaN) else {
                throw ComputeError(.badArgument, "some values are missing", subject: name)
            }
            guard values.contains(where: { $0 != values[0] }) else {
                throw ComputeError(.badArgument, "all values are equal, so that they rank nothing", subject: name)
            }
        }
        return (ranked(x, y) + ranked(y, x)) / 2
    }

    private static func ranked(_ x: [Double], _ y: [Double]) -> Double {
        let order = x.indices.sorted { (x[$0], y[$0]) < (x[$1], y[$1]) }
        let weights = order.indices.map { 1 / Double(order.count - $0) }
        let (first, second) = (order.map { x[$0] }, order.map { y[$0] })
        let all = pairs(weights[...])
        let tiedFirst = tied(first, weights)
        let both = tied(Array(zip(first, second)), weights, ==)
        // By the second sample: what is tied in it, and the exchanges that sort it.
        let (sorted, sortedWeights, discordant) = exchanges(second, weights)
        let tiedSecond = tied(sorted, sortedWeights)
        let difference = all - (tiedFirst + tiedSecond - both) - 2 * discordant
        return min(1, max(-1, difference / ((all - tiedFirst) * (all - tiedSecond)).squareRoot()))
    }

    /// Σ over pairs of the sum of their weights.
    private static func pairs(_ weights: ArraySlice<Double>) -> Double {
        weights.reduce(0, +) * Double(weights.count - 1)
    }

    private static func tied(_ values: [Double], _ weights: [Double]) -> Double { tied(values, weights, ==) }

    private static func tied<T>(_ values: [T], _ weights: [Double], _ areEqual: (T, T) -> Bool) -> Double {
        var (sum, start) = (0.0, 0)
        for end in 1...values.count where end == values.count || !areEqual(values[start], values[end]) {
            sum += pairs(weights[start..<end])
            start = end
        }
        return sum
    }

    /// A merge sort of the values; the weight of the pairs in which the later value is the smaller.
    private static func exchanges(
        _ values: [Double], _ weights: [Double]
    ) -> (values: [Double], weights: [Double], cost: Double) {
        guard values.count > 1 else { return (values, weights, 0) }
        let middle = values.count / 2
        let left = exchanges(Array(values[..<middle]), Array(weights[..<middle]))
        let right = exchanges(Array(values[middle...]), Array(weights[middle...]))
        var (sorted, moved, cost) = ([Double](), [Double](), left.cost + right.cost)
        var waiting = left.weights.reduce(0, +)
        var (i, j) = (0, 0)
        while i < left.values.count || j < right.values.count {
            if i < left.values.count, j == right.values.count || left.values[i] <= right.values[j] {
                sorted.append(left.values[i])
                moved.append(left.weights[i])
                waiting -= left.weights[i]
                i += 1
            } else {
                sorted.append(right.values[j])
                moved.append(right.weights[j])
                cost += waiting + right.weights[j] * Double(left.values.count - i)
                j += 1
            }
        }
        return (sorted, moved, cost)
    }
}
