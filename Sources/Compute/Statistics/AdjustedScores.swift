/// Which model transfers best: a models × data sets table of accuracies as log odds, each data set's mean removed,
/// averaged over the data sets (Kornblith et al. 2019, section 4.1 and Figure 2, right).
///
/// A data set is hard or easy for all models alike; removing its mean leaves the differences between models. The
/// standard errors are those of within-subject designs: sd / √datasets · √(models / (models − 1)) (Morey 2008,
/// "Confidence intervals from normalized data: a correction to Cousineau (2005)").
public struct AdjustedScores: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        public let model: String
        /// Log odds less the data set's mean over the models, one a data set.
        public let adjusted: [Double]
        /// Mean of `adjusted`: the height of a point in Figure 2, right.
        public let score: Double
        /// Morey-corrected; NaN with one model or one data set.
        public let standardError: Double
        /// Mean of the log odds as they are: the model's transfer score.
        public let meanLogit: Double
    }

    /// In the order given.
    public let rows: [Row]
    public let datasets: [String]
    /// Mean log odds of every data set over the models.
    public let datasetMeans: [Double]

    /// - Parameters:
    ///   - accuracies: one row a model, one entry a data set, within 0...1.
    ///   - testCounts: test examples of every data set, by which accuracies of 0 and 1 get finite log odds.
    /// - Throws: `ComputeError` of kind `.badArgument`, naming model and data set, when the table has no rows or
    ///   columns, is ragged, lacks a value, or holds one outside 0...1, or 0 or 1 without a count.
    public init(
        models: [String], datasets: [String], accuracies: [[Double]], testCounts: [Int]? = nil
    ) throws {
        guard !models.isEmpty, !datasets.isEmpty, accuracies.count == models.count,
            accuracies.allSatisfy({ $0.count == datasets.count }), testCounts?.count ?? datasets.count == datasets.count
        else {
            throw ComputeError(
                .badArgument,
                "adjusted scores need an accuracy for each of \(models.count) models on each of "
                    + "\(datasets.count) data sets")
        }
        let logits = try zip(models, accuracies).map { model, row in
            try row.indices.map { column in
                try Self.logit(row[column], count: testCounts?[column], model: model, dataset: datasets[column])
            }
        }
        let means = datasets.indices.map { column in Summaries.mean(logits.map { $0[column] }) }
        let correction = (Double(models.count) / Double(models.count - 1)).squareRoot()
        self.datasets = datasets
        datasetMeans = means
        rows = zip(models, logits).map { model, logits in
            let adjusted = zip(logits, means).map { $0 - $1 }
            return Row(
                model: model, adjusted: adjusted, score: Summaries.mean(adjusted),
                standardError: models.count > 1 ? Summaries.standardError(adjusted) * correction : .nan,
                meanLogit: Summaries.mean(logits))
        }
    }

    private static func logit(_ accuracy: Double, count: Int?, model: String, dataset: String) throws -> Double {
        guard accuracy >= 0, accuracy <= 1 else {
            let found = accuracy.isNaN ? "has no accuracy" : "has accuracy \(accuracy), outside 0 to 1,"
            throw ComputeError(.badArgument, "\(model) \(found) on \(dataset)", subject: "accuracies")
        }
        let logit = count.map { Logit.logit(accuracy, of: $0) } ?? Logit.logit(accuracy)
        guard logit.isFinite else {
            throw ComputeError(
                .badArgument, "\(model) has accuracy \(accuracy) on \(dataset), whose log odds are infinite",
                subject: "accuracies", remedy: "give the number of test examples, by which 0 and 1 are corrected")
        }
        return logit
    }
}
