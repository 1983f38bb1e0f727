import Testing

@testable import Compute

/// A small member of each family, run: gradients reach every parameter, and inference repeats its bits.
@Suite struct NetworkExecutionTests {
    private static let names = [
        "bn_inception", "densenet121", "inception_resnet_v2", "inception_v1", "inception_v3", "inception_v4",
        "mobilenet_v1", "mobilenet_v2", "nasnet_mobile", "resnet50",
    ]
    private static let batch = 4

    private static func graph(_ name: String) throws -> Graph {
        var options = NetworkOptions()
        (options.stem, options.input, options.classes, options.channels) = (.small, 32, 5, 1)
        (options.width, options.depth) = (0.25, 0.1)
        return try NetworkCatalogueTests.variant(name).graph(options)
    }

    private static func images(_ graph: Graph) -> [Float] {
        var generator = Philox(seed: 5, purpose: "test images")
        return (0..<batch * graph.input.reduce(1, *)).map { _ in Float(generator.below(2001)) / 1000 - 1 }
    }

    @Test func oneMemberOfEachFamilyIsRun() {
        let covered = NetworkFamily.all.map { Set($0.variants.map(\.name)).intersection(Self.names).count }
        #expect(Set(covered) == [1])
    }

    /// A residual block's last scale that starts at zero blocks what is inside the block. Here it starts at one;
    /// `aZeroScaleBlocksItsBlockOnly` covers the start itself.
    @Test(arguments: names) func gradientsReachEveryParameter(_ name: String) throws {
        let graph = try Self.graph(name)
        var weights = graph.initialWeights(seed: 3)
        for (name, node, spec) in graph.parameters where graph.nodes[node].layer is BatchNorm && spec.name == "weight" {
            weights[name] = Tensor(spec.shape, [Float](repeating: 1, count: spec.count))
        }
        let still = try Self.stillParameters(graph, weights)
        #expect(still.isEmpty)
    }

    /// Steps as oneDNN chooses them at native size, without memory: a slow fallback would go unnoticed otherwise. It has no fast
    /// weight gradient for depthwise windows of 5×5 on maps of 7×7, nor for several outputs a channel: NASNet's last cells and
    /// the stem of BN-Inception.
    @Test(arguments: names) func noStepFallsBackToAReferenceImplementation(_ name: String) throws {
        var options = NetworkOptions()
        options.depth = 0.01
        let graph = try NetworkCatalogueTests.variant(name).graph(options)
        let context = try DNN.Context(threads: Threads.available)
        for plan in [
            try Lower.inference(graph, batch: 2, in: context).plan,
            try Lower.training(graph, batch: 2, batchNormMomentum: nil, in: context).plan,
        ] {
            let known = name == "nasnet_mobile" || name == "bn_inception"
            let slow = plan.steps.map { PlanRow($0, plan.buffers) }.filter {
                $0.implementation.hasPrefix("ref")
                    && !(known && $0.node.contains("depthwise") && $0.action == "weight gradient")
            }
            #expect(slow.isEmpty, "\(slow.map { "\($0.node): \($0.action) \($0.layouts)" })")
        }
    }

    @Test func aZeroScaleBlocksItsBlockOnly() throws {
        let graph = try Self.graph("resnet50")
        let weights = graph.initialWeights(seed: 3)
        let zeros = Set(weights.filter { $0.key.hasSuffix(".weight") && Set($0.value.values) == [0] }.keys)
        #expect(zeros.count == 4)
        let still = try Self.stillParameters(graph, weights)
        #expect(!still.isEmpty)
        #expect(zeros.isDisjoint(with: still))
        // Stem, shortcuts and classifier learn from the first step on.
        let outside = still.filter { !$0.contains(".block") || $0.contains("shortcut") }
        #expect(outside.isEmpty)
    }

    /// Trained parameters whose gradient is all zero; every gradient must be finite.
    private static func stillParameters(_ graph: Graph, _ weights: Weights) throws -> [String] {
        let plan = try TrainingPlan(graph, weights: weights, batch: batch)
        let logits = try images(graph).withUnsafeBufferPointer { try plan.forward($0, seed: 1, step: 0) }
        try plan.backward(SoftmaxLoss(logits: logits, labels: [0, 1, 2, 3]).gradient)
        let trained = graph.parameters.filter(\.spec.trained).map(\.name)
        #expect(Set(plan.parameters.map(\.name)) == Set(trained))
        let finite = plan.parameters.flatMap(\.gradient).allSatisfy(\.isFinite)
        #expect(finite)
        return plan.parameters.filter { $0.gradient.allSatisfy { $0 == 0 } }.map(\.name)
    }

    @Test(arguments: names) func inferenceRepeatsItsBits(_ name: String) throws {
        let graph = try Self.graph(name)
        let weights = graph.initialWeights(seed: 3)
        let images = Self.images(graph)
        func run() throws -> (features: Matrix, logits: Matrix) {
            let plan = try InferencePlan(graph, weights: weights, batch: Self.batch)
            return try images.withUnsafeBufferPointer { try plan.run($0, count: Self.batch) }
        }
        let (first, second) = (try run(), try run())
        #expect(first.features == second.features)
        #expect(first.logits == second.logits)
        let finite = first.logits.values.allSatisfy(\.isFinite)
        #expect(finite)
        #expect(Set(first.logits.values).count > 1)
    }
}
