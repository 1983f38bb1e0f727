import TestSupport

@testable import Compute

/// Values from Tests/Reference/statistics/comparisons.py.
struct ComparisonsReference: Decodable {
    struct CorrelationRow: Decodable {
        let samples: [[Double]]
        let independent: Bool
        let method, alternative: String
        let z, p: Double
        let interval: [Double]?
    }

    struct BinomialRow: Decodable {
        let right, of: Int
        let null, p: Double
        let alternative: String
        let interval: [Double]
    }

    struct McNemarRow: Decodable {
        let counts: [Int]
        let alternative: String
        let p: Double
        let interval: [Double]?
    }

    struct PermutationRow: Decodable {
        let x, y: [Double]
        let classes: [Int]?
        let alternative: String
        let estimate, p: Double
    }

    struct AdjustedRow: Decodable {
        let p, bonferroni, holm, bh, by: [Double]
    }

    struct PrecisionRow: Decodable {
        let scores, labels: [Double]
        let interpolation: String
        let value: Double
    }

    struct CalibrationRow: Decodable {
        let confidence: [Double]
        let right: [Bool]
        let bins: Int
        let error: Double
    }

    struct BCaRow: Decodable {
        let data, replicates: [Double]
        let low, high: Double
    }

    struct LineRow: Decodable {
        let x, y: [Double]
        let slope, intercept, deviation, low, high: Double
    }

    let correlations: [CorrelationRow]
    let binomial: [BinomialRow]
    let mcnemar: [McNemarRow]
    let permutations: [PermutationRow]
    let adjusted: [AdjustedRow]
    let precisions: [PrecisionRow]
    let calibration: [CalibrationRow]
    let bca: [BCaRow]
    let line: LineRow

    static func read() throws -> ComparisonsReference {
        try ReferenceFile.read("statistics/comparisons.json")
    }
}
