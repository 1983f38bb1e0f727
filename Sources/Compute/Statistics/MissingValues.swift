/// What statistics do about missing values, which are NaN: leave them out and say how many, or refuse. Never carry on
/// with NaN in silence.
public enum MissingValues: String, Hashable, Sendable, CaseIterable {
    case drop, fail

    /// Each sample without its missing values.
    ///
    /// - Returns: the samples and how many values are gone.
    /// - Throws: `ComputeError` of kind `.badArgument` when the policy is `.fail` and a value is missing.
    func apply(to samples: [[Double]]) throws -> (samples: [[Double]], dropped: Int) {
        let kept = samples.map { $0.filter { !$0.isNaN } }
        let dropped = zip(samples, kept).reduce(0) { $0 + $1.0.count - $1.1.count }
        try check(dropped)
        return (kept, dropped)
    }

    /// The positions at which no sample is missing.
    ///
    /// - Precondition: all samples have the same length.
    /// - Returns: the samples and how many positions are gone.
    /// - Throws: `ComputeError` of kind `.badArgument` when the policy is `.fail` and a value is missing.
    func applyPairwise(to samples: [[Double]]) throws -> (samples: [[Double]], dropped: Int) {
        let positions = (samples.first ?? []).indices
        let complete = positions.filter { position in !samples.contains { $0[position].isNaN } }
        try check(positions.count - complete.count)
        return (samples.map { sample in complete.map { sample[$0] } }, positions.count - complete.count)
    }

    private func check(_ dropped: Int) throws {
        guard self == .drop || dropped == 0 else {
            throw ComputeError(
                .badArgument, "\(dropped) \(dropped == 1 ? "value is" : "values are") missing",
                remedy: "leave them out, or let the test drop them")
        }
    }
}
