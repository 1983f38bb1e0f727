import Compute

/// Computes the cells of a study, each once: what the store has is not computed again.
struct Runner {
    let session: Session

    /// The results in the order of `study.cells`.
    func run(_ study: Study) throws -> [(cell: Cell, result: CellResult)] {
        let store = try session.store()
        let jobs = try study.cells.map(job)
        var results = try jobs.map { try store.result(for: $0.key, as: CellResult.self, wantsTensors: false)?.facts }
        let missing = jobs.indices.filter { results[$0] == nil }
        let workers = Workers(count: session.threads, progress: session.progress)
        let computed = try workers.run("run", unit: "cells", titles: missing.map { jobs[$0].cell.title }) {
            index, threads, monitor in
            let job = jobs[missing[index]]
            let start = ContinuousClock.now
            var (result, predictions) = try CellComputation(
                cell: job.cell, data: job.data, seed: job.seed, store: store, threads: threads, monitor: monitor
            ).run(job.graph)
            result.seconds = (ContinuousClock.now - start) / .seconds(1)
            try store.save(
                result, tensors: ["predictions": predictions], title: job.cell.title, kind: "cell", for: job.key)
            return result
        }
        for (index, result) in zip(missing, computed) { results[index] = result }
        return zip(jobs, results).compactMap { job, result in result.map { (job.cell, $0) } }
    }

    private struct Job: Sendable {
        let cell: Cell
        let seed: UInt64
        let data: LoadedDataset
        let graph: Graph
        let key: Key
    }

    private func job(_ cell: Cell) throws -> Job {
        let data = try session.load(cell.dataset, shape: cell.model.inputShape)
        let graph = try graph(of: cell, data.dataset)
        let weights = cell.setting.usesPretrainedWeights ? cell.model.pretraining?.key.description ?? "" : "none"
        let key = Key(
            "cell",
            [
                ("graph", graph.canonicalText), ("weights", weights), ("data", data.fingerprint),
                ("setting", Key.text(cell.setting)), ("seed", "\(seed(of: cell))"),
            ])
        return Job(cell: cell, seed: seed(of: cell), data: data, graph: graph, key: key)
    }

    /// A study's seed and the script's together.
    private func seed(of cell: Cell) -> UInt64 { session.seed &* 1_000_003 &+ UInt64(bitPattern: Int64(cell.seed)) }

    private func graph(of cell: Cell, _ dataset: Dataset) throws -> Graph {
        if cell.setting.usesPretrainedWeights, let pretraining = cell.model.pretraining {
            return try pretraining.graph.replacingClassifier(classes: dataset.classes.count)
        }
        return try cell.model.graph(shape: dataset.shape, classes: dataset.classes.count)
    }
}
