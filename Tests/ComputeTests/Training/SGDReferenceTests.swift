import Foundation
import TestSupport
import Testing

@testable import Compute

/// Three steps of every option of the recipe, and the loss, against PyTorch.
///
/// `Tests/Reference/training/sgd_steps.py` makes the values and states the network, the images and the weights.
@Suite struct SGDReferenceTests {
    struct Reference: Decodable {
        struct Softmax: Decodable { var value: Double, gradient: [Double] }
        struct Case: Decodable, CustomTestStringConvertible {
            var name, schedule: String
            var momentum, weight_decay, label_smoothing: Double
            var nesterov: Bool
            var warmup: Int
            var ema: Double?
            var losses, rates: [Double]
            var weights: [String: [Double]]
            var testDescription: String { name }
        }
        var rate, factor: Double
        var softmax: Softmax
        var cases: [Case]
    }

    private static func reference() throws -> Reference { try ReferenceFile.read("training/sgd_steps.json") }

    private static let scales = ["conv.weight": 0.4, "conv.bias": 0.2, "fc.weight": 0.6, "fc.bias": 0.2]

    private static func network() throws -> (graph: Graph, weights: Weights) {
        let graph = try Graph(
            name: "tiny", input: [1, 5, 5],
            .sequential(.conv(3, kernel: 3, bias: true).named("conv"), .relu, .globalPool, .linear(3).named("fc")))
        var weights: Weights = [:]
        for (k, (name, _, spec)) in graph.parameters.enumerated() {
            let scale = try #require(scales[name])
            let values = (0..<spec.count).map { Float(scale * sin(0.7 * Double($0) + 1.3 * Double(k))) }
            weights[name] = Tensor(spec.shape, values)
        }
        return (graph, weights)
    }

    private static let examples = Examples(
        imageSize: 25, pixels: (0..<100).map { UInt8((37 * $0 + 11) % 256) }, labels: [0, 1, 2, 1])

    private static func recipe(_ one: Reference.Case, _ reference: Reference) throws -> Recipe {
        var recipe = Recipe(learningRate: reference.rate, duration: .steps(one.losses.count))
        (recipe.momentum, recipe.nesterov, recipe.weightDecay) = (one.momentum, one.nesterov, one.weight_decay)
        (recipe.batch, recipe.warmup, recipe.averaging) = (4, one.warmup, one.ema)
        recipe.labelSmoothing = one.label_smoothing
        let schedules: [String: Schedule] = [
            "constant": .constant, "cosine": .cosine, "exponential": .exponential(factor: reference.factor),
        ]
        recipe.schedule = try #require(schedules[one.schedule])
        return recipe
    }

    @Test func everyOptionStepsAsPyTorch() throws {
        let reference = try Self.reference()
        #expect(reference.cases.count == 10)
        let (graph, weights) = try Self.network()
        for one in reference.cases {
            let trainer = Trainer(try Self.recipe(one, reference), seed: 1)
            let (trained, history) = try trainer.train(
                graph, from: weights, on: Self.examples, monitor: SilentMonitor())
            for (reading, (loss, rate)) in zip(history.readings, zip(one.losses, one.rates)) {
                #expect(isClose(reading.loss, loss, relative: 1e-5), "\(one.name), step \(reading.step)")
                #expect(isClose(reading.learningRate, rate, relative: 1e-12), "\(one.name), step \(reading.step)")
            }
            #expect(history.readings.count == one.losses.count)
            #expect(Set(trained.keys) == Set(one.weights.keys))
            for (name, expected) in one.weights {
                let values = try #require(trained[name]).values
                let error = zip(values, expected).map { abs(Double($0) - $1) }.max() ?? .infinity
                #expect(error < 2e-6, "\(one.name), \(name)")
            }
        }
    }

    /// So that agreement above means something: no two options end at the same weights.
    @Test func everyOptionChangesTheResult() throws {
        let ends = try Self.reference().cases.map { $0.weights["fc.weight"] }
        #expect(Set(ends).count == ends.count)
    }

    @Test func theLossAndItsGradientAreThoseOfPyTorch() throws {
        let expected = try Self.reference().softmax
        let logits = Matrix(rows: 2, columns: 3, values: [1.5, -0.5, 0.25, 3, 3.5, -2])
        let loss = SoftmaxLoss(logits: logits, labels: [2, 1], smoothing: 0.1)
        #expect(isClose(loss.value, expected.value, relative: 1e-12))
        #expect(loss.correct == 1)
        for (slope, right) in zip(loss.gradient.values, expected.gradient) {
            #expect(isClose(Double(slope), right, absolute: 1e-7))
        }
    }
}
