import Compute

/// The best rate that the machine gives to a convolution with enough work an element.
enum Roofline {
    static func convolution(threads: Int) throws -> Double {
        let graph = try Graph(
            name: "convolutions", input: [256, 28, 28],
            .sequential(Array(repeating: .conv(256, kernel: 3), count: 6) + [.globalPool, .linear(10)]))
        let plan = try InferencePlan(graph, weights: graph.initialWeights(seed: 0), batch: 16, threads: threads)
        let images = [Float](repeating: 0.1, count: 16 * 256 * 28 * 28)
        let seconds = try Measure.median { _ = try images.withUnsafeBufferPointer { try plan.run($0, count: 16) } }
        return 2e-9 * Double(graph.multiplyAdds) * 16 / seconds
    }
}
