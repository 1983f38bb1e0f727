import Compute
import Foundation
import Lang

/// What a network says of pictures.
enum PredictNatives {
    static func signatures(_ session: Session) -> [Signature] {
        [
            .host(
                "predict", group: "Models", "The likeliest classes of pictures, a row each.",
                text: "Pictures are PNG or JPEG files. They are prepared as the model's preprocessing says.",
                [
                    Parameter("model", .foreign(typeName: "model")),
                    Parameter("images", .oneOf([.string, .list(of: .string)]), "paths"),
                    Parameter("top", .integer(1...1_000_000), default: .number(5), "classes for each picture"),
                ], returns: .foreign(typeName: "table"),
                example: "let sheet = preview(dataset(\"shapes\"), 4, path: \"sheet.png\").path\n"
                    + "predict(load_weights(mobilenet_v1(width: 0.25), "
                    + "save_weights(mobilenet_v1(width: 0.25), \"net.safetensors\")), sheet, top: 1)"
            ) { call in
                let model = try call.foreign("model", as: ModelValue.self).model
                guard let pretraining = model.pretraining else {
                    throw NativeError("\(model.name) has no weights", help: "train it with pretrain, or load_weights")
                }
                let value = try call.value("images")
                let paths = try value.asString.map { [$0] } ?? call.strings("images")
                let logits = try PredictNatives.logits(pretraining, paths, session, call)
                return .table(try table(paths, logits, top: try call.integer("top")))
            }
        ]
    }

    /// - Returns: logits of each picture.
    private static func logits(
        _ pretraining: Model.Pretraining, _ paths: [String], _ session: Session, _ call: NativeCall
    ) throws -> [[Float]] {
        let graph = pretraining.graph
        guard graph.input.count == 3, graph.input[1] == graph.input[2], [1, 3].contains(graph.input[0]) else {
            throw NativeError("\(graph.name) takes \(Wording.shape(graph.input)), not pictures")
        }
        let preprocessing = pretraining.preprocessing ?? Preprocessing(size: graph.input[1])
        guard preprocessing.size == graph.input[1] else {
            throw NativeError(
                "\(graph.name) takes \(graph.input[1]) pixels, its preprocessing gives \(preprocessing.size)",
                help: "build the network with input: \(preprocessing.size)")
        }
        let batch = min(16, max(1, paths.count))
        let plan = try InferencePlan(
            graph, weights: pretraining.weights, batch: batch, threads: session.threads, monitor: session.progress)
        var results: [[Float]] = []
        for start in stride(from: 0, to: paths.count, by: batch) {
            let some = paths[start..<min(paths.count, start + batch)]
            var numbers: [Float] = []
            for path in some {
                try session.progress.check()
                numbers += preprocessing.input(try image(path, session, call), channels: graph.input[0])
            }
            let output = try numbers.withUnsafeBufferPointer {
                try plan.run($0, count: some.count, monitor: session.progress)
            }
            results += (0..<some.count).map {
                Array(output.logits.values[($0 * graph.classes)..<(($0 + 1) * graph.classes)])
            }
        }
        return results
    }

    static func image(_ path: String, _ session: Session, _ call: NativeCall) throws -> Image {
        let bytes = Data(try session.read(path, for: call))
        if bytes.starts(with: [0xFF, 0xD8]) { return try JPEG.decode(bytes, name: path) }
        guard bytes.starts(with: [0x89, 0x50]) else {
            throw ComputeError(.badFile, "this is no picture", subject: path, remedy: "known are PNG and JPEG")
        }
        return try PNG.decode(bytes, name: path)
    }

    private static func table(_ paths: [String], _ logits: [[Float]], top: Int) throws -> Table {
        var (images, ranks, classes, shares): ([String], [Double], [Double], [Double]) = ([], [], [], [])
        for (path, logits) in zip(paths, logits) {
            let largest = logits.max() ?? 0
            let powers = logits.map { exp(Double($0 - largest)) }
            let total = powers.reduce(0, +)
            let order = powers.indices.sorted { (powers[$1], $0) < (powers[$0], $1) }
            for (rank, index) in order.prefix(top).enumerated() {
                images.append(path)
                ranks.append(Double(rank + 1))
                classes.append(Double(index))
                shares.append(powers[index] / total)
            }
        }
        return try Table([
            ("image", .strings(images)), ("rank", .numbers(ranks)), ("class", .numbers(classes)),
            ("probability", .numbers(shares)),
        ])
    }
}
