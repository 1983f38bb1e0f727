import Compute

/// Frozen penultimate features of a data set, computed once and stored: every setting and seed on them shares them.
struct Features {
    let store: Store
    let threads: Int
    let monitor: any Monitor

    /// - Parameter splits: those that are wanted.
    /// - Returns: the features of a split, examples × features.
    func extract(
        _ pretraining: Model.Pretraining, from dataset: Dataset, fingerprint: String,
        splits: [Dataset.Split] = Dataset.Split.allCases
    ) throws -> (Dataset.Split) -> Matrix {
        var matrices: [Dataset.Split: Matrix] = [:]
        var extractor: FeatureExtractor?
        for split in splits {
            let examples = dataset[split]
            let key = Key(
                "features",
                [
                    ("weights", pretraining.key.description), ("data", fingerprint), ("split", split.rawValue),
                    ("examples", try Key.digest(of: examples.pixels, monitor)),
                ])
            if let known = try stored(key, rows: examples.count) {
                matrices[split] = known
                continue
            }
            let ready =
                try extractor
                ?? FeatureExtractor(
                    pretraining.graph, weights: pretraining.weights, normalization: pretraining.normalization,
                    threads: threads, monitor: monitor)
            extractor = ready
            let title = "features of \(pretraining.graph.name) on \(dataset.name) (\(split.rawValue))"
            let matrix = try ready.run(examples, task: title, monitor: monitor).features
            let tensor = Tensor([matrix.rows, matrix.columns], matrix.values)
            try store.save(
                ["examples": matrix.rows], tensors: ["features": tensor], title: title, kind: "features", for: key)
            matrices[split] = matrix
        }
        return { matrices[$0] ?? Matrix(zeros: 0, pretraining.graph.featureCount) }
    }

    private func stored(_ key: Key, rows: Int) throws -> Matrix? {
        guard let tensor = try store.result(for: key, as: [String: Int].self)?.tensors["features"],
            tensor.shape.count == 2, tensor.shape[0] == rows
        else { return nil }
        return Matrix(rows: rows, columns: tensor.shape[1], values: tensor.values)
    }
}
