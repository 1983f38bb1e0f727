import Foundation
import Testing

@testable import Compute

@Suite struct PlanTests {
    /// Something of everything: residual sums, concatenation, depthwise, both activations, a value that many read.
    private static func network() throws -> Graph {
        let unit = Block.sequential(.conv(24, kernel: 3), .batchNorm(), .relu)
        return try Graph(
            name: "mixed", input: [1, 12, 12],
            .sequential(
                unit, .residual(.sequential(unit, .conv(24, kernel: 1), .batchNorm())), .relu,
                .residual(
                    .sequential(.conv(40, kernel: 3), .batchNorm()),
                    shortcut: .sequential(
                        .conv(40, kernel: 1), .batchNorm())), .relu,
                .parallel(.conv(12, kernel: 1, bias: true), .maxPool(3, stride: 1, padding: 1), .relu6),
                .batchNorm(), .relu, .separable(32, kernel: 3, stride: 2), .batchNorm(scale: false), .relu6,
                .globalPool,
                .dropout(0.2), .linear(20), .relu, .linear(6)))
    }

    private static let batch = 5
    private static let images = scattered(batch * 144, seed: 8)

    private static func logits(_ plan: TrainingPlan) throws -> Matrix {
        try images.withUnsafeBufferPointer { try plan.forward($0, seed: 3, step: 1) }
    }

    /// A plan in which every node is a step of its own and batch normalisation stands beside the convolutions.
    private static func unfusedInference(_ graph: Graph, _ weights: Weights) throws -> [Float] {
        let context = try DNN.Context(threads: 2)
        let program = Program(graph, observed: [graph.output, graph.features])
        let result = try Lower.lower(program, Lowering(program, batch: batch, training: false, in: context))
        let execution = try Execution(result.plan, visits: result.visits)
        for parameter in result.plan.parameters { try execution.load(parameter, from: weights) }
        _ = execution.floats(result.input).update(fromContentsOf: images)
        try execution.run(result.forward, at: Moment(seed: 0, step: 0))
        return Array(execution.floats(result.outputs[0]))
    }

    @Test func foldedAndFusedInferenceEqualsTheNetworkNodeByNode() throws {
        let graph = try Self.network()
        let weights = scatteredWeights(graph, seed: 2)
        let plan = try InferencePlan(graph, weights: weights, batch: Self.batch)
        let fused = try Self.images.withUnsafeBufferPointer { try plan.run($0, count: Self.batch) }
        let plain = try Self.unfusedInference(graph, weights)
        expectClose(fused.logits.values, plain.map(Double.init))
        // Only the normalisation behind the concatenation has no convolution to go into.
        #expect(plan.explain().count { $0.action.hasPrefix("batch_norm") } == 1)
        #expect(!plan.explain().contains { $0.action == "add" || $0.action == "relu" })
    }

    @Test func fusedTrainingEqualsTheNetworkNodeByNode() throws {
        let graph = try Self.network()
        let weights = scatteredWeights(graph, seed: 2)
        let plan = try TrainingPlan(graph, weights: weights, batch: Self.batch)
        let fused = try Self.logits(plan)
        let program = Program(graph, observed: [graph.output])
        let context = try DNN.Context(threads: 2)
        let result = try Lower.lower(program, Lowering(program, batch: Self.batch, training: true, in: context))
        let execution = try Execution(result.plan, visits: result.visits)
        for parameter in result.plan.parameters { try execution.load(parameter, from: weights) }
        _ = execution.floats(result.input).update(fromContentsOf: Self.images)
        try execution.run(result.forward, at: Moment(seed: 3, step: 1))
        expectClose(fused.values, execution.floats(result.outputs[0]).map(Double.init))
        #expect(execution.steps.count > plan.explain().count)
    }

    @Test func sameBitsTwiceAndInASecondPlan() throws {
        let graph = try Self.network()
        let weights = graph.initialWeights(seed: 4)
        let gradient = Matrix(rows: Self.batch, columns: 6, values: scattered(Self.batch * 6, seed: 1))
        let (one, other) = (
            try TrainingPlan(graph, weights: weights, batch: Self.batch),
            try TrainingPlan(graph, weights: weights, batch: Self.batch)
        )
        let first = try Self.logits(one)
        try one.backward(gradient)
        let gradients = try one.exportGradients()
        // Running statistics move, but training does not read them.
        #expect(try Self.logits(one) == first)
        try one.backward(gradient)
        #expect(try one.exportGradients() == gradients)
        #expect(try Self.logits(other) == first)
        try other.backward(gradient)
        #expect(try other.exportGradients() == gradients)
    }

    @Test func weightsComeOutAsTheyWentIn() throws {
        let graph = try Self.network()
        let weights = scatteredWeights(graph, seed: 6)
        let plan = try TrainingPlan(graph, weights: weights, batch: 2)
        #expect(try plan.exportWeights() == weights)
        #expect(plan.parameters.map(\.name) == graph.parameters.filter(\.spec.trained).map(\.name))
        let decaying = Set(plan.parameters.filter(\.decays).map(\.name))
        #expect(decaying == Set(graph.parameters.filter { $0.spec.shape.count > 1 }.map(\.name)))
        let others = scatteredWeights(graph, seed: 7)
        try plan.load(others)
        #expect(try plan.exportWeights() == others)
    }

    @Test func imagesOfAPartialBatchDoNotDependOnTheRest() throws {
        let graph = try Self.network()
        let plan = try InferencePlan(graph, weights: graph.initialWeights(seed: 1), batch: Self.batch)
        let all = try Self.images.withUnsafeBufferPointer { try plan.run($0, count: Self.batch) }
        let two = try Self.images.withUnsafeBufferPointer { try plan.run($0, count: 2) }
        let none = try Self.images.withUnsafeBufferPointer { try plan.run($0, count: 0) }
        #expect(two.logits == all.logits.selecting(rows: [0, 1]))
        #expect(two.features == all.features.selecting(rows: [0, 1]))
        #expect(none.logits == Matrix(zeros: 0, 6))
    }

    /// For processors without AVX2 oneDNN has no gradients of convolutions but reference ones.
    @Test(.enabled(if: (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.contains("avx2") == true))
    func noStepFallsBackToAReferenceImplementation() throws {
        let graph = try Self.network()
        let weights = graph.initialWeights(seed: 1)
        let rows =
            try TrainingPlan(graph, weights: weights, batch: 8).explain()
            + InferencePlan(graph, weights: weights, batch: 8).explain()
        let slow = rows.filter { $0.implementation.hasPrefix("ref") }
        #expect(slow.isEmpty, "\(slow.map { "\($0.node): \($0.action) \($0.layouts)" })")
    }

    @Test func wrongSizesAreErrors() throws {
        let graph = try Self.network()
        var weights = graph.initialWeights(seed: 1)
        let inference = try InferencePlan(graph, weights: weights, batch: 2)
        let training = try TrainingPlan(graph, weights: weights, batch: 2)
        Self.images.withUnsafeBufferPointer { images in
            #expect(throws: ComputeError.self) { try inference.run(images, count: 3) }
            #expect(throws: ComputeError.self) { try training.forward(images, seed: 0, step: 0) }
        }
        #expect(throws: ComputeError.self) { try training.backward(Matrix(zeros: 2, 5)) }
        #expect(throws: ComputeError.self) { try InferencePlan(graph, weights: weights, batch: 0) }
        weights["linear2.bias"] = Tensor(zeros: [7])
        #expect(
            throws: ComputeError(
                .badArgument, "network 'mixed' needs shape [6], the weights hold [7]", subject: "linear2.bias")
        ) { try inference.load(weights) }
        weights["linear2.bias"] = nil
        #expect(
            throws: ComputeError(
                .badArgument, "the weights hold no 'linear2.bias' for network 'mixed'", subject: "linear2.bias")
        ) { try inference.load(weights) }
    }
}
