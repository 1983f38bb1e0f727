import Compute

/// Which networks go to which data sets in which settings: a value; `Runner` computes it.
public struct Study: Sendable {
    public var models: [Model]
    public var datasets: [DatasetReference]
    public var settings: [Setting]
    public var seeds: [Int]

    /// - Throws: `ComputeError` that names the parameter when one of the lists is empty, or a setting needs weights that a
    ///   network does not have.
    public init(models: [Model], datasets: [DatasetReference], settings: [Setting], seeds: [Int]) throws {
        for (name, count) in [
            ("models", models.count), ("datasets", datasets.count), ("settings", settings.count),
            ("seeds", seeds.count),
        ] where count == 0 {
            throw ComputeError(.badArgument, "a study needs at least one entry in '\(name)', got none")
        }
        for model in models where model.pretraining == nil {
            if let setting = settings.first(where: \.usesPretrainedWeights) {
                throw ComputeError(
                    .badArgument, "the setting \(setting.name) needs trained weights, \(model.name) has none",
                    remedy: "pass pretrain(\(model.name), on: …, with: …), or use only scratch(…)")
            }
        }
        self.models = models
        self.datasets = datasets
        self.settings = settings
        self.seeds = seeds
    }

    /// Every combination, in the order in which the results table shows them.
    public var cells: [Cell] {
        settings.flatMap { setting in
            datasets.flatMap { dataset in
                models.flatMap { model in
                    seeds.map { Cell(model: model, dataset: dataset, setting: setting, seed: $0) }
                }
            }
        }
    }
}

/// One number of a study before it is computed.
public struct Cell: Sendable {
    public var model: Model
    public var dataset: DatasetReference
    public var setting: Setting
    public var seed: Int

    public var title: String { "\(setting.name) \(model.name) on \(dataset.name)" }
}

/// What a cell came to; stored with the predictions as its tensor.
public struct CellResult: Hashable, Codable, Sendable {
    /// In the data set's metric, 0 to 1.
    public var accuracy: Double
    public var metric: String
    /// Test examples predicted right, and all of them.
    public var correct: Int
    public var total: Int
    /// The chosen hyper-parameters in words, e.g. "λ = 0.1".
    public var chosen: String
    /// What a reader must know about the number, e.g. a choice at the edge of the grid; usually empty.
    public var remarks: [String]
    public var seconds: Double
}
