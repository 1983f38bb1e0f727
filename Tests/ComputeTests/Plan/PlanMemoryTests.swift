import Testing

@testable import Compute

@Suite struct PlanMemoryTests {
    private func expectDisjoint(_ lives: [PlanMemory.Life], _ memory: PlanMemory) {
        for (index, one) in lives.enumerated() {
            let start = memory.offsets[one.buffer] ?? -1
            #expect(start >= 0 && start.isMultiple(of: 64) && start + one.bytes <= memory.size)
            for other in lives[(index + 1)...] where one.first <= other.last && other.first <= one.last {
                let second = memory.offsets[other.buffer] ?? -1
                #expect(start + one.bytes <= second || second + other.bytes <= start, "\(one) and \(other) overlap")
            }
        }
    }

    @Test func buffersAliveTogetherNeverOverlap() {
        var generator = Philox(seed: 1, purpose: "lives")
        for _ in 0..<20 {
            let lives = (0..<40).map { buffer in
                let first = generator.below(50)
                return PlanMemory.Life(
                    buffer: buffer, bytes: generator.below(5000), first: first, last: first + generator.below(12))
            }
            expectDisjoint(lives, PlanMemory(lives))
        }
    }

    @Test func aChainNeedsTwoBuffersOnly() {
        let lives = (0..<10).map { PlanMemory.Life(buffer: $0, bytes: 640, first: $0, last: $0 + 1) }
        #expect(PlanMemory(lives).size == 2 * 640)
    }

    @Test func livesOfARealPlanDoNotOverlapAndSaveMemory() throws {
        let unit = Block.sequential(.conv(16, kernel: 3), .batchNorm(), .relu)
        let graph = try Graph(
            name: "g", input: [1, 8, 8],
            .sequential(
                unit, .residual(unit), .relu, .parallel(unit, unit), .globalPool, .linear(3)))
        let context = try DNN.Context(threads: 1)
        let result = try Lower.training(graph, batch: 2, batchNormMomentum: nil, in: context)
        let (buffers, steps) = (result.plan.buffers, result.plan.steps)
        let lives = PlanMemory.lives(of: buffers, in: steps, visits: result.visits)
        let memory = PlanMemory(lives)
        expectDisjoint(lives, memory)
        #expect(memory.size * 2 < lives.reduce(0) { $0 + $1.bytes })
        // The caller writes the logits' gradient after the last forward step, when the logits may still be read.
        let gradient = try #require(result.outputGradients.first).buffer
        let life = try #require(lives.first { $0.buffer == gradient })
        #expect(life.first < result.forward.upperBound && life.last >= result.forward.upperBound)
    }
}
