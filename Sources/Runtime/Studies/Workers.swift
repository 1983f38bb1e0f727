import Compute
import Dispatch
import Synchronization

/// Independent jobs side by side, one engine thread each: small networks gain more from it than from sharing every layer among
/// threads, a busy machine slows them less, and no job's numbers depend on how many run.
struct Workers {
    /// How many jobs run at a time.
    let count: Int
    let progress: any Monitor

    /// - Parameters:
    ///   - task: what the progress display calls all of it.
    ///   - titles: a line for each job.
    ///   - work: gets a job's index, the engine threads it may use, and its own monitor.
    /// - Returns: the results in the order of the jobs.
    /// - Throws: the first error; the other jobs stop at their next step.
    func run<Result: Sendable>(
        _ task: String, unit: String, titles: [String],
        _ work: @Sendable (_ job: Int, _ threads: Int, any Monitor) throws -> Result
    ) throws -> [Result] {
        let shared = SharedProgress(task: task, unit: unit, jobs: titles.count, progress: progress)
        let queue = Mutex(Queue<Result>(jobs: titles.count))
        let threads = titles.count == 1 ? count : 1
        DispatchQueue.concurrentPerform(iterations: min(count, titles.count)) { _ in
            while let job = queue.withLock({ $0.next() }) {
                let outcome = Swift.Result {
                    let result = try work(job, threads, JobMonitor(job: job, title: titles[job], shared: shared))
                    try shared.advance(job, share: 1, title: titles[job])
                    return result
                }
                queue.withLock { $0.finish(job, outcome) }
                if case .failure = outcome { shared.stop() }
            }
        }
        return try queue.withLock { try $0.collected() }
    }

    /// Which jobs are left, and what came of the others.
    private struct Queue<Result: Sendable> {
        private var started = 0
        private var results: [Result?]
        private var failure: (any Error)?

        init(jobs: Int) { results = [Result?](repeating: nil, count: jobs) }

        mutating func next() -> Int? {
            guard failure == nil, started < results.count else { return nil }
            started += 1
            return started - 1
        }

        mutating func finish(_ job: Int, _ outcome: Swift.Result<Result, any Error>) {
            switch outcome {
            case .success(let result): results[job] = result
            case .failure(let error): failure = failure ?? error
            }
        }

        func collected() throws -> [Result] {
            if let failure { throw failure }
            return results.compactMap { $0 }
        }
    }
}

/// What all jobs have done so far, shown as one bar.
private final class SharedProgress: Sendable {
    private let task: String
    private let unit: String
    private let progress: any Monitor
    private let shares: Mutex<[Double]>
    private let isStopped = Atomic<Bool>(false)

    /// Steps of the bar for one job.
    private static let scale = 1000

    init(task: String, unit: String, jobs: Int, progress: any Monitor) {
        self.task = task
        self.unit = unit
        self.progress = progress
        shares = Mutex([Double](repeating: 0, count: jobs))
    }

    func stop() { isStopped.store(true, ordering: .relaxed) }

    func check() throws {
        if isStopped.load(ordering: .relaxed) { throw ComputeError(.cancelled, "another job failed") }
        try progress.check()
    }

    func advance(_ job: Int, share: Double, title: String) throws {
        try check()
        let (done, jobs) = shares.withLock { shares in
            shares[job] = max(shares[job], share)
            return (shares.reduce(0, +), shares.count)
        }
        try progress.advance(
            Progress(
                task: task, done: Int(done * Double(Self.scale)), total: jobs * Self.scale, unit: unit, detail: title,
                scale: Self.scale))
    }
}

/// One job's view of the shared progress.
private struct JobMonitor: Monitor {
    let job: Int
    let title: String
    let shared: SharedProgress

    func advance(_ progress: Compute.Progress) throws {
        let share = progress.total > 0 ? Double(progress.done) / Double(progress.total) : 0
        // The test after the training belongs to the job as well: it is not done before its result is.
        try shared.advance(job, share: 0.99 * share, title: title)
    }

    func check() throws { try shared.check() }
}
