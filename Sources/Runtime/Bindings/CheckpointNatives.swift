import Compute
import Foundation
import Lang

/// Weights from files and into files.
enum CheckpointNatives {
    private static let group = "Models"
    private static var model: Parameter { Parameter("model", .foreign(typeName: "model")) }

    static func signatures(_ session: Session) -> [Signature] { [load(session), save(session), preprocessing] }

    // MARK: Loading

    private static func load(_ session: Session) -> Signature {
        .host(
            "load_weights", group: group, "A model with the weights of a file.",
            text:
                "Known are .safetensors, PyTorch's .pth and .pt, and NumPy's .npz. The parameters are found by the network's own\n"
                + "names or by those of timm, torchvision and others; the model's display says what was read. Nothing in a file\n"
                + "is ever run. Parameters that the file lacks are an error unless partial: true, which leaves them as they start.",
            [
                model, Parameter("path", .string),
                Parameter("classifier", .bool, default: .bool(true), "false leaves the classifier out"),
                Parameter(
                    "by", .choice(WeightLoad.Matching.allCases.map(\.rawValue)), default: .string("name"),
                    "order takes the file's arrays one after the other"),
                Parameter(
                    "ema", .bool, default: .bool(false), "whether the moving average is taken where there is one"),
                Parameter("partial", .bool, default: .bool(false), "whether parameters may be missing"),
                optional("preprocessing", .foreign(typeName: "preprocessing"), "how pictures become the input"),
            ], returns: .foreign(typeName: "model"),
            example: "let net = mobilenet_v1(width: 0.25)\n"
                + "load_weights(net, save_weights(net, \"net.safetensors\"))"
        ) { call in
            let model = try call.foreign("model", as: ModelValue.self).model
            let path = try call.string("path")
            let location = try session.file(path, for: call).path
            let file = try Checkpoint.read(location, prefersAverage: try call.bool("ema"), monitor: session.progress)
            let digest = Key.digest(of: try Data(contentsOf: URL(fileURLWithPath: location), options: .alwaysMapped))
            let matching = WeightLoad.Matching(rawValue: try call.string("by")) ?? .name
            guard matching == .name || file.format != .safetensors else {
                throw NativeError(
                    "a safetensors file has its arrays in the order of their names, not of the layers",
                    help: "match by name, or take the .pth or .npz file", parameter: "by")
            }
            if let odd = file.names.first(where: { !(file.tensors[$0]?.values.allSatisfy(\.isFinite) ?? true) }) {
                throw NativeError(
                    "\(path): '\(odd)' has numbers that are not finite", help: "the training that wrote it went astray",
                    parameter: "path")
            }
            let given = try call.optionalForeign("preprocessing", as: PreprocessingValue.self)?.preprocessing
            let load = LoadedWeights(
                model: model, file: file, digest: digest, path: path, preprocessing: given ?? file.preprocessing,
                matching: matching,
                keepsClassifier: try call.bool("classifier"), mayMiss: try call.bool("partial"), seed: session.seed)
            session.noteReading(path, digest: digest)
            return .foreign(ModelValue(try load.loaded()))
        }
    }

    private static func save(_ session: Session) -> Signature {
        .host(
            "save_weights", group: group, "Writes a model's weights as .safetensors, under the network's own names.",
            [model, Parameter("path", .string)], returns: .string,
            example: "save_weights(mobilenet_v1(width: 0.25), \"net.safetensors\")"
        ) { call in
            let model = try call.foreign("model", as: ModelValue.self).model
            let path = try call.string("path")
            guard (path as NSString).pathExtension.lowercased() == "safetensors" else {
                throw NativeError("weights are written as .safetensors", help: "end the file's name so")
            }
            let weights = try model.pretraining?.weights ?? model.summaryGraph().initialWeights(seed: session.seed)
            var metadata = ["network": model.name, "format": "pt"]
            if let preprocessing = model.pretraining?.preprocessing {
                metadata["preprocessing"] = Key.text(preprocessing)
            }
            try AtomicFile.write(
                try Safetensors.encode(weights, metadata: metadata), to: try session.writable.file(path).path)
            return .string(path)
        }
    }

    // MARK: Preprocessing

    private static var preprocessing: Signature {
        .host(
            "preprocessing", group: group, "How pictures become a network's input.",
            text: "Numbers are (byte / 255 − mean) / std. The defaults are those of PyTorch's libraries.",
            [
                Parameter("size", .integer(1...4096), "pixels of a side"),
                Parameter(
                    "mean", .numbers, default: .numbers([0.485, 0.456, 0.406]), "of each channel, or one for all"),
                Parameter(
                    "std", .numbers, default: .numbers([0.229, 0.224, 0.225]), "of each channel, or one for all"),
                Parameter(
                    "interpolation", .choice(Image.Filter.allCases.map(\.rawValue)), default: .string("bilinear")),
                Parameter(
                    "crop", .optional(.number(0.01...1)), default: .number(0.875),
                    "share of the shorter side that is cut out; none takes the whole picture"),
                Parameter("order", .choice(["rgb", "bgr"]), default: .string("rgb"), "of the channels"),
            ], returns: .foreign(typeName: "preprocessing"), example: "preprocessing(224, mean: [0.5], std: [0.5])"
        ) { call in
            let (mean, deviation) = (
                try call.numbers("mean").map { Float($0) }, try call.numbers("std").map { Float($0) }
            )
            guard [1, 3].contains(mean.count), [1, 3].contains(deviation.count), mean.allSatisfy(\.isFinite),
                deviation.allSatisfy({ $0 > 0 && $0.isFinite })
            else { throw NativeError("mean and std take one number or three, std above zero") }
            let normalization = Normalization(
                mean: mean, deviation: deviation, reversesChannels: try call.string("order") == "bgr")
            return .foreign(
                PreprocessingValue(
                    Preprocessing(
                        normalization: normalization, size: try call.integer("size"),
                        filter: Image.Filter(rawValue: try call.string("interpolation")) ?? .bilinear,
                        crop: try call.optionalNumber("crop"))))
        }
    }
}

/// How pictures become a network's input, in a script.
final class PreprocessingValue: Foreign {
    let preprocessing: Preprocessing
    init(_ preprocessing: Preprocessing) { self.preprocessing = preprocessing }

    var typeName: String { "preprocessing" }
    func display(width: Int) -> String { "preprocessing \(preprocessing.words)" }
    func isEqual(to other: any Foreign) -> Bool { (other as? PreprocessingValue)?.preprocessing == preprocessing }
}

extension Preprocessing {
    /// "224 pixels, bicubic, crop 0.875, mean 0.5, std 0.5"
    var words: String {
        func text(_ numbers: [Float]) -> String {
            numbers.map { NumberFormat.significant(Double($0), digits: 4) }.joined(separator: " ")
        }
        let parts = [
            "\(size) pixels", filter.rawValue,
            crop.map { "crop \(NumberFormat.significant($0, digits: 4))" } ?? "whole picture",
            "mean \(text(normalization.mean))", "std \(text(normalization.deviation))",
            normalization.reversesChannels ? "channels blue, green, red" : "",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

extension Checkpoint {
    /// What `save_weights` wrote beside the weights.
    fileprivate var preprocessing: Preprocessing? {
        metadata["preprocessing"].flatMap { try? JSONDecoder().decode(Preprocessing.self, from: Data($0.utf8)) }
    }
}
