import Compute
import Foundation

/// A data set in memory with the fingerprint of its contents.
public struct LoadedDataset: Sendable {
    public let dataset: Dataset
    /// Hash of every pixel and label: what results on this data depend on.
    public let fingerprint: String

    /// What decides the contents.
    struct Request: Hashable {
        let reference: DatasetReference
        let shape: [Int]?
    }

    init(_ request: Request, folders: [String], monitor: any Monitor) throws {
        let reference = request.reference
        var options = reference.options
        options.size = options.size ?? request.shape.map { $0[1] }
        options.channels = options.channels ?? request.shape.map { $0[0] }
        guard let layout = DatasetLayout.named(reference.layout) else {
            throw ComputeError(.badArgument, "no data set is called '\(reference.layout)'")
        }
        var dataset = try layout.load(searching: folders, options: options, monitor: monitor)
        dataset.name = reference.name
        if let perClass = reference.perClass {
            dataset = dataset.subset(perClass: perClass.count, seed: perClass.seed)
        }
        self.dataset = dataset
        fingerprint = try LoadedDataset.fingerprint(dataset, monitor)
    }

    private static func fingerprint(_ dataset: Dataset, _ monitor: any Monitor) throws -> String {
        let parts = try Dataset.Split.allCases.map { split -> String in
            let examples = dataset[split]
            let labels = examples.labels.withUnsafeBytes { Data($0) }
            return "\(split.rawValue) \(try Key.digest(of: examples.pixels, monitor)) \(Key.digest(of: labels))"
        }
        // Nothing is added where validation is joined, so that results stored before subsets kept apart stay known.
        let final = dataset.joinsValidation ? "" : " without validation"
        let description = "\(dataset.shape) \(dataset.classes) \(dataset.metric.rawValue)\(final)"
        return Key.digest(of: Data((parts + [description]).joined(separator: "\n").utf8))
    }
}
