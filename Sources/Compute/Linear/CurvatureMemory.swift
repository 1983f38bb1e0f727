/// The pairs (step, change of gradient) by which L-BFGS knows the curvature, and the two-loop product with them.
///
/// Nocedal 1980, "Updating quasi-Newton matrices with limited storage"; Nocedal & Wright 2006, algorithm 7.4. The pairs
/// survive a change of a quadratic penalty: its part of the curvature is known exactly, so that a path of penalties
/// need not learn the rest anew.
struct CurvatureMemory: Sendable {
    private struct Pair: Sendable {
        var step: [Double]
        var change: [Double]
        /// 1 / (stepᵀ change), positive.
        var inverse: Double
    }

    private let capacity: Int
    private var pairs: [Pair] = []

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Remembers a step unless it shows no positive curvature beyond rounding.
    mutating func append(step: [Double], change: [Double]) {
        let product = dot(step, change)
        guard product > 1e-12 * (dot(step, step) * dot(change, change)).squareRoot() else { return }
        if pairs.count == capacity { pairs.removeFirst() }
        pairs.append(Pair(step: step, change: change, inverse: 1 / product))
    }

    /// The pairs for an objective to which `difference / 2 · Σ xᵢ²` over the first `count` parameters was added.
    mutating func addPenalty(_ difference: Double, first count: Int) {
        for index in pairs.indices {
            var change = pairs[index].change
            for position in 0..<min(count, change.count) {
                change[position] += difference * pairs[index].step[position]
            }
            let product = dot(pairs[index].step, change)
            pairs[index].change = change
            pairs[index].inverse = product > 0 ? 1 / product : 0
        }
        pairs.removeAll { $0.inverse == 0 }
    }

    /// The descent direction −H·gradient, where H starts from the diagonal `inverseCurvature`.
    func direction(for gradient: [Double], inverseCurvature: [Double]) -> [Double] {
        var q = gradient.map { -$0 }
        var weights = [Double](repeating: 0, count: pairs.count)
        for index in pairs.indices.reversed() {
            let pair = pairs[index]
            weights[index] = pair.inverse * dot(pair.step, q)
            add(-weights[index], pair.change, to: &q)
        }
        scale(&q, by: inverseCurvature)
        if let latest = pairs.last {
            let size = weightedSquare(latest.change, inverseCurvature) * latest.inverse
            scale(&q, by: 1 / size)
        }
        for index in pairs.indices {
            let pair = pairs[index]
            add(weights[index] - pair.inverse * dot(pair.change, q), pair.step, to: &q)
        }
        return q
    }
}
