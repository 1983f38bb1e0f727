/// H-score: the share of the features' variance, after whitening, that lies between the classes: tr(Σ⁻¹ Σ_between).
///
/// Bao et al. 2019, "An information-theoretic approach to transferability in task transfer learning", ICIP. With few
/// examples Σ is singular and the score is the rank; Ibrahim, Ponomareva and Mazumder 2021, "Newer is not always better:
/// rethinking transferability metrics, their peculiarities, stability and performance", shrink Σ by Ledoit and Wolf 2004, "A
/// well-conditioned estimator for large-dimensional covariance matrices", and Σ_between by the same factor.
public enum HScore {
    /// - Throws: `ComputeError` of kind `.badArgument` for labels that do not fit the features, features that never vary.
    public static func score(
        _ features: FeatureMatrix, _ labels: ClassLabels, shrinkage: Bool = false, blas: BLAS
    ) throws -> Double {
        try labels.check(examples: features.rows)
        try labels.checkSeveral()
        let centred = features.centred()
        let axes = try SingularAxes(centred, blas: blas)
        guard axes.count > 0 else {
            throw ComputeError(.badArgument, "all examples have the same features", subject: "features")
        }
        // Σ_between on axis k is σₖ · Σ_c (Σ_{i∈c} uᵢₖ)² / n_c: the share of the left vector that is constant in classes.
        let sums = try axes.leftProduct(labels.indicators(), blas: blas)
        let shares = (0..<axes.count).map { axis in
            zip(sums.row(axis), labels.sizes).reduce(0) { $0 + $1.0 * $1.0 / Double($1.1) }
        }
        guard shrinkage else { return shares.reduce(0, +) }
        let (kept, mean) = ledoitWolf(centred, axes)
        let count = Double(features.rows)
        return zip(shares, axes.squares).reduce(0) { sum, axis in
            let variance = kept * axis.1 / count
            return sum + axis.0 * variance / (variance + (1 - kept) * mean)
        }
    }

    /// The weight of the sample covariance (divided by n), and the variance of the round one that takes the rest.
    static func ledoitWolf(_ centred: FeatureMatrix, _ axes: SingularAxes) -> (kept: Double, mean: Double) {
        let (n, p) = (Double(centred.rows), Double(centred.columns))
        let trace = axes.squares.reduce(0, +) / n
        let squared = axes.squares.reduce(0) { $0 + $1 * $1 } / (n * n)
        let mean = trace / p
        let lengths = centred.values.withUnsafeBufferPointer { values in
            (0..<centred.rows).reduce(0.0) { sum, row in
                let numbers = UnsafeBufferPointer(rebasing: values[row * centred.columns..<(row + 1) * centred.columns])
                let length = dot(numbers, numbers)
                return sum + length * length
            }
        }
        let distance = squared - mean * trace
        let error = min((lengths / n - squared) / n, distance)
        return (distance > 0 && error > 0 ? 1 - error / distance : 1, mean)
    }
}
