import Testing

@testable import Compute

@Suite struct FeatureExtractorTests {
    /// The same plan must see the same bits wherever an image stands; a plan of another batch size may round otherwise.
    @Test func aPartialLastBatchEqualsOneByOne() throws {
        let graph = try TrainerTests.graph()
        let weights = graph.initialWeights(seed: 4)
        let examples = TrainerTests.examples.selecting(Array(0..<7))
        let whole = try FeatureExtractor(graph, weights: weights, batch: 3)
            .run(examples, task: "test", monitor: SilentMonitor())
        let single = try FeatureExtractor(graph, weights: weights, batch: 1)
            .run(examples, task: "test", monitor: SilentMonitor())
        #expect(whole.features.rows == 7 && whole.features.columns == graph.featureCount)
        #expect(whole.logits.rows == 7 && whole.logits.columns == 2)
        for (one, other) in [(whole.features, single.features), (whole.logits, single.logits)] {
            let error = zip(one.values, other.values).map { abs($0 - $1) }.max() ?? .infinity
            #expect(error < 1e-5)
        }
        #expect(Set(whole.logits.values).count > 7)
    }

    @Test func noExamplesGiveEmptyMatrices() throws {
        let graph = try TrainerTests.graph()
        let empty = try FeatureExtractor(graph, weights: graph.initialWeights(seed: 4))
            .run(TrainerTests.examples.selecting([]), task: "test", monitor: SilentMonitor())
        #expect(empty.features == Matrix(zeros: 0, graph.featureCount))
    }

    @Test func imagesOfAnotherSizeAreRefused() throws {
        let graph = try TrainerTests.graph()
        let extractor = try FeatureExtractor(graph, weights: graph.initialWeights(seed: 4))
        let error = try #require(throws: ComputeError.self) {
            _ = try extractor.run(
                Examples(imageSize: 4, pixels: [0, 0, 0, 0], labels: [0]), task: "test", monitor: SilentMonitor())
        }
        #expect(error.kind == .badArgument)
    }

    private struct Impatient: Monitor {
        func advance(_ progress: Progress) throws { throw ComputeError(.cancelled, "\(progress.done)") }
        func check() throws {}
    }

    @Test func aMonitorStopsTheExtraction() throws {
        let graph = try TrainerTests.graph()
        let extractor = try FeatureExtractor(graph, weights: graph.initialWeights(seed: 4), batch: 3)
        #expect(throws: ComputeError(.cancelled, "3")) {
            _ = try extractor.run(TrainerTests.examples, task: "test", monitor: Impatient())
        }
    }
}
