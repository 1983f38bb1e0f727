import Compute
import Lang

/// Matrices of numbers: made, read, taken from networks, turned and compared.
enum MatrixNatives {
    private static let group = "Representations"
    private static var metric: Parameter {
        Parameter("metric", .choice(Neighbours.Metric.allCases.map(\.rawValue)), default: .string("euclidean"))
    }
    private static var seed: Parameter { Parameter("seed", .integer(0...Int.max), default: .number(0)) }
    private static var split: Parameter {
        Parameter("split", .choice(Dataset.Split.allCases.map(\.rawValue)), default: .string("train"))
    }
    private static let small =
        "mobilenet_v1(width: 0.1, depth: 0.1, stem: \"small\")"
    private static let pictures = "synthetic(\"shapes\", train: 2, test: 2, size: 16, channels: 1)"
    private static let trained =
        "let data = \(pictures)\nlet net = pretrain(\(small), on: data, with: sgd(lr: 0.1, steps: 2, batch: 8))\n"

    static func signatures(_ session: Session) -> [Signature] { making + networks(session) + turning(session) }

    // MARK: Making and reading

    private static var making: [Signature] {
        [
            .host(
                "matrix", group: group, "A matrix of numbers, from a list of rows or a table of numeric columns.",
                text: "m.rows and m.columns are its size, m[i] is a row and m[i:j] a matrix of rows.\n"
                    + "Where a function takes a matrix, it takes a list of rows and a table as well.",
                [.matrix("rows", "lists of equal length, or a table")], returns: .foreign(typeName: "matrix"),
                example: "matrix([[1, 2], [3, 4], [5, 6]])"
            ) { .matrix(try $0.matrix("rows")) },
            .host(
                "row", group: group, "A row of a matrix as a list of numbers.",
                [.matrix("matrix", "a matrix"), Parameter("index", .integer(), "from 0, or from −1 backwards")],
                returns: .numbers, example: "row(matrix([[1, 2], [3, 4]]), 1) == [3, 4]"
            ) { call in
                let matrix = try call.matrix("matrix")
                return .numbers(matrix.row(try place(call, among: matrix.rows, "rows")))
            },
            .host(
                "column", group: group, "A column of a matrix as a list of numbers.",
                [.matrix("matrix", "a matrix"), Parameter("index", .integer(), "from 0, or from −1 backwards")],
                returns: .numbers, example: "column(matrix([[1, 2], [3, 4]]), 1) == [2, 4]"
            ) { call in
                let matrix = try call.matrix("matrix")
                return .numbers(matrix.column(try place(call, among: matrix.columns, "columns")))
            },
        ]
    }

    private static func place(_ call: NativeCall, among count: Int, _ what: String) throws -> Int {
        let index = try call.integer("index")
        let place = index < 0 ? index + count : index
        guard (0..<count).contains(place) else {
            throw NativeError("the matrix has \(count) \(what), index \(index) is none of them", parameter: "index")
        }
        return place
    }

    // MARK: From networks

    private static func networks(_ session: Session) -> [Signature] {
        [
            .host(
                "features", group: group, "The penultimate features of a data set's images, a row an image.",
                text: "They are those that logreg() fits on, computed once and stored. The model needs weights.",
                [
                    Parameter("model", .foreign(typeName: "model")),
                    Parameter("dataset", .foreign(typeName: "dataset")), split,
                ],
                returns: .foreign(typeName: "matrix"), example: trained + "features(net, data, split: \"test\")"
            ) { call in
                let (pretraining, data, split) = try source(call, session)
                defer { session.progress.clear() }
                let features = try Features(
                    store: try session.store(), threads: session.threads, monitor: session.progress
                ).extract(pretraining, from: data.dataset, fingerprint: data.fingerprint, splits: [split])
                return .matrix(try FeatureMatrix(features(split)))
            },
            .host(
                "probabilities", group: group,
                "What a model's own classifier says of a data set's images: a row an image, a column a class.",
                text: "The classes are those that the model was trained on, whatever the data set's are.",
                [
                    Parameter("model", .foreign(typeName: "model")),
                    Parameter("dataset", .foreign(typeName: "dataset")), split,
                ],
                returns: .foreign(typeName: "matrix"), example: trained + "probabilities(net, data, split: \"test\")"
            ) { call in
                let (pretraining, data, split) = try source(call, session)
                defer { session.progress.clear() }
                let extractor = try FeatureExtractor(
                    pretraining.graph, weights: pretraining.weights, normalization: pretraining.normalization,
                    threads: session.threads, monitor: session.progress)
                let logits = try extractor.run(
                    data.dataset[split], task: "probabilities on \(data.dataset.name)", monitor: session.progress
                ).logits
                return .matrix(try FeatureMatrix(logits).softmax())
            },
            .host(
                "labels", group: group, "The classes of a data set's images, numbered from 0 as `classes` lists them.",
                [Parameter("dataset", .foreign(typeName: "dataset")), split], returns: .numbers,
                example: "labels(\(pictures), split: \"test\")"
            ) { call in
                let reference = try call.foreign("dataset", as: DatasetValue.self).reference
                let data = try session.load(reference, shape: nil)
                return .numbers(data.dataset[try chosen(call, data.dataset)].labels.map(Double.init))
            },
        ]
    }

    private static func source(
        _ call: NativeCall, _ session: Session
    ) throws -> (Model.Pretraining, LoadedDataset, Dataset.Split) {
        let model = try call.foreign("model", as: ModelValue.self).model
        guard let pretraining = model.pretraining else {
            throw NativeError(
                "\(model.name) has no weights", help: "train it with pretrain, or load_weights", parameter: "model")
        }
        let reference = try call.foreign("dataset", as: DatasetValue.self).reference
        let data = try session.load(reference, shape: model.inputShape)
        return (pretraining, data, try chosen(call, data.dataset))
    }

    private static func chosen(_ call: NativeCall, _ dataset: Dataset) throws -> Dataset.Split {
        let split = Dataset.Split(rawValue: try call.string("split")) ?? .train
        guard dataset[split].count > 0 else {
            throw NativeError("\(dataset.name) has no \(split.rawValue) images", parameter: "split")
        }
        return split
    }

    // MARK: Turning and comparing

    private static func turning(_ session: Session) -> [Signature] {
        let threads = session.threads
        return [
            .host(
                "pca", group: group, "The principal components of features.",
                text:
                    "scores are the examples on the components, explained the shares of the variance, components the\n"
                    + "directions. Of each direction the entry of the largest magnitude is positive. Source of the randomised\n"
                    + "method: Halko, Martinsson & Tropp 2011, \"Finding structure with randomness\".",
                [
                    .matrix("features"), Parameter("components", .integer(1...100_000), default: .number(2)),
                    Parameter(
                        "method", .choice(PrincipalComponents.Method.allCases.map(\.rawValue)),
                        default: .string("exact")),
                    seed,
                ], returns: .record, example: "pca([[1, 2, 0], [2, 4.1, 1], [3, 6, 0], [4, 7.9, 1]], components: 2)"
            ) { call in
                let (features, count) = (try call.matrix("features"), try call.integer("components"))
                let method = PrincipalComponents.Method(rawValue: try call.string("method")) ?? .exact
                let seed = UInt64(try call.integer("seed"))
                let result = try call.computing {
                    try PrincipalComponents(
                        features, components: count, method: method, seed: seed, blas: BLAS(threads: threads))
                }
                return .record(
                    Record([
                        ("scores", .matrix(result.scores)), ("explained", .numbers(result.explained)),
                        ("components", .matrix(result.components)),
                    ]))
            },
            .host(
                "cka", group: group, "How alike two representations of the same examples are: 0 to 1.",
                text:
                    "Linear centred kernel alignment, which rotations and scales of the features do not change. Source:\n"
                    + "Kornblith, Norouzi, Lee & Hinton 2019, \"Similarity of neural network representations revisited\".",
                [.matrix("a"), .matrix("b", "the same examples")], returns: .number(),
                example: "cka([[1, 2], [3, 4], [5, 7]], [[2, 1], [4, 3], [7, 5]])"
            ) { call in
                let (a, b) = (try call.matrix("a"), try call.matrix("b"))
                return .number(try call.computing { try KernelAlignment.linear(a, b, blas: BLAS(threads: threads)) })
            },
            .host(
                "neighbours", group: group, "The k nearest examples of each example, itself left out.",
                text:
                    "indices and distances are matrices, a row an example, nearest first; equal distances are in the order\n"
                    + "of the examples. The cosine distance is 1 − cosine.",
                [.matrix("features"), Parameter("k", .integer(1...1_000_000), default: .number(5)), metric],
                returns: .record, example: "neighbours([[0, 0], [1, 0], [0, 3]], 1).indices"
            ) { call in
                let (features, k) = (try call.matrix("features"), try call.integer("k"))
                let metric = Neighbours.Metric(rawValue: try call.string("metric")) ?? .euclidean
                let result = try call.computing {
                    try Neighbours(among: features, k: k, metric: metric, blas: BLAS(threads: threads))
                }
                let indices = try FeatureMatrix(
                    rows: features.rows, columns: k, values: result.indices.map(Double.init))
                let distances = try FeatureMatrix(rows: features.rows, columns: k, values: result.distances)
                return .record(Record([("indices", .matrix(indices)), ("distances", .matrix(distances))]))
            },
            .host(
                "tsne", group: group, "Examples in the plane, neighbours beside each other: t-SNE.",
                text:
                    "Returns a matrix of two columns, whose kl is the Kullback–Leibler divergence reached. perplexity is about\n"
                    + "how many neighbours count. Distances between groups mean little. Source: van der Maaten & Hinton 2008;\n"
                    + "above 500 examples with the trees of van der Maaten 2014, \"Accelerating t-SNE using tree-based algorithms\".",
                [
                    .matrix("features"), Parameter("perplexity", .number(1...100_000), default: .number(30)),
                    Parameter("steps", .integer(1...1_000_000), default: .number(1000)), seed,
                    Parameter(
                        "initial", .choice(Embedding.Start.allCases.map(\.rawValue)), default: .string("pca"),
                        "where the points start"),
                ], returns: .foreign(typeName: "matrix"),
                example: "tsne([[0, 0], [0, 1], [1, 0], [9, 9], [9, 8], [8, 9]], perplexity: 2, steps: 50)"
            ) { call in
                defer { session.progress.clear() }
                let embedding = try Embedding(
                    try call.matrix("features"), perplexity: try call.number("perplexity"),
                    steps: try call.integer("steps"), seed: UInt64(try call.integer("seed")),
                    start: Embedding.Start(rawValue: try call.string("initial")) ?? .principal, threads: threads,
                    monitor: session.progress)
                return .matrix(embedding.points, facts: [("kl", embedding.divergence)])
            },
        ]
    }
}
