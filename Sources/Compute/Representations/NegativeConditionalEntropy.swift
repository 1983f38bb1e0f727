#if canImport(Glibc)
    import Glibc
#endif

/// NCE: −H(labels | source labels), what a source model's hard predictions leave open about the labels.
///
/// Tran, Nguyen and Hassner 2019, "Transferability and hardness of supervised classification tasks", ICCV, equation 4.
public enum NegativeConditionalEntropy {
    /// - Returns: nats, 0 where the source label decides the label.
    /// - Throws: `ComputeError` of kind `.badArgument` when there is not one label of each kind an example.
    public static func score(source: ClassLabels, _ labels: ClassLabels) throws -> Double {
        guard !source.indices.isEmpty else { throw ComputeError(.badArgument, "there are no labels") }
        try labels.check(examples: source.indices.count)
        var joint = [Int](repeating: 0, count: source.count * labels.count)
        for (z, y) in zip(source.indices, labels.indices) { joint[z * labels.count + y] += 1 }
        var sum = 0.0
        for (place, count) in joint.enumerated() where count > 0 {
            sum += Double(count) * log(Double(count) / Double(source.sizes[place / labels.count]))
        }
        return sum / Double(source.indices.count)
    }
}
