import Compute

/// The main example's networks at 28×28: images a second and the share of the roofline, for features and training steps.
enum Networks {
    private static let members: [(name: String, width: Double, depth: Double)] = [
        ("mobilenet_v1", 0.25, 0.5), ("inception_v1", 0.125, 0.2), ("densenet121", 0.25, 0.2), ("resnet50", 0.25, 0.2),
    ]
    private static let batch = 64

    static func report(roofline: Double, threads: Int) throws {
        for member in members {
            var options = NetworkOptions()
            (options.width, options.depth, options.stem) = (member.width, member.depth, .small)
            (options.input, options.channels, options.classes) = (28, 1, 10)
            guard let graph = try NetworkFamily.variant(member.name)?.graph(options) else { continue }
            let weights = graph.initialWeights(seed: 0)
            let images = (0..<batch * 28 * 28).map { Float($0 % 255) / 127.5 - 1 }
            let work = 2e-9 * Double(graph.multiplyAdds) * Double(batch)

            let inference = try InferencePlan(graph, weights: weights, batch: batch, threads: threads)
            let features = try Measure.median {
                _ = try images.withUnsafeBufferPointer { try inference.run($0, count: batch) }
            }
            let training = try TrainingPlan(graph, weights: weights, batch: batch, threads: threads)
            let labels = (0..<batch).map { Int32($0 % 10) }
            var step = 0
            let steps = try Measure.median {
                let logits = try images.withUnsafeBufferPointer { try training.forward($0, seed: 0, step: step) }
                try training.backward(SoftmaxLoss(logits: logits, labels: labels).gradient)
                step += 1
            }
            show("features \(member.name)", features, work, roofline)
            show("training step \(member.name)", steps, 3 * work, roofline)
        }
    }

    private static func show(_ name: String, _ seconds: Double, _ work: Double, _ roofline: Double) {
        let rate = work / seconds
        Measure.report(
            name, Double(batch) / seconds, "images/s",
            "\(Int(rate)) GFLOP/s, \(Int(100 * rate / roofline))% of the roofline")
    }
}
