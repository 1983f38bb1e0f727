/// Whether a classifier that is 80% sure is right 80% of the time.
public struct Calibration: Hashable, Sendable {
    /// The examples whose confidence lies above `low` and up to `high`.
    public struct Bin: Hashable, Sendable {
        public let low, high: Double
        public let count: Int
        /// Means over the bin; NaN where it is empty.
        public let confidence, accuracy: Double
    }

    public let bins: [Bin]
    /// Σ share of the bin · |accuracy − confidence| (Naeini et al. 2015; Guo et al. 2017, "On calibration of modern
    /// neural networks", equation 3).
    public let expectedError: Double
    /// The largest |accuracy − confidence| of a bin that is not empty.
    public let maximumError: Double

    /// - Parameters:
    ///   - confidence: the probability of the predicted class, within 0...1.
    ///   - isRight: whether the prediction is right.
    ///   - bins: of equal width, at least 1.
    /// - Throws: `ComputeError` of kind `.badArgument` for other input, or none.
    public init(confidence: [Double], isRight: [Bool], bins count: Int = 15) throws {
        guard confidence.count == isRight.count, !confidence.isEmpty, count >= 1 else {
            throw ComputeError(
                .badArgument,
                "calibration takes a confidence and an outcome for every example, got \(confidence.count) and "
                    + "\(isRight.count) in \(count) bins")
        }
        if let odd = confidence.first(where: { !(0...1).contains($0) }) {
            throw ComputeError(.badArgument, "a confidence lies between 0 and 1, got \(odd)", subject: "confidence")
        }
        var members = [[Int]](repeating: [], count: count)
        for (index, value) in confidence.enumerated() {
            let bin = Int((value * Double(count)).rounded(.up)) - 1
            members[min(max(bin, 0), count - 1)].append(index)
        }
        bins = members.enumerated().map { index, members in
            Bin(
                low: Double(index) / Double(count), high: Double(index + 1) / Double(count), count: members.count,
                confidence: Summaries.mean(members.map { confidence[$0] }),
                accuracy: Double(members.count { isRight[$0] }) / Double(members.count))
        }
        let filled = bins.filter { $0.count > 0 }
        expectedError = filled.reduce(0) { sum, bin in
            sum + Double(bin.count) / Double(confidence.count) * abs(bin.accuracy - bin.confidence)
        }
        maximumError = filled.reduce(0) { max($0, abs($1.accuracy - $1.confidence)) }
    }
}
