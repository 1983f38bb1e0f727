import Compute
import Foundation
import Lang

/// A data set as a notebook shows it. Nothing is read for it: sizes are those declared, or those already known.
extension DatasetReference {
    /// - Parameters:
    ///   - loaded: the data set, if it has been read before.
    ///   - folders: where data sets are looked for.
    func display(loaded: Dataset?, folders: [String], width: Int) -> String {
        guard let declared = DatasetLayout.named(layout) else { return "dataset \(name)" }
        var block = RichDisplay("dataset \(name): \(declared.title)")
        let classes = declared.classes
        block.add("classes", "\(classes.count): " + classes.joined(separator: ", "))
        for split in Dataset.Split.allCases {
            let count = loaded?[split].count ?? size(of: split, declared)
            if let count, count > 0 { block.add(split.rawValue, Wording.counted(count, "image")) }
        }
        if loaded == nil, !declared.isSynthetic, declared.sizes == nil {
            block.add("images", "counted when it is first read")
        }
        if let perClass { block.add("training", "at most \(perClass.count) images a class, seed \(perClass.seed)") }
        block.add("size", sizeText(declared))
        if declared.metric == .meanPerClass { block.add("metric", "mean accuracy of the classes") }
        if declared.isSynthetic {
            block.add("drawn", "with seed \(options.seed), difficulty \(NumberFormat.text(options.difficulty))")
        } else {
            block.add("lies in", place(declared, folders))
        }
        return block.text(width: width)
    }

    /// How many images a split has as far as that is known without reading.
    private func size(of split: Dataset.Split, _ declared: DatasetLayout) -> Int? {
        if split == .train, perClass != nil { return nil }
        guard declared.isSynthetic else { return declared.sizes?[split] }
        let perClass =
            switch split {
            case .train: options.trainPerClass
            case .validation: options.validationPerClass
            case .test: options.testPerClass
            }
        return perClass * declared.classes.count
    }

    private func sizeText(_ declared: DatasetLayout) -> String {
        let native = declared.nativeShape
        let shape = [options.channels ?? native[0], options.size ?? native[1], options.size ?? native[2]]
        let isOpen = options.size == nil || options.channels == nil
        return Wording.shape(shape) + (isOpen ? ", or what a network takes" : "")
    }

    private func place(_ declared: DatasetLayout, _ folders: [String]) -> String {
        declared.folder(searching: folders).map { URL(fileURLWithPath: $0).standardizedFileURL.path }
            ?? "not here; using it says how to get it"
    }
}
