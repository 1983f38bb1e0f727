import Compute
import Lang

/// How well a model will do on data, judged from its features without training it.
enum TransferabilityNatives {
    private static let group = "Transferability"
    private static let features = "[[1, 2], [2, 1], [1, 1], [7, 8], [8, 7], [8, 8]]"

    static func signatures(_ session: Session) -> [Signature] {
        let threads = session.threads
        return [
            .host(
                "logme", group: group, "The log evidence of labels under a Bayesian linear model on features.",
                text:
                    "The larger, the better the features suit the labels. Source: You, Liu, Wang & Long 2021, \"LogME:\n"
                    + "practical assessment of pre-trained models for transfer learning\", its evidence maximised to all digits.",
                [.matrix("features"), .labels("labels")], returns: .number(),
                example: "logme(\(features), [0, 0, 0, 1, 1, 1])"
            ) { call in
                let (features, labels) = (try call.matrix("features"), try call.labels("labels"))
                return .number(try call.computing { try LogME.score(features, labels, blas: BLAS(threads: threads)) })
            },
            .host(
                "leep", group: group, "The mean log likelihood of labels given a source model's class probabilities.",
                text:
                    "0 at best. Source: Nguyen, Hassner, Seeger & Archambeau 2020, \"LEEP: a new measure to evaluate\n"
                    + "transferability of learned representations\".",
                [.matrix("probabilities", "a row an example, a column a source class"), .labels("labels")],
                returns: .number(), example: "leep([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]], [0, 1, 0])"
            ) { call in
                .number(try LEEP.score(try call.matrix("probabilities"), try call.labels("labels")))
            },
            .host(
                "nce", group: group, "−H(labels | source labels): what the source labels leave open.",
                text: "0 at best. Source: Tran, Nguyen & Hassner 2019, \"Transferability and hardness of supervised\n"
                    + "classification tasks\".",
                [.labels("source_labels", "what the source model takes each example for"), .labels("labels")],
                returns: .number(), example: "nce([3, 3, 8, 8], [0, 0, 1, 0])"
            ) { call in
                .number(
                    try NegativeConditionalEntropy.score(
                        source: try call.labels("source_labels"), try call.labels("labels")))
            },
            .host(
                "h_score", group: group, "The variance of whitened features that lies between classes.",
                text:
                    "At most the number of classes less one. With few examples take shrinkage, by Ledoit & Wolf 2004.\n"
                    + "Source: Bao et al. 2019, \"An information-theoretic approach to transferability in task transfer\n"
                    + "learning\"; shrinkage: Ibrahim, Ponomareva & Mazumder 2021, \"Newer is not always better\".",
                [.matrix("features"), .labels("labels"), Parameter("shrinkage", .bool, default: .bool(false))],
                returns: .number(), example: "h_score(\(features), [0, 0, 0, 1, 1, 1])"
            ) { call in
                let (features, labels) = (try call.matrix("features"), try call.labels("labels"))
                let shrinkage = try call.bool("shrinkage")
                return .number(
                    try call.computing {
                        try HScore.score(features, labels, shrinkage: shrinkage, blas: BLAS(threads: threads))
                    })
            },
            knnAccuracy(threads), ridgeScreen(threads),
            .host(
                "weighted_kendall", group: group,
                "How far two samples rank alike, where the top ranks count most: −1 to 1.",
                text:
                    "An exchange of ranks r and s, from 0 at the largest, costs 1/(r + 1) + 1/(s + 1). Source: Vigna 2015, \"A\n"
                    + "weighted correlation index for rankings with ties\".",
                [Parameter("x", .numbers), Parameter("y", .numbers)], returns: .number(),
                example: "weighted_kendall([0.2, 0.5, 0.4, 0.9], [61%, 70%, 72%, 80%])"
            ) { call in
                .number(try WeightedKendall.coefficient(try call.numbers("x"), try call.numbers("y")))
            },
        ]
    }

    private static func knnAccuracy(_ threads: Int) -> Signature {
        .host(
            "knn_accuracy", group: group, "The accuracy of a vote of the k nearest training examples.",
            text:
                "Of equal votes the first class wins. Source: Cover & Hart 1967, \"Nearest neighbor pattern classification\".",
            [
                .matrix("features"), .labels("labels"), .matrix("test_features"), .labels("test_labels"),
                Parameter("k", .integer(1...1_000_000), default: .number(5)),
                Parameter("metric", .choice(Neighbours.Metric.allCases.map(\.rawValue)), default: .string("cosine")),
            ], returns: .number(),
            example:
                "knn_accuracy(\(features), [0, 0, 0, 1, 1, 1], [[1, 3], [9, 8]], [0, 1], k: 3, metric: \"euclidean\")"
        ) { call in
            let (features, labels) = (try call.matrix("features"), try call.labels("labels"))
            let test = try call.matrix("test_features")
            let testLabels = labels.numbers(of: try call.value("test_labels").labels(named: "test_labels"))
            let k = try call.integer("k")
            let metric = Neighbours.Metric(rawValue: try call.string("metric")) ?? .cosine
            return .number(
                try call.computing {
                    try NeighbourAccuracy.score(
                        features, labels, test: test, testLabels: testLabels, k: k, metric: metric,
                        blas: BLAS(threads: threads))
                })
        }
    }

    private static func ridgeScreen(_ threads: Int) -> Signature {
        let matrix: ParameterKind = .oneOf([
            .foreign(typeName: "matrix"), .list(of: .numbers), .foreign(typeName: "table"),
        ])
        return .host(
            "ridge_screen", group: group,
            "Ridge classifiers on features at many penalties, from one decomposition: a row each.",
            text:
                "One output a class, +1 for its examples and −1 for the others; the largest decides. Without test examples\n"
                + "accuracy and loss, the mean squared error, are those of leaving one example out. Source: Golub, Heath &\n"
                + "Wahba 1979, \"Generalized cross-validation as a method for choosing a good ridge parameter\".",
            [
                .matrix("features"), .labels("labels"),
                Parameter("penalties", .nonEmpty(.numbers), default: .numbers([0.01, 0.1, 1, 10, 100, 1000])),
                optional("test_features", matrix), optional("test_labels", .oneOf([.numbers, .strings])),
            ], returns: .foreign(typeName: "table"),
            example: "ridge_screen(\(features), [0, 0, 0, 1, 1, 1], [0.1, 1, 10])"
        ) { call in
            let (features, labels) = (try call.matrix("features"), try call.labels("labels"))
            let penalties = try call.numbers("penalties")
            let test = try tests(call, labels)
            let screen = try call.computing {
                try RidgeScreen(
                    features, labels, penalties: penalties, validation: test, blas: BLAS(threads: threads))
            }
            return .table(
                try Table([
                    ("penalty", .numbers(screen.rows.map(\.penalty))),
                    ("accuracy", .numbers(screen.rows.map(\.accuracy))),
                    ("loss", .numbers(screen.rows.map(\.loss))),
                ]))
        }
    }

    private static func tests(
        _ call: NativeCall, _ labels: ClassLabels
    ) throws -> (features: FeatureMatrix, labels: [Int])? {
        let (features, names) = (try call.value("test_features"), try call.value("test_labels"))
        guard features.isNothing == names.isNothing else {
            throw NativeError("'ridge_screen' takes 'test_features' and 'test_labels' together")
        }
        guard !features.isNothing else { return nil }
        return (
            try features.matrix(named: "test_features"), labels.numbers(of: try names.labels(named: "test_labels"))
        )
    }
}
