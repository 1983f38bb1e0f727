import Compute
import Foundation

/// A model and a file of weights, brought together.
struct LoadedWeights {
    let model: Model
    let file: Checkpoint
    /// SHA-256 of the file.
    let digest: String
    /// As the script names it.
    let path: String
    let preprocessing: Preprocessing?
    let matching: WeightLoad.Matching
    let keepsClassifier: Bool
    let mayMiss: Bool
    let seed: UInt64

    /// - Throws: `ComputeError` when parameters are missing or of another shape and that was not allowed.
    func loaded() throws -> Model {
        let graph = try graph()
        let load = WeightLoad(
            file, into: graph, namings: namings, by: matching, keepsClassifier: keepsClassifier, seed: seed)
        try check(load, graph)
        var result = model
        result.pretraining = Model.Pretraining(
            graph: graph, weights: load.weights, source: (path as NSString).lastPathComponent, facts: nil,
            preprocessing: preprocessing, load: load,
            key: Key(
                "file",
                [
                    ("graph", graph.canonicalText), ("file", digest), ("by", matching.rawValue),
                    ("classifier", "\(keepsClassifier)"),
                    ("seed", load.missing.isEmpty && keepsClassifier ? "" : "\(seed)"),
                    ("preprocessing", preprocessing.map { Key.text($0) } ?? ""),
                ]))
        return result
    }

    private var namings: [WeightNaming] {
        guard case .declared(let name, _) = model.network else { return [] }
        return NetworkFamily.variant(name)?.namings ?? []
    }

    /// The network with as many classes as the file's classifier has, where the script leaves that open.
    private func graph() throws -> Graph {
        let graph = try model.summaryGraph()
        guard case .declared(_, let options) = model.network, options.classes == nil, keepsClassifier else {
            return graph
        }
        let classifier = graph.nodes[graph.output].name + ".weight"
        let names = [classifier] + namings.compactMap { $0.name(classifier) }
        guard let classes = names.lazy.compactMap({ file.tensors[$0]?.shape.first }).first, classes > 0 else {
            return graph
        }
        return try graph.replacingClassifier(classes: classes)
    }

    private func check(_ load: WeightLoad, _ graph: Graph) throws {
        if let misfit = load.misfits.first {
            let more = load.misfits.count > 1 ? ", and \(load.misfits.count - 1) more do not fit" : ""
            let isClassifier = misfit.name.hasPrefix(graph.nodes[graph.output].name + ".")
            throw ComputeError(
                .badFile,
                "'\(misfit.name)' has shape \(misfit.wanted) in \(graph.name) and \(misfit.found) in the file\(more)",
                subject: path,
                remedy: isClassifier ? "leave it out with classifier: false" : "check the network's options")
        }
        guard !load.missing.isEmpty, !mayMiss || load.matched.isEmpty else { return }
        let counts =
            "\(load.missing.count) of \(graph.parameters.count) parameters of \(graph.name) are not in the file"
        let first = load.missing.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
        let theirs = load.unexpected.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
        let refused = file.refused.isEmpty ? "" : "; not built were \(file.refused.prefix(3).joined(separator: ", "))"
        throw ComputeError(
            .badFile,
            "\(counts), the first \(first)" + (theirs.isEmpty ? "" : "; the file has \(theirs) and others for nothing")
                + refused,
            subject: path,
            remedy: "check the network and its options; partial: true leaves what is missing as it starts")
    }
}

extension WeightLoad {
    /// What did not come from the file, or went nowhere, in words.
    var shortfalls: [(label: String, names: String)] {
        func words(_ names: [String]) -> String {
            names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
        }
        let all = [("left out", dropped), ("not in the file", missing), ("unused in the file", unexpected)]
        return all.filter { !$0.1.isEmpty }.map { ($0.0, words($0.1)) }
    }
}
