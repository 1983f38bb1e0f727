/// A network compiled for features and logits: batch normalisation folded, activations and sums fused into what precedes them.
///
/// Layouts, primitives and memory are decided once for a batch size; `run` allocates its results only. One plan serves one
/// thread at a time, best always the same one, since OpenMP keeps a team of threads for each caller.
public final class InferencePlan {
    public let graph: Graph
    public let batch: Int
    private let execution: Execution
    private let lowered: Lower.Result

    /// - Parameters:
    ///   - batch: images a run.
    ///   - threads: how many OpenMP threads; the bits of results depend on it.
    /// - Throws: `.badArgument` when a weight is missing or misshapen, `.engine` when oneDNN refuses, `.cancelled` from the
    ///   monitor.
    public init(
        _ graph: Graph, weights: Weights, batch: Int, threads: Int = Threads.available,
        monitor: any Monitor = SilentMonitor()
    ) throws {
        guard batch > 0 else { throw ComputeError(.badArgument, "batch must be positive, got \(batch)") }
        self.graph = graph
        self.batch = batch
        lowered = try Lower.inference(graph, batch: batch, in: DNN.Context(threads: threads), monitor: monitor)
        execution = try Execution(lowered.plan, visits: lowered.visits, monitor: monitor)
        try load(weights)
    }

    /// Replaces the weights; cheap beside a new plan.
    /// - Throws: `.badArgument` when one is missing or misshapen.
    public func load(_ weights: Weights) throws {
        try graph.check(weights, forTraining: false)
        for parameter in lowered.plan.parameters { try execution.load(parameter, from: weights) }
    }

    /// Features and logits of `count` ≤ `batch` images, each [channels, height, width] and normalised.
    /// - Returns: features [count × featureCount], logits [count × classes].
    /// - Throws: `.badArgument` when the count does not fit, `.cancelled` from the monitor.
    public func run(
        _ images: UnsafeBufferPointer<Float>, count: Int, monitor: any Monitor = SilentMonitor()
    ) throws -> (features: Matrix, logits: Matrix) {
        let size = graph.input.reduce(1, *)
        guard (0...batch).contains(count), images.count >= count * size else {
            throw ComputeError(
                .badArgument, "a plan for \(batch) images of \(size) values got \(images.count) values for \(count)")
        }
        let input = execution.floats(lowered.input)
        let rest = input.update(fromContentsOf: images.prefix(count * size))
        input[rest...].update(repeating: 0)
        try execution.run(lowered.forward, at: Moment(seed: 0, step: 0), monitor: monitor)
        return (
            rows(count, of: lowered.outputs[1], width: graph.featureCount),
            rows(count, of: lowered.outputs[0], width: graph.classes)
        )
    }

    /// The plan as a table.
    public func explain() -> [PlanRow] { execution.steps.map { PlanRow($0, execution.buffers) } }

    /// Bytes of memory for everything between input and output.
    public var arenaBytes: Int { execution.memory.size }

    private func rows(_ count: Int, of placed: Placed, width: Int) -> Matrix {
        Matrix(rows: count, columns: width, values: Array(execution.floats(placed).prefix(count * width)))
    }
}
