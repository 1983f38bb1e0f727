import Testing

@testable import Compute

/// Schedules and the recipe's arithmetic against closed forms.
@Suite struct ScheduleTests {
    @Test func constantStaysOne() {
        for step in [0, 7, 99] { #expect(Schedule.constant.multiple(at: step, of: 100, stepsPerEpoch: 10) == 1) }
    }

    /// (1 + cos πt) / 2 at t = 0, 1/3, 1/2, 2/3, 1: 1, 3/4, 1/2, 1/4, 0.
    @Test func cosineFallsFromOneToZero() {
        let values = [0, 2, 3, 4, 6].map { Schedule.cosine.multiple(at: $0, of: 6, stepsPerEpoch: 1) }
        for (value, expected) in zip(values, [1, 0.75, 0.5, 0.25, 0]) { #expect(abs(value - expected) < 1e-15) }
    }

    @Test func exponentialMultipliesOnceAnEpochAndContinuouslyBetween() {
        let schedule = Schedule.exponential(factor: 0.81)
        let values = [0, 5, 10, 20].map { schedule.multiple(at: $0, of: 1000, stepsPerEpoch: 10) }
        for (value, expected) in zip(values, [1, 0.9, 0.81, 0.6561]) { #expect(abs(value - expected) < 1e-15) }
    }

    @Test func warmupRisesToTheRateAndTheScheduleBeginsAfterIt() {
        var recipe = Recipe(learningRate: 2, duration: .steps(10))
        recipe.warmup = 4
        let rates = (0..<10).map { recipe.rate(at: $0, of: 10, stepsPerEpoch: 1) }
        let expected = [0.5, 1, 1.5, 2] + (0..<6).map { 2 * Schedule.cosine.multiple(at: $0, of: 6, stepsPerEpoch: 1) }
        #expect(rates == expected)
        #expect(rates[4] == 2)
    }

    @Test func warmupLongerThanTheRunNeverLeavesTheRise() {
        var recipe = Recipe(learningRate: 1, duration: .steps(3))
        recipe.warmup = 10
        let rates = (0..<3).map { recipe.rate(at: $0, of: 3, stepsPerEpoch: 1) }
        #expect(rates == [0.1, 0.2, 0.3])
    }

    @Test func epochsBecomeStepsByExamplesAndBatch() {
        var recipe = Recipe(learningRate: 1, duration: .epochs(3))
        recipe.batch = 32
        #expect(recipe.steps(examples: 320) == 30)
        #expect(recipe.steps(examples: 48) == 5)  // 4.5, rounded away from zero
        #expect(recipe.steps(examples: 8) == 3)  // a batch holds an epoch and more
        recipe.duration = .epochs(0.001)
        #expect(recipe.steps(examples: 320) == 1)
        recipe.duration = .steps(7)
        #expect(recipe.steps(examples: 320) == 7)
    }
}
