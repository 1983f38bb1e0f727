import Compute
import Foundation

/// Trains networks on the source data set, or takes their weights from the store.
struct Pretrainer {
    let session: Session

    /// - Returns: the models with weights, tested on the source's test split, in the same order.
    func pretrain(_ models: [Model], on reference: DatasetReference, with recipe: Recipe) throws -> [Model] {
        try recipe.validate()
        let store = try session.store()
        let jobs = try models.map { try job($0, reference, recipe) }
        var results = try jobs.map { try $0.stored(in: store) }
        let missing = jobs.indices.filter { results[$0] == nil }
        let seed = session.seed
        let workers = Workers(count: session.threads, progress: session.progress)
        let trained = try workers.run("pretrain", unit: "networks", titles: missing.map { jobs[$0].title }) {
            [missing] index, threads, monitor in
            try jobs[missing[index]].train(seed, recipe, threads: threads, store: store, monitor: monitor)
        }
        for (index, model) in zip(missing, trained) { results[index] = model }
        return results.compactMap { $0 }
    }

    private func job(_ model: Model, _ reference: DatasetReference, _ recipe: Recipe) throws -> Job {
        let source = try session.load(reference, shape: model.inputShape)
        let graph = try model.graph(shape: source.dataset.shape, classes: source.dataset.classes.count)
        let key = Key(
            "weights",
            [
                ("graph", graph.canonicalText), ("data", source.fingerprint), ("recipe", Key.text(recipe)),
                ("seed", "\(session.seed)"),
            ])
        return Job(model: model, graph: graph, source: source.dataset, key: key)
    }

    /// One network to be trained.
    private struct Job: Sendable {
        let model: Model
        let graph: Graph
        let source: Dataset
        let key: Key

        var title: String { "pretrain \(model.name) on \(source.name)" }

        func stored(in store: Store) throws -> Model? {
            guard let known = try store.result(for: key, as: PretrainingFacts.self),
                (try? graph.check(known.tensors)) != nil
            else { return nil }
            return trained(known.tensors, known.facts)
        }

        func train(
            _ seed: UInt64, _ recipe: Recipe, threads: Int, store: Store, monitor: any Monitor
        ) throws -> Model {
            let examples = source.finalTraining
            let trainer = Trainer(recipe, seed: seed, task: title, threads: threads)
            let (weights, history) = try trainer.train(
                graph, from: graph.initialWeights(seed: seed, monitor: monitor), on: examples, monitor: monitor)
            let extractor = try FeatureExtractor(graph, weights: weights, threads: threads, monitor: monitor)
            let logits = try extractor.run(source[.test], task: title, monitor: monitor).logits
            let (predictions, labels) = (Classification.predictions(logits), source[.test].labels)
            let accuracy = try Classification.score(
                predictions, labels, classes: source.classes.count, metric: source.metric)
            let correct = zip(predictions, labels).count { $0 == $1 }
            let facts = PretrainingFacts(accuracy: accuracy, correct: correct, total: labels.count, history: history)
            try store.save(facts, tensors: weights, title: title, kind: "weights", for: key)
            return trained(weights, facts)
        }

        private func trained(_ weights: Weights, _ facts: PretrainingFacts) -> Model {
            var model = model
            model.pretraining = Model.Pretraining(
                graph: graph, weights: weights, source: source.name, facts: facts, preprocessing: nil, load: nil,
                key: key)
            return model
        }
    }
}

extension Key {
    /// A value's text for keys: JSON with sorted fields.
    static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "\(value)"
    }
}
