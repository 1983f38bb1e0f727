import Compute

/// A results table turned into one row a model: source accuracy, mean log odds, adjusted score and its error.
enum AdjustedTable {
    /// - Throws: `TableError` or `ComputeError` when a column is missing or a model lacks a data set.
    static func make(_ results: Table, setting: String?) throws -> Table {
        for name in ["model", "dataset", "accuracy"] { _ = try results.column(name) }
        let rows = try rows(of: results, setting)
        let models = unique(rows.map { $0["model"]?.text ?? "" })
        let datasets = unique(rows.map { $0["dataset"]?.text ?? "" })
        let groups = Dictionary(grouping: rows) {
            Place(model: $0["model"]?.text ?? "", dataset: $0["dataset"]?.text ?? "")
        }
        let accuracies = try models.map { model in
            try datasets.map { dataset in
                try mean("accuracy", of: groups[Place(model: model, dataset: dataset)] ?? [], model, dataset)
            }
        }
        let counts = datasets.map { dataset in
            rows.first { $0["dataset"]?.text == dataset }.flatMap { number($0["n_test"]) }
        }
        let testCounts = counts.compactMap { $0.map { Int($0) } }
        let scores = try AdjustedScores(
            models: models, datasets: datasets, accuracies: accuracies,
            testCounts: testCounts.count == datasets.count ? testCounts : nil)
        let sources = models.map { model in
            rows.first { $0["model"]?.text == model }.flatMap { number($0["source"]) } ?? .nan
        }
        return try Table([
            ("model", .strings(models)), ("source", .numbers(sources)),
            ("source_logit", .numbers(sources.map { Logit.logit($0) })),
            ("transfer", .numbers(scores.rows.map { Logit.expit($0.meanLogit) })),
            ("transfer_logit", .numbers(scores.rows.map(\.meanLogit))), ("score", .numbers(scores.rows.map(\.score))),
            ("se", .numbers(scores.rows.map(\.standardError))),
        ])
    }

    private struct Place: Hashable {
        let model: String
        let dataset: String
    }

    /// The rows of the setting; without one, there must be only one.
    private static func rows(of results: Table, _ setting: String?) throws -> [TableRow] {
        guard results.has("setting") else { return results.rows }
        let known = unique(results.rows.map { $0["setting"]?.text ?? "" })
        guard let wanted = setting ?? (known.count == 1 ? known[0] : nil) else {
            throw TableError(
                "the results have several settings",
                help: "name one with of: " + known.map { "\"\($0)\"" }.joined(separator: " or "))
        }
        guard known.contains(wanted) else {
            throw TableError(
                "the results have no setting '\(wanted)'", help: "they have " + known.joined(separator: ", "))
        }
        return results.rows.filter { $0["setting"]?.text == wanted }
    }

    /// Over seeds.
    private static func mean(_ column: String, of rows: [TableRow], _ model: String, _ dataset: String) throws -> Double
    {
        let numbers = rows.compactMap { number($0[column]) }
        guard !numbers.isEmpty else { throw TableError("\(model) has no \(column) on \(dataset)") }
        return Summaries.mean(numbers)
    }

    private static func number(_ datum: Datum?) -> Double? {
        if case .number(let number)? = datum { number } else { nil }
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
