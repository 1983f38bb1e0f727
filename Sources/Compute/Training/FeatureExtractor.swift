/// Penultimate features and logits of whole sets of images, in inference mode.
public struct FeatureExtractor {
    private let graph: Graph
    private let plan: InferencePlan
    private let batch: Int
    private let normalization: Normalization

    /// Images a run of the plan; more gain nothing on two cores and cost memory.
    public static let usualBatch = 64

    public init(
        _ graph: Graph, weights: Weights, batch: Int = FeatureExtractor.usualBatch,
        normalization: Normalization = Normalization(), threads: Int = Threads.available,
        monitor: any Monitor = SilentMonitor()
    ) throws {
        self.graph = graph
        self.batch = batch
        self.normalization = normalization
        plan = try InferencePlan(graph, weights: weights, batch: batch, threads: threads, monitor: monitor)
    }

    private func normalize(_ examples: Examples, _ start: Int, _ count: Int, into images: inout [Float]) {
        let size = examples.imageSize
        examples.pixels.withUnsafeBufferPointer { pixels in
            images.withUnsafeMutableBufferPointer { images in
                for slot in 0..<count {
                    normalization.apply(
                        UnsafeBufferPointer(rebasing: pixels[(start + slot) * size..<(start + slot + 1) * size]),
                        to: UnsafeMutableBufferPointer(rebasing: images[slot * size..<(slot + 1) * size]),
                        channels: graph.input[0])
                }
            }
        }
    }

    /// - Returns: features (examples × featureCount) and logits (examples × classes), in the examples' order.
    /// - Throws: `.badArgument` when the images do not fit, `.cancelled` from the monitor.
    public func run(
        _ examples: Examples, task: String, monitor: any Monitor
    ) throws -> (features: Matrix, logits: Matrix) {
        let size = examples.imageSize
        guard size == graph.input.reduce(1, *) else {
            throw ComputeError(
                .badArgument, "the network takes \(graph.input), an image has \(size) values", subject: task)
        }
        var images = [Float](repeating: 0, count: batch * size)
        var (features, logits): ([Float], [Float]) = ([], [])
        features.reserveCapacity(examples.count * graph.featureCount)
        logits.reserveCapacity(examples.count * graph.classes)
        for start in stride(from: 0, to: examples.count, by: batch) {
            let count = min(batch, examples.count - start)
            normalize(examples, start, count, into: &images)
            let result = try images.withUnsafeBufferPointer {
                try plan.run(UnsafeBufferPointer(rebasing: $0[..<(count * size)]), count: count, monitor: monitor)
            }
            features += result.features.values
            logits += result.logits.values
            try monitor.advance(Progress(task: task, done: start + count, total: examples.count, unit: "images"))
        }
        return (
            Matrix(rows: examples.count, columns: graph.featureCount, values: features),
            Matrix(rows: examples.count, columns: graph.classes, values: logits)
        )
    }
}
