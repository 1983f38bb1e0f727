import Compute
import Synchronization
import Testing

@testable import Runtime

/// Keeps what it is told.
private final class Recorder: Monitor {
    let readings = Mutex<[Compute.Progress]>([])
    func advance(_ progress: Compute.Progress) throws { readings.withLock { $0.append(progress) } }
    func check() throws {}
}

@Suite struct WorkersTests {
    @Test func resultsStandInTheOrderOfTheJobs() throws {
        let results = try Workers(count: 2, progress: SilentMonitor()).run(
            "t", unit: "jobs", titles: (0..<20).map(String.init)
        ) {
            job, threads, _ in job * 10 + threads
        }
        #expect(results == (0..<20).map { $0 * 10 + 1 })
    }

    @Test func aSingleJobGetsAllThreads() throws {
        let threads = try Workers(count: 2, progress: SilentMonitor()).run("t", unit: "jobs", titles: ["one"]) {
            _, threads, _ in threads
        }
        #expect(threads == [2])
    }

    @Test func theFirstErrorEndsTheRun() {
        let workers = Workers(count: 2, progress: SilentMonitor())
        #expect(throws: ComputeError(.numerical, "job 3")) {
            try workers.run("t", unit: "jobs", titles: (0..<1000).map(String.init)) { job, _, monitor in
                if job == 3 { throw ComputeError(.numerical, "job 3") }
                try monitor.advance(Progress(task: "", done: 0, total: 1, unit: ""))
            }
        }
    }

    @Test func progressGrowsToTheNumberOfJobs() throws {
        let recorder = Recorder()
        _ = try Workers(count: 2, progress: recorder).run("run", unit: "cells", titles: ["a", "b", "c"]) {
            _, _, monitor in
            for step in 1...4 { try monitor.advance(Progress(task: "", done: step, total: 4, unit: "")) }
        }
        let readings = recorder.readings.withLock { $0 }
        #expect(readings.allSatisfy { $0.task == "run" && $0.total == 3000 && $0.done <= 3000 })
        #expect(readings.map(\.done).max() == 3000)
    }
}
