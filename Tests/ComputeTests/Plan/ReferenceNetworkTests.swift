import Foundation
import Testing

@testable import Compute

/// A small network against PyTorch (`Tests/Reference/engine/small_network.py` makes the values and states their formula).
@Suite struct ReferenceNetworkTests {
    private struct Reference: Decodable {
        struct Inference: Decodable { var features, logits: [Double] }
        struct Step: Decodable {
            var loss: Double
            var logits: [Double]
            var gradients: [String: [Double]]?
        }
        var inference: Inference
        var steps: [Step]
        var weights: [String: [Double]]
    }

    private static let batch = 4
    private static let labels = [0, 3, 1, 4]

    private static func reference() throws -> Reference {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Reference/engine/small_network.json")
        return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: path))
    }

    private static func graph() throws -> Graph {
        let body = Block.sequential(
            .conv(20, kernel: 3).named("conv1"), .batchNorm().named("bn1"), .relu,
            .conv(20, kernel: 3, groups: 4).named("conv2"), .batchNorm(scale: false).named("bn2"))
        let mixed = Block.parallel(
            .sequential(.conv(12, kernel: 1, bias: true).named("left"), .relu), .avgPool(3, stride: 1, padding: 1))
        return try Graph(
            name: "small", input: [3, 12, 10],
            .sequential(
                .sequential(.conv(8, kernel: 3, padding: 1).named("conv"), .batchNorm().named("bn"), .relu).named(
                    "stem"),
                .maxPool(3, stride: 2, padding: 1),
                .residual(body, shortcut: .conv(20, kernel: 1, bias: true).named("short")).named("block"), .relu,
                mixed.named("mixed"), .depthwise(kernel: 3, stride: 2).named("dw"), .batchNorm().named("dwbn"), .relu6,
                .globalPool, .linear(5).named("fc")))
    }

    /// Value i of the k-th tensor is `scale · sin(0.7 i + 1.3 k) + offset`.
    private static func formula(_ count: Int, _ k: Double, _ scale: Double, _ offset: Double = 0) -> [Float] {
        (0..<count).map { Float(scale * sin(0.7 * Double($0) + 1.3 * k) + offset) }
    }

    private static func weights(_ graph: Graph) -> Weights {
        var weights: Weights = [:]
        for (k, parameter) in graph.parameters.enumerated() {
            let spec = parameter.spec
            let (scale, offset): (Double, Double) =
                switch (spec.name, spec.shape.count) {
                case ("variance", _): (0.4, 1)
                case ("weight", 1): (0.3, 1)
                case (_, 4): (0.35, 0)
                case (_, 2): (0.5, 0)
                default: (0.2, 0)
                }
            weights[parameter.name] = Tensor(spec.shape, formula(spec.count, Double(k), scale, offset))
        }
        return weights
    }

    @Test func inferenceEqualsPyTorch() throws {
        let (graph, reference) = (try Self.graph(), try Self.reference())
        // A larger batch than there are images: the rest is padding.
        let plan = try InferencePlan(graph, weights: Self.weights(graph), batch: 6)
        let images = Self.formula(Self.batch * 360, 0.5, 1)
        let result = try images.withUnsafeBufferPointer { try plan.run($0, count: Self.batch) }
        expectClose(result.features.values, reference.inference.features, tolerance: 5e-6)
        expectClose(result.logits.values, reference.inference.logits, tolerance: 5e-6)
    }

    @Test func threeTrainingStepsEqualPyTorch() throws {
        let (graph, reference) = (try Self.graph(), try Self.reference())
        let plan = try TrainingPlan(graph, weights: Self.weights(graph), batch: Self.batch)
        let images = Self.formula(Self.batch * 360, 0.5, 1)
        var velocity = plan.parameters.map { [Float](repeating: 0, count: $0.value.count) }
        for (step, expected) in reference.steps.enumerated() {
            let logits = try images.withUnsafeBufferPointer { try plan.forward($0, seed: 1, step: step) }
            expectClose(logits.values, expected.logits)
            let (loss, gradient) = Self.crossEntropy(logits)
            #expect(abs(loss - expected.loss) < 2e-5)
            try plan.backward(gradient)
            let gradients = try plan.exportGradients()
            for (name, values) in expected.gradients ?? [:] {
                expectClose(gradients[name]?.values ?? [], values)
            }
            for (index, parameter) in plan.parameters.enumerated() { Self.descend(parameter, &velocity[index]) }
        }
        let after = try plan.exportWeights()
        #expect(Set(after.keys) == Set(reference.weights.keys))
        for (name, values) in reference.weights { expectClose(after[name]?.values ?? [], values, tolerance: 5e-5) }
        expectPaddingIsZero(plan, after)
    }

    /// Mean over the batch, and its gradient.
    private static func crossEntropy(_ logits: Matrix) -> (Double, Matrix) {
        var (loss, gradient) = (0.0, logits)
        for row in 0..<logits.rows {
            let powers = (0..<logits.columns).map { exp(Double(logits[row, $0])) }
            let total = powers.reduce(0, +)
            loss -= log(powers[labels[row]] / total) / Double(logits.rows)
            for c in 0..<logits.columns {
                let target = c == labels[row] ? 1.0 : 0
                gradient[row, c] = Float((powers[c] / total - target) / Double(logits.rows))
            }
        }
        return (loss, gradient)
    }

    /// Nesterov's step with rate 0.05, momentum 0.9, decay 0.001, over the blocked and padded memory.
    private static func descend(_ parameter: TrainedParameter, _ velocity: inout [Float]) {
        for i in velocity.indices {
            let slope = parameter.gradient[i] + (parameter.decays ? 1e-3 * parameter.value[i] : 0)
            velocity[i] = 0.9 * velocity[i] + slope
            parameter.value[i] -= 0.05 * (slope + 0.9 * velocity[i])
        }
    }

    /// As many values that are not zero in the engine's memory as in the plain weights.
    private func expectPaddingIsZero(_ plan: TrainingPlan, _ weights: Weights) {
        for parameter in plan.parameters {
            let plain = weights[parameter.name]?.values ?? []
            #expect(parameter.value.count(where: { $0 != 0 }) == plain.count(where: { $0 != 0 }), "\(parameter.name)")
        }
    }
}
