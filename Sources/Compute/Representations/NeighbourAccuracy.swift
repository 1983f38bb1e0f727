/// The accuracy of a vote of the k nearest training examples, each with one voice; of equal votes the first class wins.
///
/// Cover and Hart 1967, "Nearest neighbor pattern classification", IEEE Transactions on Information Theory 13.
public enum NeighbourAccuracy {
    /// - Parameter testLabels: by the numbers of `labels`; −1 for a class without training examples.
    /// - Returns: the share of test examples that get their label.
    /// - Throws: `ComputeError` of kind `.badArgument` as `Neighbours` does, and for labels that do not fit.
    public static func score(
        _ features: FeatureMatrix, _ labels: ClassLabels, test: FeatureMatrix, testLabels: [Int], k: Int,
        metric: Neighbours.Metric, blas: BLAS
    ) throws -> Double {
        try labels.check(examples: features.rows)
        guard testLabels.count == test.rows else {
            throw ComputeError(
                .badArgument,
                "every example needs one label, got \(testLabels.count) labels for \(test.rows) examples",
                subject: "test_labels")
        }
        let neighbours = try Neighbours(of: test, among: features, k: k, metric: metric, blas: blas)
        let right = testLabels.enumerated().count { row, label in
            var votes = [Int](repeating: 0, count: labels.count)
            for place in row * k..<(row + 1) * k { votes[labels.indices[neighbours.indices[place]]] += 1 }
            return votes.firstIndex(of: votes.max() ?? 0) == label
        }
        return Double(right) / Double(test.rows)
    }
}
