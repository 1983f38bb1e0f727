import Testing

@testable import Compute

/// Auxiliary classifiers: part of training, absent from inference.
@Suite struct AuxiliaryTests {
    private static func graph(classes: Int = 2, weight: Float = 0.5, hasHead: Bool = true) throws -> Graph {
        let head = Block.sequential(.globalPool, .linear(classes).named("classifier")).named("side")
        return try Graph(
            name: "headed", input: [1, 6, 6],
            .sequential(
                [.conv(8, kernel: 3).named("conv"), .relu] + (hasHead ? [.auxiliary(head, weight: weight)] : [])
                    + [.conv(4, kernel: 3).named("after"), .globalPool, .linear(classes).named("fc")]))
    }

    @Test func aHeadChangesNothingOfTheNetworkBesideIt() throws {
        let (headed, plain) = (try Self.graph(), try Self.graph(hasHead: false))
        #expect(headed.auxiliaries.map { headed.nodes[$0.node].name } == ["side.classifier"])
        #expect(headed.nodes.filter { !$0.name.hasPrefix("side") }.map(\.name) == plain.nodes.map(\.name))
        #expect(headed.parameterCount == plain.parameterCount + 8 * 2 + 2)
        #expect(headed.multiplyAdds == plain.multiplyAdds)
        #expect(headed.canonicalText != plain.canonicalText)
        #expect(headed.canonicalText != (try Self.graph(weight: 0.3).canonicalText))
    }

    @Test func inferenceNeedsNoWeightsOfIt() throws {
        let (headed, plain) = (try Self.graph(), try Self.graph(hasHead: false))
        let weights = plain.initialWeights(seed: 4)
        let images = scattered(36, seed: 1)
        func run(_ graph: Graph) throws -> Matrix {
            let plan = try InferencePlan(graph, weights: weights, batch: 1)
            return try images.withUnsafeBufferPointer { try plan.run($0, count: 1) }.logits
        }
        #expect(try run(headed) == run(plain))
        #expect(throws: ComputeError.self) { try TrainingPlan(headed, weights: weights, batch: 1) }
    }

    @Test func gradientsOfBothLossesAdd() throws {
        let graph = try Self.graph()
        let plan = try TrainingPlan(graph, weights: graph.initialWeights(seed: 4), batch: 3)
        let images = scattered(3 * 36, seed: 1)
        let slopes = [2, 3].map { Matrix(rows: 3, columns: 2, values: scattered(6, seed: $0)) }
        func gradients(_ main: Matrix, _ side: [Matrix]) throws -> Weights {
            _ = try images.withUnsafeBufferPointer { try plan.forward($0, seed: 1, step: 0) }
            try plan.backward(main, auxiliary: side)
            return try plan.exportGradients()
        }
        let both = try gradients(slopes[0], [slopes[1]])
        let (main, side) = (try gradients(slopes[0], []), try gradients(Matrix(zeros: 3, 2), [slopes[1]]))
        for (name, sum) in both {
            let parts = zip(main[name]?.values ?? [], side[name]?.values ?? []).map { Double($0) + Double($1) }
            expectClose(sum.values, parts)
        }
        #expect(main["side.classifier.weight"]?.values.allSatisfy { $0 == 0 } == true)
        #expect(side["after.weight"]?.values.allSatisfy { $0 == 0 } == true)
        #expect(side["conv.weight"]?.values.contains { $0 != 0 } == true)
        #expect(throws: ComputeError.self) { try plan.backward(slopes[0], auxiliary: [Matrix(zeros: 3, 5)]) }
    }

    @Test func trainingTeachesTheHeadTheLabels() throws {
        let graph = try Self.graph()
        let start = graph.initialWeights(seed: 1)
        var recipe = Recipe(learningRate: 0.05, duration: .steps(20))
        recipe.batch = 16
        let (weights, _) = try Trainer(recipe, seed: 1)
            .train(graph, from: start, on: TrainerTests.examples, monitor: SilentMonitor())
        #expect(weights["side.classifier.weight"] != start["side.classifier.weight"])
        let plain = try Self.graph(hasHead: false)
        let (without, _) = try Trainer(recipe, seed: 1)
            .train(plain, from: start, on: TrainerTests.examples, monitor: SilentMonitor())
        #expect(without["conv.weight"] != weights["conv.weight"])
    }

    @Test func newClassesReplaceBothClassifiers() throws {
        let graph = try Self.graph()
        let replaced = try graph.replacingClassifier(classes: 7)
        #expect(replaced == (try Self.graph(classes: 7)))
        let start = try graph.transferred(graph.initialWeights(seed: 1), classes: 7, seed: 2).weights
        try replaced.check(start)
        #expect(start["side.classifier.weight"]?.shape == [7, 8])
    }

    @Test func aHeadWithOtherClassesOrWithoutALinearEndIsRefused() {
        for head in [Block.sequential(.globalPool, .linear(3)), .globalPool, .relu] {
            let error = #expect(throws: ComputeError.self) {
                try Graph(
                    name: "g", input: [1, 6, 6],
                    .sequential(.conv(4, kernel: 3), .auxiliary(head, weight: 1), .globalPool, .linear(2)))
            }
            #expect(error?.kind == .badGraph)
        }
    }
}
