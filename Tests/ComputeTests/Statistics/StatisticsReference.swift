import TestSupport

@testable import Compute

/// Values from Tests/Reference/statistics/statistics.py: mpmath, scipy, and the paper's tables.
struct StatisticsReference: Decodable {
    struct DistributionRow: Decodable {
        let kind: String
        let parameters: [Double]
        let x, upper, lower: Double
    }

    struct TestRow: Decodable {
        let name, alternative: String
        let samples: [[Double]]
        let statistic, p: Double
        /// null where a statistic has none.
        let df: Double?
        let estimate: Double?
        let choices: [String: String]?
        /// null stands for an end that is infinite.
        let interval: [Double?]?
        let flags: [String]
        let numbers: [String: Double]
    }

    struct ModelRow: Decodable {
        let x: [[Double]]
        let y, estimates, errors, t, p, point, confidence, prediction: [Double]
        let intercept: Bool
        let sigma, r_squared, adjusted_r_squared, f, f_p, fit: Double
    }

    struct Setting: Decodable {
        let percent: [[Double]]
        let scores, mean_logits, errors: [Double]
        let r, p: Double
    }

    struct Paper: Decodable {
        let models, datasets: [String]
        let source: [Double]
        let settings: [String: Setting]
    }

    struct SummaryRow: Decodable {
        let values, probabilities, quantiles: [Double]
        let mean, deviation: Double
    }

    struct WilsonRow: Decodable {
        let right, count: Int
        let level, low, high: Double
    }

    struct RankRow: Decodable {
        let values, midranks: [Double]
    }

    let distributions: [DistributionRow]
    let tests: [TestRow]
    let linear_models: [ModelRow]
    let paper: Paper
    let summaries: SummaryRow
    let wilson: [WilsonRow]
    let ranks: RankRow

    static func read() throws -> StatisticsReference {
        try ReferenceFile.read("statistics/statistics.json")
    }
}
