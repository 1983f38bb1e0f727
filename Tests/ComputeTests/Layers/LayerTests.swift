import TestSupport
import Testing

@testable import Compute

@Suite struct LayerTests {
    private static let batch = 3

    @Test(arguments: LayerCase.all) func inferenceEqualsLoops(_ example: LayerCase) throws {
        let graph = try example.graph()
        let (weights, images) = example.data(graph, batch: Self.batch)
        let plan = try InferencePlan(graph, weights: weights, batch: Self.batch)
        let result = try images.withUnsafeBufferPointer { try plan.run($0, count: Self.batch) }
        let naive = NaiveNetwork(graph: graph, batch: Self.batch, training: false)
        let expected = naive.values(images.map(Double.init), weights.mapValues { $0.values.map(Double.init) })
        expectClose(result.logits.values, expected[graph.output])
        expectClose(result.features.values, expected[graph.features])
    }

    @Test(arguments: LayerCase.all) func trainingForwardEqualsLoops(_ example: LayerCase) throws {
        let graph = try example.graph()
        let (weights, images) = example.data(graph, batch: Self.batch)
        let plan = try TrainingPlan(graph, weights: weights, batch: Self.batch)
        let logits = try images.withUnsafeBufferPointer { try plan.forward($0, seed: 9, step: 4) }
        let naive = NaiveNetwork(graph: graph, batch: Self.batch, training: true, seed: 9, step: 4)
        expectClose(
            logits.values, naive.logits(images.map(Double.init), weights.mapValues { $0.values.map(Double.init) }))
    }

    @Test(arguments: LayerCase.all) func gradientsEqualFiniteDifferences(_ example: LayerCase) throws {
        let graph = try example.graph()
        let (weights, images) = example.data(graph, batch: Self.batch)
        let plan = try TrainingPlan(graph, weights: weights, batch: Self.batch)
        // The loss is a fixed weighting of the logits, so that its gradient is known.
        let weighting = scattered(Self.batch * graph.classes, seed: 77)
        _ = try images.withUnsafeBufferPointer { try plan.forward($0, seed: 9, step: 4) }
        try plan.backward(Matrix(rows: Self.batch, columns: graph.classes, values: weighting))
        let gradients = try plan.exportGradients()
        let trained = graph.parameters.filter(\.spec.trained)
        #expect(Set(gradients.keys) == Set(trained.map(\.name)))

        let naive = NaiveNetwork(graph: graph, batch: Self.batch, training: true, seed: 9, step: 4)
        let (inputs, doubles) = (images.map(Double.init), weights.mapValues { $0.values.map(Double.init) })
        for (name, _, spec) in trained {
            let scale = (gradients[name]?.values ?? []).reduce(1e-2) { max($0, abs(Double($1))) }
            for index in FiniteDifference.sample(spec.count, count: 7) {
                let expected = FiniteDifference.derivative(at: doubles[name] ?? [], index: index) { moved in
                    var all = doubles
                    all[name] = moved
                    return zip(naive.logits(inputs, all), weighting).reduce(0) { $0 + $1.0 * Double($1.1) }
                }
                let found = Double(gradients[name]?.values[index] ?? .nan)
                #expect(abs(found - expected) <= 2e-5 * scale + 2e-5, "\(name)[\(index)]: \(found), not \(expected)")
            }
        }
    }

    @Test func everyLayerHasACase() throws {
        let tested = Set(try LayerCase.all.flatMap { try $0.graph().nodes.map { type(of: $0.layer).kind } })
        #expect(tested == Set(LayerCatalogue.all.map { $0.kind }))
        #expect(LayerCatalogue.all.map { $0.kind } == LayerCatalogue.all.map { $0.kind }.sorted())
    }

    @Test func runningStatisticsMoveByMomentumAndTheUnbiasedVariance() throws {
        let graph = try Graph(
            name: "norm", input: [2, 2, 1],
            .sequential(
                .batchNorm(momentum: 0.75).named("bn"), .globalPool, .linear(2)))
        let images: [Float] = [1, 3, 10, 10, 5, 7, 20, 40]  // channel 0: 1 3 5 7, channel 1: 10 10 20 40
        let plan = try TrainingPlan(graph, weights: graph.initialWeights(seed: 1), batch: 2)
        _ = try images.withUnsafeBufferPointer { try plan.forward($0, seed: 0, step: 0) }
        let after = try plan.exportWeights()
        #expect(after["bn.mean"]?.values == [0.25 * 4, 0.25 * 20])
        // Sums of squared deviations are 20 and 600; three degrees of freedom.
        expectClose(after["bn.variance"]?.values ?? [], [0.75 + 0.25 * 20 / 3, 0.75 + 0.25 * 200])
        let faster = try TrainingPlan(graph, weights: graph.initialWeights(seed: 1), batch: 2, batchNormMomentum: 0)
        _ = try images.withUnsafeBufferPointer { try faster.forward($0, seed: 0, step: 0) }
        #expect(try faster.exportWeights()["bn.mean"]?.values == [4, 20])
    }

    @Test func dropoutDependsOnSeedAndStepAndKeepsTheMean() throws {
        let graph = try Graph(name: "drop", input: [1, 40, 50], .sequential(.flatten, .dropout(0.25), .linear(1)))
        var weights = graph.initialWeights(seed: 1)
        weights["linear1.weight"] = Tensor([1, 2000], [Float](repeating: 1, count: 2000))
        weights["linear1.bias"] = Tensor([1], [0])
        let plan = try TrainingPlan(graph, weights: weights, batch: 1)
        let ones = [Float](repeating: 1, count: 2000)
        func sum(_ seed: UInt64, _ step: Int) throws -> Float {
            try ones.withUnsafeBufferPointer { try plan.forward($0, seed: seed, step: step) }.values[0]
        }
        let first = try sum(1, 1)
        #expect(try sum(1, 1) == first)
        #expect(try sum(1, 2) != first)
        #expect(try sum(2, 1) != first)
        // 2000 draws of 4/3 with probability 3/4: mean 2000, deviation 25.8.
        #expect(abs(first - 2000) < 130)
    }
}

extension LayerCase {
    func data(_ graph: Graph, batch: Int) -> (Weights, images: [Float]) {
        (scatteredWeights(graph, seed: 3), scattered(batch * graph.input.reduce(1, *), seed: 5))
    }
}

/// Whole arrays, to an absolute and relative tolerance.
func expectClose(
    _ found: [Float], _ expected: [Double], tolerance: Double = 2e-5, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    let scale = expected.reduce(1) { max($0, abs($1)) }
    for (index, (a, b)) in zip(found, expected).enumerated() where !(abs(Double(a) - b) <= tolerance * scale) {
        Issue.record("value \(index) is \(a), not \(b)", sourceLocation: sourceLocation)
        return
    }
}
