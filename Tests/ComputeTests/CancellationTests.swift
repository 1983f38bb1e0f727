import Dispatch
import Synchronization
import Testing

@testable import Compute

/// Work that takes long asks whether to stop, and stops.
@Suite struct CancellationTests {
    /// Says stop at the given question.
    private final class Stopping: Monitor {
        private let asked = Atomic<Int>(0)
        private let at: Int

        init(at: Int) { self.at = at }

        var questions: Int { asked.load(ordering: .relaxed) }

        func advance(_ progress: Progress) throws { try check() }
        func check() throws {
            if asked.add(1, ordering: .relaxed).newValue >= at { throw ComputeError(.cancelled, "stop") }
        }
    }

    private func expectStop(at count: Int, _ work: (any Monitor) throws -> Void) {
        let monitor = Stopping(at: count)
        #expect(throws: ComputeError(.cancelled, "stop")) { try work(monitor) }
        #expect(monitor.questions == count)
    }

    @Test func aPassThroughANetworkStopsBetweenLayers() throws {
        let graph = try Graph(
            name: "tiny", input: [1, 8, 8],
            .sequential(.conv(8, kernel: 3), .relu, .conv(8, kernel: 3), .globalPool, .linear(4)))
        let weights = graph.initialWeights(seed: 1)
        let plan = try InferencePlan(graph, weights: weights, batch: 2)
        let training = try TrainingPlan(graph, weights: weights, batch: 2)
        let images = [Float](repeating: 0.5, count: 128)
        images.withUnsafeBufferPointer { images in
            expectStop(at: 2) { _ = try plan.run(images, count: 2, monitor: $0) }
            expectStop(at: 2) { _ = try training.forward(images, seed: 0, step: 0, monitor: $0) }
        }
        expectStop(at: 2) { try training.backward(Matrix(zeros: 2, 4), monitor: $0) }
        expectStop(at: 3) { _ = try TrainingPlan(graph, weights: weights, batch: 2, monitor: $0) }
    }

    @Test(arguments: ["shapes", "textures", "scenes"]) func drawingStopsBetweenPictures(name: String) throws {
        let layout = try #require(DatasetLayout.named(name))
        expectStop(at: 5) { _ = try layout.load(searching: [], options: DatasetOptions(), monitor: $0) }
    }

    @Test func aCallerDoesNotWaitForDetachedWork() throws {
        let mayEnd = DispatchSemaphore(value: 0)
        let hasEnded = DispatchSemaphore(value: 0)
        expectStop(at: 2) { monitor in
            try Detached.run(check: monitor.check) {
                mayEnd.wait()
                hasEnded.signal()
            }
        }
        mayEnd.signal()
        hasEnded.wait()
    }

    @Test func detachedWorkGivesItsResultOrItsError() throws {
        #expect(try Detached.run(check: {}) { 6 * 7 } == 42)
        #expect(throws: ComputeError(.numerical, "no")) {
            try Detached.run(check: {}) { throw ComputeError(.numerical, "no") }
        }
    }
}
