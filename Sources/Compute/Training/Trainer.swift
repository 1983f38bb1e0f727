/// Trains a network on labelled images: batches, forward, loss, backward, step. Auxiliary classifiers, where the network has
/// any, add their weighted losses.
///
/// The same graph, weights, examples, recipe, seed and thread count give the same bits.
public struct Trainer: Sendable {
    public var recipe: Recipe
    public var seed: UInt64
    public var normalization: Normalization
    /// What the progress display calls this work.
    public var task: String
    /// Threads of the engine.
    public var threads: Int

    /// Readings a run leaves in its history.
    static let readings = 50

    public init(
        _ recipe: Recipe, seed: UInt64, normalization: Normalization = Normalization(), task: String = "train",
        threads: Int = Threads.available
    ) {
        self.recipe = recipe
        self.seed = seed
        self.normalization = normalization
        self.task = task
        self.threads = threads
    }

    /// - Returns: the trained weights, running statistics included, and how it went.
    /// - Throws: `.badArgument` for a recipe or examples that do not fit, `.numerical` when the loss is no longer finite,
    ///   `.cancelled` from the monitor.
    public func train(
        _ graph: Graph, from weights: Weights, on examples: Examples, monitor: any Monitor
    ) throws -> (weights: Weights, history: History) {
        try recipe.validate()
        try check(examples, graph)
        let perEpoch = recipe.stepsPerEpoch(examples: examples.count)
        let total = recipe.steps(examples: examples.count)
        let plan = try TrainingPlan(
            graph, weights: weights, batch: recipe.batch, batchNormMomentum: batchNormMomentum(perEpoch),
            threads: threads, monitor: monitor)
        var loader = BatchLoader(
            examples, shape: graph.input, batch: recipe.batch, seed: seed, augmentation: recipe.augmentation,
            normalization: normalization)
        var optimizer = NesterovSGD(recipe, parameters: plan.parameters)
        var record = HistoryRecord(interval: max(1, total / Trainer.readings), batch: recipe.batch)

        for step in 0..<total {
            loader.next()
            let logits = try loader.images.withUnsafeBufferPointer {
                try plan.forward($0, seed: seed, step: step, monitor: monitor)
            }
            let loss = SoftmaxLoss(logits: logits, labels: loader.labels, smoothing: recipe.labelSmoothing)
            let rate = recipe.rate(at: step, of: total, stepsPerEpoch: perEpoch)
            guard loss.value.isFinite else { throw divergence(step: step, rate: rate) }
            try plan.backward(
                loss.gradient, auxiliary: auxiliaryGradients(plan, loader.labels), monitor: monitor)
            optimizer.step(plan.parameters, rate: rate)
            record.add(loss, rate: rate, isLast: step == total - 1)
            try monitor.advance(
                Progress(
                    task: task, done: (step + 1) * recipe.batch, total: total * recipe.batch, unit: "images",
                    detail: record.summary))
        }
        if recipe.averaging != nil { optimizer.useAverages(plan.parameters) }
        return (try plan.exportWeights(), record.finished())
    }

    /// Auxiliary classifiers learn the same labels; what is recorded is the main loss alone.
    private func auxiliaryGradients(_ plan: TrainingPlan, _ labels: [Int32]) -> [Matrix] {
        zip(plan.auxiliaryLogits, plan.graph.auxiliaries).map { logits, head in
            var gradient = SoftmaxLoss(logits: logits, labels: labels, smoothing: recipe.labelSmoothing).gradient
            for i in gradient.values.indices { gradient.values[i] *= head.weight }
            return gradient
        }
    }

    private func check(_ examples: Examples, _ graph: Graph) throws {
        guard examples.count > 0 else {
            throw ComputeError(.badArgument, "training needs examples, the split has none", subject: task)
        }
        guard examples.imageSize == graph.input.reduce(1, *) else {
            throw ComputeError(
                .badArgument, "the network takes \(graph.input), an image has \(examples.imageSize) values",
                subject: task)
        }
        if let label = examples.labels.first(where: { $0 < 0 || Int($0) >= graph.classes }) {
            throw ComputeError(.badArgument, "label \(label) is not within 0..<\(graph.classes)", subject: task)
        }
    }

    private func batchNormMomentum(_ stepsPerEpoch: Double) -> Float? {
        switch recipe.batchNormMomentum {
        case .layers: nil
        case .byEpoch: Float(max(1 - 10 / stepsPerEpoch, 0.9))
        }
    }

    private func divergence(step: Int, rate: Double) -> ComputeError {
        ComputeError(
            .numerical, "the loss is not finite at step \(step + 1) with learning rate \(rate)", subject: task,
            remedy: "lower 'lr', or raise 'warmup'")
    }
}
