/// t-SNE: examples in the plane, neighbours beside each other.
///
/// Van der Maaten and Hinton 2008, "Visualizing data using t-SNE", JMLR 9; repulsion above 500 examples by van der Maaten
/// 2014, "Accelerating t-SNE using tree-based algorithms", JMLR 15, with θ = 0.5. Gradient descent with gains and momentum
/// 0.5, with affinities exaggerated twelvefold, for 250 steps, then 0.8. The learning rate is n / 48 and at least 50, by
/// Belkina et al. 2019, "Automated optimized parameters for t-distributed stochastic neighbor embedding", Nature
/// Communications 10, as scikit-learn counts it.
public struct Embedding: Sendable {
    public enum Start: String, Sendable, CaseIterable {
        /// The first two principal components, the first with deviation 0.0001.
        case principal = "pca"
        /// Normal with deviation 0.0001.
        case random
    }

    /// Examples × 2.
    public let points: FeatureMatrix
    /// KL(p ‖ q) in nats at the end.
    public let divergence: Double

    /// So many examples and fewer are compared all with all.
    static let exactUpTo = 500
    private static let angle = 0.5
    private static let early = (steps: 250, exaggeration: 12.0, momentum: 0.5)
    private static let lateMomentum = 0.8
    private static let startDeviation = 1e-4
    /// Principal components of larger features are found by the randomised method.
    private static let largestExact = 2048

    /// The same bits for the same seed, whatever the number of threads.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` for a perplexity too large for the examples; `.cancelled` from the monitor.
    /// - Complexity: O(n² d) once, O(n log n) a step; memory O(n · perplexity).
    public init(
        _ features: FeatureMatrix, perplexity: Double = 30, steps: Int = 1000, seed: UInt64 = 0,
        start: Start = .principal,
        threads: Int = Threads.available, monitor: any Monitor = SilentMonitor()
    ) throws {
        let blas = try BLAS(threads: threads)
        let affinities = try Affinities(features, perplexity: perplexity, blas: blas, check: monitor.check)
        let initial = try Embedding.initial(features, start, seed, monitor)
        let gradient = EmbeddingGradient(
            affinities: affinities, angle: features.rows <= Embedding.exactUpTo ? 0 : Embedding.angle, threads: threads)
        let points = try Embedding.descend(initial, gradient, steps: steps, monitor)
        self.points = try FeatureMatrix(rows: features.rows, columns: 2, values: points)
        divergence = gradient.divergence(points)
    }

    private static func descend(
        _ initial: [Double], _ gradient: EmbeddingGradient, steps: Int, _ monitor: any Monitor
    ) throws -> [Double] {
        var points = initial
        let rate = max(Double(points.count / 2) / early.exaggeration / 4, 50)
        var update = [Double](repeating: 0, count: points.count)
        var slope = update
        var gains = [Double](repeating: 1, count: points.count)
        for step in 0..<max(0, steps) {
            try monitor.advance(Progress(task: "t-SNE", done: step, total: steps, unit: "steps"))
            let isEarly = step < early.steps
            let momentum = isEarly ? early.momentum : lateMomentum
            gradient.evaluate(points, exaggeration: isEarly ? early.exaggeration : 1, into: &slope)
            for index in points.indices {
                let gain = update[index] * slope[index] < 0 ? gains[index] + 0.2 : gains[index] * 0.8
                gains[index] = max(gain, 0.01)
                update[index] = momentum * update[index] - rate * gains[index] * slope[index]
                points[index] += update[index]
            }
        }
        return points
    }

    /// x and y in turn. One thread, since the order of sums in products depends on their number.
    private static func initial(
        _ features: FeatureMatrix, _ start: Start, _ seed: UInt64, _ monitor: any Monitor
    ) throws -> [Double] {
        var generator = Philox(seed: seed, purpose: "t-SNE")
        var points = (0..<2 * features.rows).map { _ in generator.normal() * startDeviation }
        guard start == .principal, features.centred().sumOfSquares > 0 else { return points }
        let scores = try Detached.run(check: monitor.check) {
            let method: PrincipalComponents.Method =
                min(features.rows, features.columns) <= largestExact ? .exact : .randomised
            return try PrincipalComponents(features, 1...2, method, seed, BLAS(threads: 1)).scores
        }
        let deviation = (dot(scores.column(0), scores.column(0)) / Double(scores.rows)).squareRoot()
        for row in 0..<scores.rows {
            for (axis, score) in scores.row(row).enumerated() {
                points[2 * row + axis] = score / deviation * startDeviation
            }
        }
        return points
    }
}
