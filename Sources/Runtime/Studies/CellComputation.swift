import Compute

/// What a cell's setting does: from a network and a data set to predictions on the test split.
struct CellComputation {
    let cell: Cell
    let data: LoadedDataset
    let seed: UInt64
    let store: Store
    let threads: Int
    let monitor: any Monitor

    /// - Parameter graph: the network with the data set's number of classes.
    func run(_ graph: Graph) throws -> (result: CellResult, predictions: Tensor) {
        switch cell.setting {
        case .logisticRegression(let penalties): return try regress(try pretraining(), penalties)
        case .fineTuning(let recipe):
            let pretraining = try pretraining()
            let start = try pretraining.graph.transferred(
                pretraining.weights, classes: data.dataset.classes.count, seed: seed)
            return try train(start.graph, start.weights, recipe, pretraining.normalization)
        case .scratch(let recipe):
            return try train(
                graph, graph.initialWeights(seed: seed, monitor: monitor), recipe, Normalization())
        }
    }

    private func pretraining() throws -> Model.Pretraining {
        guard let pretraining = cell.model.pretraining else {
            throw ComputeError(.badArgument, "\(cell.setting.name) needs trained weights, \(cell.model.name) has none")
        }
        return pretraining
    }

    // MARK: Logistic regression on frozen features

    private func regress(
        _ pretraining: Model.Pretraining, _ penalties: [Double]
    ) throws -> (result: CellResult, predictions: Tensor) {
        let dataset = data.dataset.withValidation(fraction: 0.2, seed: seed)
        let features = try Features(store: store, threads: threads, monitor: monitor).extract(
            pretraining, from: dataset, fingerprint: data.fingerprint)
        let blas = try BLAS(threads: threads)
        let path = try RegularizationPath.fit(
            training: .init(features(.train), labels: dataset[.train].labels),
            validation: .init(features(.validation), labels: dataset[.validation].labels),
            classes: dataset.classes.count, penalties: penalties, metric: dataset.metric,
            refits: dataset.joinsValidation, blas: blas, monitor: monitor)
        let predictions = try path.model.predict(features(.test), blas: blas)
        var (result, tensor) = try score(predictions, on: dataset, chosen: "λ = \(CellComputation.short(path.penalty))")
        if path.choiceIsAtEdge { result.remarks.append("the chosen λ is at the edge of the grid") }
        if !path.unconverged.isEmpty { result.remarks.append("\(path.unconverged.count) fits did not converge") }
        return (result, tensor)
    }

    /// Three digits of a penalty.
    private static func short(_ value: Double) -> String {
        let text = "\(Float(value))"
        guard text.count > 7 else { return text }
        let exponent = text.firstIndex(of: "e").map { String(text[$0...]) } ?? ""
        return String(text.prefix(5)) + exponent
    }

    // MARK: Training

    private func train(
        _ graph: Graph, _ weights: Weights, _ recipe: Recipe, _ normalization: Normalization
    ) throws -> (result: CellResult, predictions: Tensor) {
        let dataset = data.dataset
        let trainer = Trainer(
            recipe, seed: seed, normalization: normalization, task: cell.title, threads: threads)
        let examples = dataset.finalTraining
        let (trained, _) = try trainer.train(graph, from: weights, on: examples, monitor: monitor)
        let extractor = try FeatureExtractor(
            graph, weights: trained, normalization: normalization, threads: threads, monitor: monitor)
        let logits = try extractor.run(dataset[.test], task: cell.title, monitor: monitor).logits
        return try score(
            Classification.predictions(logits), on: dataset,
            chosen: "lr = \(recipe.learningRate), \(recipe.steps(examples: examples.count)) steps")
    }

    private func score(
        _ predictions: [Int32], on dataset: Dataset, chosen: String
    ) throws -> (result: CellResult, predictions: Tensor) {
        let labels = dataset[.test].labels
        let accuracy = try Classification.score(
            predictions, labels, classes: dataset.classes.count, metric: dataset.metric)
        let result = CellResult(
            accuracy: accuracy, metric: dataset.metric.rawValue, correct: zip(predictions, labels).count { $0 == $1 },
            total: labels.count, chosen: chosen, remarks: [], seconds: 0)
        return (result, Tensor([predictions.count], predictions.map(Float.init)))
    }
}
