import TestSupport
import Testing

@testable import Compute

@Suite struct AdjustedScoresTests {
    /// Figure 2, right, for every setting, from the accuracies as printed.
    @Test func paperScoresAndErrorsComeOut() throws {
        let paper = try StatisticsReference.read().paper
        for setting in paper.settings.values {
            let scores = try AdjustedScores(
                models: paper.models, datasets: paper.datasets, accuracies: setting.percent.map { $0.map { $0 / 100 } })
            for (row, index) in zip(scores.rows, paper.models.indices) {
                #expect(isClose(row.score, setting.scores[index], absolute: 1e-13))
                #expect(isClose(row.standardError, setting.errors[index]))
                #expect(isClose(row.meanLogit, setting.mean_logits[index]))
            }
            #expect(abs(Summaries.sum(scores.rows.map(\.score))) < 1e-13)
        }
    }

    @Test func countsMakeZeroAndOneFinite() throws {
        let scores = try AdjustedScores(
            models: ["a", "b"], datasets: ["x", "y"], accuracies: [[1, 0.5], [0, 0.5]], testCounts: [10, 10])
        #expect(isClose(scores.rows[0].adjusted[0], Logit.logit(right: 10, of: 10)))
        #expect(throws: ComputeError.self) {
            try AdjustedScores(models: ["a", "b"], datasets: ["x", "y"], accuracies: [[1, 0.5], [0, 0.5]])
        }
    }

    @Test func oneModelHasNoError() throws {
        let scores = try AdjustedScores(models: ["a"], datasets: ["x", "y"], accuracies: [[0.9, 0.5]])
        #expect(scores.rows[0].score == 0)
        #expect(scores.rows[0].standardError.isNaN)
    }

    @Test func badCellsAreNamed() {
        for bad in [Double.nan, -0.1, 1.5] {
            let error = #expect(throws: ComputeError.self) {
                try AdjustedScores(models: ["a", "b"], datasets: ["x"], accuracies: [[0.5], [bad]])
            }
            #expect(error?.message.contains("b ") == true && error?.message.contains(" x") == true)
        }
        #expect(throws: ComputeError.self) { try AdjustedScores(models: [], datasets: [], accuracies: []) }
        #expect(throws: ComputeError.self) {
            try AdjustedScores(models: ["a"], datasets: ["x", "y"], accuracies: [[0.5]])
        }
        #expect(throws: ComputeError.self) {
            try AdjustedScores(models: ["a"], datasets: ["x"], accuracies: [[0.5]], testCounts: [1, 2])
        }
    }
}
