#if canImport(Glibc)
    import Glibc
#endif

/// LEEP: the mean log likelihood of labels when they are predicted from a source model's class probabilities alone.
///
/// Nguyen, Hassner, Seeger and Archambeau 2020, "LEEP: a new measure to evaluate transferability of learned
/// representations", ICML, equation 2.
public enum LEEP {
    /// - Parameter probabilities: examples × source classes, each row a distribution.
    /// - Returns: nats an example, 0 at best.
    /// - Throws: `ComputeError` of kind `.badArgument` for rows that are no distributions or labels that do not fit.
    public static func score(_ probabilities: FeatureMatrix, _ labels: ClassLabels) throws -> Double {
        try labels.check(examples: probabilities.rows)
        for row in 0..<probabilities.rows {
            let numbers = probabilities.row(row)
            let sum = numbers.reduce(0, +)
            guard abs(sum - 1) <= 1e-3, numbers.allSatisfy({ $0 >= 0 }) else {
                throw ComputeError(
                    .badArgument, "a row holds the probabilities of the source classes; row \(row) sums to \(sum)",
                    subject: "probabilities", remedy: "pass probabilities, not features or logits")
            }
        }
        let sources = probabilities.columns
        var joint = [[Double]](repeating: [Double](repeating: 0, count: sources), count: labels.count)
        for (row, label) in labels.indices.enumerated() {
            for source in 0..<sources { joint[label][source] += probabilities.values[row * sources + source] }
        }
        let marginal = (0..<sources).map { source in joint.reduce(0) { $0 + $1[source] } }
        // A source class that no example may have takes no part.
        let conditional = joint.map { zip($0, marginal).map { $1 > 0 ? $0 / $1 : 0 } }
        let logs = labels.indices.enumerated().map { row, label in log(dot(conditional[label], probabilities.row(row)))
        }
        return logs.reduce(0, +) / Double(probabilities.rows)
    }
}
