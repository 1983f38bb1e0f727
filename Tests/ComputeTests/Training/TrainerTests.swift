import Testing

@testable import Compute

/// Whole trainings on a problem that a tiny network separates: bright or dark upper half, 6×6 pixels with noise.
@Suite struct TrainerTests {
    static let examples: Examples = {
        var generator = Philox(seed: 11, purpose: "test examples")
        let labels = (0..<80).map { Int32($0 % 2) }
        var pixels: [UInt8] = []
        for label in labels {
            for place in 0..<36 {
                let isBright = (place < 18) == (label == 1)
                pixels.append(UInt8((isBright ? 160 : 10) + generator.below(90)))
            }
        }
        return Examples(imageSize: 36, pixels: pixels, labels: labels)
    }()

    static func graph() throws -> Graph {
        try Graph(
            name: "tiny", input: [1, 6, 6],
            .sequential(
                .conv(8, kernel: 3).named("conv"), .batchNorm().named("bn"), .relu, .flatten, .dropout(0.1),
                .linear(2).named("fc")))
    }

    private static func recipe(steps: Int) -> Recipe {
        var recipe = Recipe(learningRate: 0.05, duration: .steps(steps))
        (recipe.batch, recipe.augmentation) = (16, Augmentation(flip: true, shift: 1))
        return recipe
    }

    private static func train(seed: UInt64, threads: Int = 1) throws -> (weights: Weights, history: History) {
        let graph = try graph()
        return try Trainer(recipe(steps: 40), seed: seed, threads: threads)
            .train(graph, from: graph.initialWeights(seed: seed), on: examples, monitor: SilentMonitor())
    }

    @Test func aSeparableProblemIsLearned() throws {
        let (weights, history) = try Self.train(seed: 1)
        let last = try #require(history.readings.last)
        let first = try #require(history.readings.first)
        #expect(last.loss < first.loss)
        #expect(history.readings.map(\.step) == Array(1...40))
        #expect(history.examples == 40 * 16)
        let (_, logits) = try FeatureExtractor(try Self.graph(), weights: weights)
            .run(Self.examples, task: "test", monitor: SilentMonitor())
        let right = Self.examples.labels.indices.filter {
            (logits[$0, 1] > logits[$0, 0]) == (Self.examples.labels[$0] == 1)
        }
        #expect(Double(right.count) > 0.95 * Double(Self.examples.count))
    }

    @Test(arguments: [1, 2]) func oneSeedGivesTheSameBits(_ threads: Int) throws {
        let (first, second) = (
            try Self.train(seed: 1, threads: threads), try Self.train(seed: 1, threads: threads)
        )
        #expect(first.weights == second.weights)
        #expect(first.history.readings == second.history.readings)
        #expect(try Self.train(seed: 2, threads: threads).weights != first.weights)
    }

    @Test func aLossThatIsNotFiniteNamesStepAndRate() throws {
        let graph = try Self.graph()
        var recipe = Self.recipe(steps: 20)
        (recipe.learningRate, recipe.schedule) = (1e20, .constant)
        let error = try #require(throws: ComputeError.self) {
            _ = try Trainer(recipe, seed: 1, task: "wild")
                .train(graph, from: graph.initialWeights(seed: 1), on: Self.examples, monitor: SilentMonitor())
        }
        #expect(error.kind == .numerical)
        #expect(error.subject == "wild")
        let pattern = #/the loss is not finite at step (\d+) with learning rate 1e\+20/#
        let match = try #require(error.message.wholeMatch(of: pattern))
        let step = try #require(Int(match.1))
        #expect((2...20).contains(step))
        #expect(error.remedy?.contains("'lr'") == true)
    }

    /// Stops at the step where the count of images is reached.
    private struct Stopping: Monitor {
        let at: Int
        func advance(_ progress: Progress) throws {
            #expect(progress.total == 20 * 16)
            #expect(progress.done <= at)
            if progress.done >= at { throw ComputeError(.cancelled, "stopped at \(progress.done)") }
        }
        func check() throws {}
    }

    @Test func aMonitorStopsTheTraining() throws {
        let graph = try Self.graph()
        let error = try #require(throws: ComputeError.self) {
            _ = try Trainer(Self.recipe(steps: 20), seed: 1)
                .train(graph, from: graph.initialWeights(seed: 1), on: Self.examples, monitor: Stopping(at: 48))
        }
        #expect(error == ComputeError(.cancelled, "stopped at 48"))
    }

    @Test func examplesThatDoNotFitAreRefused() throws {
        let graph = try Self.graph()
        func message(_ examples: Examples) throws -> String {
            try #require(throws: ComputeError.self) {
                _ = try Trainer(Self.recipe(steps: 1), seed: 1)
                    .train(graph, from: graph.initialWeights(seed: 1), on: examples, monitor: SilentMonitor())
            }.message
        }
        let image = [UInt8](repeating: 0, count: 36)
        #expect(try message(Examples(imageSize: 36, pixels: [], labels: [])).hasPrefix("training needs examples"))
        #expect(try message(Examples(imageSize: 1, pixels: [0], labels: [0])).contains("an image has 1 values"))
        #expect(try message(Examples(imageSize: 36, pixels: image, labels: [2])) == "label 2 is not within 0..<2")
        #expect(try message(Examples(imageSize: 36, pixels: image, labels: [-1])) == "label -1 is not within 0..<2")
    }
}
