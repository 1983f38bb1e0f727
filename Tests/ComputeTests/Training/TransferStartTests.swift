import Testing

@testable import Compute

@Suite struct TransferStartTests {
    @Test func theBodyKeepsItsWeightsAndTheClassifierIsDrawnAnew() throws {
        let graph = try TrainerTests.graph()
        let weights = graph.initialWeights(seed: 1)
        let (transferred, start) = try graph.transferred(weights, classes: 5, seed: 2)
        #expect(transferred.classes == 5)
        try transferred.check(start)
        let body = weights.filter { !$0.key.hasPrefix("fc.") }
        #expect(start.filter { !$0.key.hasPrefix("fc.") } == body)
        #expect(start["fc.weight"]?.shape == [5, graph.featureCount])
        #expect(start["fc.bias"]?.shape == [5])
        #expect(try graph.transferred(weights, classes: 5, seed: 2).weights == start)
        #expect(try graph.transferred(weights, classes: 5, seed: 3).weights["fc.weight"] != start["fc.weight"])
    }

    @Test func theSameNumberOfClassesStillStartsAfresh() throws {
        let graph = try TrainerTests.graph()
        let weights = graph.initialWeights(seed: 1)
        let (same, start) = try graph.transferred(weights, classes: graph.classes, seed: 2)
        #expect(same == graph)
        #expect(start["fc.weight"] != weights["fc.weight"])
    }

    @Test func noClassesAreRefused() throws {
        let graph = try TrainerTests.graph()
        let weights = graph.initialWeights(seed: 1)
        #expect(throws: ComputeError.self) { _ = try graph.transferred(weights, classes: 0, seed: 1) }
    }
}
