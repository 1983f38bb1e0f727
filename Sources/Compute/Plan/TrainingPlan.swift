/// A network compiled for training: forward with batch statistics, backward to the gradients of all parameters.
///
/// Parameters and gradients live in the plan, in the layouts that oneDNN chose; an optimiser changes them in place. Layouts,
/// primitives and memory are decided once; a step allocates its logits only. One plan serves one thread at a time, best always
/// the same one, since OpenMP keeps a team of threads for each caller.
public final class TrainingPlan {
    public let graph: Graph
    public let batch: Int
    private let execution: Execution
    private let lowered: Lower.Result

    /// - Parameters:
    ///   - batch: images a step, always all of them.
    ///   - batchNormMomentum: weight of the old running statistics; nil leaves it to the layers.
    ///   - threads: how many OpenMP threads; the bits of results depend on it.
    /// - Throws: `.badArgument` when a weight is missing or misshapen, `.engine` when oneDNN refuses, `.cancelled` from the
    ///   monitor.
    public init(
        _ graph: Graph, weights: Weights, batch: Int, batchNormMomentum: Float? = nil, threads: Int = Threads.available,
        monitor: any Monitor = SilentMonitor()
    ) throws {
        guard batch > 0 else { throw ComputeError(.badArgument, "batch must be positive, got \(batch)") }
        self.graph = graph
        self.batch = batch
        lowered = try Lower.training(
            graph, batch: batch, batchNormMomentum: batchNormMomentum, in: DNN.Context(threads: threads),
            monitor: monitor)
        execution = try Execution(lowered.plan, visits: lowered.visits, monitor: monitor)
        try load(weights)
    }

    /// Replaces all parameters and running statistics.
    /// - Throws: `.badArgument` when one is missing or misshapen.
    public func load(_ weights: Weights) throws {
        try graph.check(weights)
        for parameter in lowered.plan.parameters { try execution.load(parameter, from: weights) }
    }

    /// The logits [batch × classes] of a batch of images, each [channels, height, width] and normalised. Batch normalisation
    /// uses the batch's statistics and moves the running ones.
    /// - Parameters:
    ///   - seed: of the study; with `step` it determines dropout.
    ///   - step: the training step.
    /// - Throws: `.badArgument` when the number of values is not that of a batch, `.cancelled` from the monitor.
    public func forward(
        _ images: UnsafeBufferPointer<Float>, seed: UInt64, step: Int, monitor: any Monitor = SilentMonitor()
    ) throws -> Matrix {
        let size = batch * graph.input.reduce(1, *)
        guard images.count == size else {
            throw ComputeError(.badArgument, "a batch of \(batch) images has \(size) values, got \(images.count)")
        }
        _ = execution.floats(lowered.input).update(fromContentsOf: images)
        try execution.run(
            lowered.forward, at: Moment(seed: seed, step: UInt64(bitPattern: Int64(step))), monitor: monitor)
        return Matrix(rows: batch, columns: graph.classes, values: Array(execution.floats(lowered.outputs[0])))
    }

    /// The logits of the graph's auxiliary classifiers in the last `forward`, each [batch × classes].
    public var auxiliaryLogits: [Matrix] {
        lowered.outputs.dropFirst().map {
            Matrix(rows: batch, columns: graph.classes, values: Array(execution.floats($0)))
        }
    }

    /// Fills the gradients of all trained parameters from the gradient of the loss with respect to the logits that the last
    /// `forward` returned.
    /// - Parameter auxiliary: with respect to `auxiliaryLogits`, weights included; without any they count nothing.
    /// - Throws: `.badArgument` when a gradient is not [batch × classes], `.cancelled` from the monitor.
    public func backward(
        _ logitsGradient: Matrix, auxiliary: [Matrix] = [], monitor: any Monitor = SilentMonitor()
    ) throws {
        for (index, target) in lowered.outputGradients.enumerated() {
            let floats = execution.floats(target)
            guard let gradient = index == 0 ? logitsGradient : auxiliary.dropFirst(index - 1).first else {
                floats.update(repeating: 0)
                continue
            }
            guard gradient.rows == batch, gradient.columns == graph.classes else {
                throw ComputeError(
                    .badArgument,
                    "the gradient is [\(batch) × \(graph.classes)], got [\(gradient.rows) × \(gradient.columns)]")
            }
            _ = floats.update(fromContentsOf: gradient.values)
        }
        try execution.run(lowered.backward, at: Moment(seed: 0, step: 0), monitor: monitor)
    }

    /// Values and gradients of the trained parameters, in node order. The memory lives as long as the plan.
    public var parameters: [TrainedParameter] {
        lowered.plan.parameters.compactMap { parameter in
            guard let spec = parameter.spec, let gradient = parameter.gradient else { return nil }
            return TrainedParameter(
                name: parameter.name, value: execution.floats(parameter.value), gradient: execution.floats(gradient),
                decays: spec.decays)
        }
    }

    /// All parameters and running statistics in plain layout.
    public func exportWeights() throws -> Weights { try export { $0.value } }

    /// The gradients of the trained parameters in plain layout: for tests and inspection.
    public func exportGradients() throws -> Weights { try export { $0.gradient } }

    /// The plan as a table, forward steps first.
    public func explain() -> [PlanRow] { execution.steps.map { PlanRow($0, execution.buffers) } }

    /// Bytes of memory for activations, gradients of activations and scratch.
    public var arenaBytes: Int { execution.memory.size }

    private func export(_ part: (PlanParameter) -> Placed?) throws -> Weights {
        var weights: Weights = [:]
        for parameter in lowered.plan.parameters {
            guard let spec = parameter.spec, let placed = part(parameter) else { continue }
            weights[parameter.name] = try execution.plain(parameter, shape: spec.shape, from: placed)
        }
        return weights
    }
}

/// A parameter that training changes. Both buffers have one layout, blocked and padded as oneDNN wants it: whatever works value
/// by value works on it. Padding is zero in both and must stay so.
public struct TrainedParameter {
    /// "node.weight".
    public var name: String
    public var value: UnsafeMutableBufferPointer<Float>
    public var gradient: UnsafeMutableBufferPointer<Float>
    /// Whether weight decay applies.
    public var decays: Bool
}
