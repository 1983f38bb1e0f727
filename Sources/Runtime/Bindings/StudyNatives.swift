import Compute
import Lang

/// Pretraining and studies for scripts.
enum StudyNatives {
    private static let group = "Studies"

    static func signatures(_ session: Session) -> [Signature] {
        [
            .host(
                "pretrain", group: group,
                "Trains networks on a source data set; the weights are stored and used again.",
                text: "A list of networks gives a list of models; they are trained side by side.",
                [
                    Parameter("models", .oneOf([.foreign(typeName: "model"), .list(of: .foreign(typeName: "model"))])),
                    Parameter("on", .foreign(typeName: "dataset")), Parameter("with", .foreign(typeName: "recipe")),
                ],
                returns: .oneOf([.foreign(typeName: "model"), .list(of: .foreign(typeName: "model"))]),
                example: "pretrain(mobilenet_v1(width: 0.1, depth: 0.1, stem: \"small\"), "
                    + "on: synthetic(\"shapes\", train: 2, test: 2, size: 16, channels: 1), with: sgd(lr: 0.1, steps: 2, batch: 8))"
            ) { call in
                let isList = try call.value("models").asList != nil
                let models =
                    isList
                    ? try call.foreigns("models", as: ModelValue.self)
                    : [try call.foreign("models", as: ModelValue.self)]
                let trained = try Pretrainer(session: session).pretrain(
                    models.map(\.model), on: try call.foreign("on", as: DatasetValue.self).reference,
                    with: try call.foreign("with", as: RecipeValue.self).recipe)
                session.progress.clear()
                let values = trained.map { Value.foreign(ModelValue($0)) }
                return isList ? .list(values) : values.first ?? .nothing
            },
            .host(
                "study", group: group,
                "Every model on every data set in every setting: a plan that run(…) carries out.",
                [
                    Parameter("models", .list(of: .foreign(typeName: "model"))),
                    Parameter("datasets", .list(of: .foreign(typeName: "dataset"))),
                    Parameter("settings", .list(of: .foreign(typeName: "setting"))),
                    Parameter("seeds", .list(of: .integer(0...Int.max)), default: .numbers([0])),
                ],
                returns: .foreign(typeName: "study"),
                example:
                    "study(models: [resnet50()], datasets: [dataset(\"shapes\")], settings: [scratch(sgd(lr: 0.1, steps: 10))])"
            ) { call in
                .foreign(
                    StudyValue(
                        try Study(
                            models: try call.foreigns("models", as: ModelValue.self).map(\.model),
                            datasets: try call.foreigns("datasets", as: DatasetValue.self).map(\.reference),
                            settings: try call.foreigns("settings", as: SettingValue.self).map(\.setting),
                            seeds: try call.numbers("seeds").map { Int($0) })))
            },
            .host(
                "run", group: group, "Computes a study's cells, or takes them from the store: a table, a row each.",
                [Parameter("study", .foreign(typeName: "study"))],
                returns: .foreign(typeName: "table"),
                example: "run(study(models: [mobilenet_v1(width: 0.1, depth: 0.1, stem: \"small\")], "
                    + "datasets: [synthetic(\"shapes\", train: 2, test: 2, size: 16, channels: 1)], "
                    + "settings: [scratch(sgd(lr: 0.1, steps: 2, batch: 8))]))"
            ) { call in
                let results = try Runner(session: session).run(try call.foreign("study", as: StudyValue.self).study)
                session.progress.clear()
                return .table(try table(results))
            },
        ]
    }

    private static func table(_ results: [(cell: Cell, result: CellResult)]) throws -> Table {
        func numbers(_ number: (Cell, CellResult) -> Double) -> Column {
            .numbers(results.map { number($0.cell, $0.result) })
        }
        func strings(_ text: (Cell, CellResult) -> String) -> Column {
            .strings(results.map { text($0.cell, $0.result) })
        }
        return try Table([
            ("model", strings { cell, _ in cell.model.name }), ("dataset", strings { cell, _ in cell.dataset.name }),
            ("setting", strings { cell, _ in cell.setting.name }), ("seed", numbers { cell, _ in Double(cell.seed) }),
            ("accuracy", numbers { $1.accuracy }), ("metric", strings { $1.metric }),
            ("n_correct", numbers { Double($1.correct) }), ("n_test", numbers { Double($1.total) }),
            ("source", numbers { cell, _ in cell.model.pretraining?.facts?.accuracy ?? .nan }),
            ("chosen", strings { $1.chosen }), ("remarks", strings { $1.remarks.joined(separator: "; ") }),
            ("seconds", numbers { ($1.seconds * 100).rounded() / 100 }),
        ])
    }
}
