import Foundation
import Testing

@testable import Compute

/// Every network of Kornblith et al. 2019 against timm, torchvision or pretrainedmodels with the same weights and images:
/// logits and features at native size, and running statistics and gradients after a training step on small images.
/// `Tests/Reference/networks/networks.py` makes the numbers and states the formula of weights and images.
@Suite struct NetworkReferenceTests {
    private static let keys = [
        "resnet50", "resnet101", "resnet152", "densenet121", "densenet169", "densenet201", "googlenet", "bninception",
        "inception_v3", "inception_v4", "inception_resnet_v2", "mobilenetv1_100", "mobilenetv2_100", "mobilenetv2_140",
        "nasnetamobile", "nasnetalarge",
    ]

    @Test func everyVariantHasAReference() throws {
        let references = try NetworkReference.all()
        #expect(Set(references.keys) == Set(Self.keys + ["inception_v3 auxiliary"]))
        let covered = Set(references.values.map(\.network))
        #expect(covered == Set(NetworkCatalogueTests.names))
    }

    @Test(arguments: keys) func logitsAndFeaturesAreTheLibrarys(_ key: String) throws {
        let reference = try NetworkReference.named(key)
        let graph = try reference.graph(side: reference.native)
        #expect(graph.parameterCount == reference.parameters)
        let plan = try InferencePlan(graph, weights: reference.weights(of: graph), batch: 1)
        let images = NetworkReference.images("image", 1, side: reference.native)
        let result = try images.withUnsafeBufferPointer { try plan.run($0, count: 1) }
        reference.logits.expect(result.logits.values, within: 1e-4, "\(key) logits")
        reference.features.expect(result.features.values, within: 1e-4, "\(key) features")
    }

    @Test(arguments: keys) func aTrainingStepIsTheLibrarys(_ key: String) throws {
        try Self.expectStep(of: key, statistics: 1e-4, gradients: 1e-3)
    }

    @Test func theAuxiliaryHeadOfInceptionV3IsTorchvisions() throws {
        try Self.expectStep(of: "inception_v3 auxiliary", statistics: 1e-4, gradients: 1e-3)
    }

    private static func expectStep(of key: String, statistics: Double, gradients: Double) throws {
        let reference = try NetworkReference.named(key)
        let step = reference.training
        let graph = try reference.graph(side: step.side)
        let naming = try reference.naming()
        let plan = try TrainingPlan(graph, weights: reference.weights(of: graph), batch: step.batch)
        let logits = try NetworkReference.images(step.image, step.batch, side: step.side).withUnsafeBufferPointer {
            try plan.forward($0, seed: 1, step: 0)
        }
        step.logits.expect(logits.values, within: statistics, "\(key) logits")
        let weighting = NetworkReference.uniform("weighting", logits.values.count).map { Float($0) }
        let slope = Matrix(rows: step.batch, columns: graph.classes, values: weighting)
        let heads = zip(plan.auxiliaryLogits, graph.auxiliaries).map { values, head in
            step.auxiliary?.expect(values.values, within: statistics, "\(key) auxiliary logits")
            return Matrix(rows: step.batch, columns: graph.classes, values: weighting.map { head.weight * $0 })
        }
        #expect(heads.count == (step.auxiliary == nil ? 0 : 1))
        try plan.backward(slope, auxiliary: heads)
        func ours(_ weights: Weights) -> [String: Tensor] {
            Dictionary(
                uniqueKeysWithValues: weights.compactMap { name, tensor in naming.name(name).map { ($0, tensor) } })
        }
        let (after, found) = (ours(try plan.exportWeights()), ours(try plan.exportGradients()))
        for (name, expected) in step.statistics {
            expected.expect(after[name]?.values ?? [], within: statistics, "\(key) \(name)")
        }
        for (name, expected) in step.gradients {
            expected.expect(found[name]?.values ?? [], within: gradients, "\(key) gradient of \(name)")
        }
    }
}
