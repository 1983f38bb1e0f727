#if canImport(Glibc)
    import Glibc
#endif

/// LogME: how probable the labels are under a Bayesian linear model on the features, at the best prior and noise.
///
/// You, Liu, Wang and Long 2021, "LogME: practical assessment of pre-trained models for transfer learning", ICML; the fixed
/// point of You et al. 2022, "Ranking and tuning pre-trained models", JMLR 23. For each class the 0/1 indicator y is
/// modelled as N(Fw, 1/β) with w ~ N(0, 1/α). With t = α/β, F = U diag(√σ) Vᵀ and x = Uᵀy the evidence, maximised over β, is
///
///     −n/2 · ln(2π e E/n) + ½ Σ ln(t/(t + σₖ)),    E = ‖y‖² − Σ xₖ² σₖ/(t + σₖ)
///
/// which the fixed point t ← γ · ‖y − Fm‖² / (‖m‖² · (n − γ)) climbs. The score is the mean over the classes of the
/// evidence of one example. The authors' program stops at 0.001 and adds 10⁻⁵ to both denominators; here the maximum is
/// found to all digits, so that scores do not depend on the features' scale. With fewer examples than features it counts
/// every direction of the determinant, which their program does not.
public enum LogME {
    /// t lies within these multiples of the largest σ: where features reproduce labels exactly the evidence has no maximum.
    static let range = (1e-12, 1e12)
    private static let mostSteps = 2000

    /// - Returns: the mean log evidence of an example, in nats.
    /// - Throws: `ComputeError` of kind `.badArgument` for labels that do not fit the features.
    public static func score(_ features: FeatureMatrix, _ labels: ClassLabels, blas: BLAS) throws -> Double {
        try labels.check(examples: features.rows)
        let axes = try SingularAxes(features, blas: blas)
        guard axes.count > 0 else {
            throw ComputeError(.badArgument, "all features are zero", subject: "features")
        }
        let projected = try axes.leftProduct(labels.indicators(), blas: blas)
        let total = labels.sizes.enumerated().reduce(0.0) { sum, entry in
            let squares = projected.column(entry.offset).map { $0 * $0 }
            return sum + evidence(squares, axes.squares, power: Double(entry.element), count: Double(features.rows))
        }
        return total / Double(labels.count)
    }

    /// - Parameters:
    ///   - squares: xₖ².
    ///   - sigma: σₖ.
    ///   - power: ‖y‖².
    private static func evidence(_ squares: [Double], _ sigma: [Double], power: Double, count: Double) -> Double {
        let rest = max(0, power - squares.reduce(0, +))
        let largest = sigma.first ?? 1
        var t = largest / count
        for _ in 0..<mostSteps {
            let next = min(range.1 * largest, max(range.0 * largest, step(from: t, squares, sigma, rest, count)))
            let change = abs(next - t)
            t = next
            if change <= 1e-13 * t { break }
        }
        var (energy, logs) = (rest, 0.0)
        for (square, sigma) in zip(squares, sigma) {
            energy += square * t / (t + sigma)
            logs -= log1p(sigma / t)
        }
        return (-count / 2 * (log(2 * .pi * energy / count) + 1) + logs / 2) / count
    }

    private static func step(
        from t: Double, _ squares: [Double], _ sigma: [Double], _ rest: Double, _ count: Double
    ) -> Double {
        var (gamma, free, weight, residual) = (0.0, count - Double(sigma.count), 0.0, rest)
        for (square, sigma) in zip(squares, sigma) {
            let share = t / (t + sigma)
            gamma += sigma / (t + sigma)
            free += share
            weight += square * sigma / ((t + sigma) * (t + sigma))
            residual += square * share * share
        }
        guard weight > 0 else { return .infinity }
        return free > 0 ? gamma * residual / (weight * free) : 0
    }
}
