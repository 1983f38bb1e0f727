import Compute
import Lang

/// Recipes, settings and studies as a notebook shows them: every number that is not the default, and the usual ones.
extension Recipe {
    func display(width: Int) -> String {
        var block = RichDisplay("recipe sgd")
        add(to: &block)
        return block.text(width: width)
    }

    fileprivate func add(to block: inout RichDisplay) {
        let rise = warmup > 0 ? ", after \(Wording.counted(warmup, "step")) of warm-up" : ""
        block.add("learning rate", "\(NumberFormat.text(learningRate)), \(schedule.words)\(rise)")
        let length =
            switch duration {
            case .steps(let steps): Wording.counted(steps, "step")
            case .epochs(let epochs): "\(NumberFormat.text(epochs)) \(epochs == 1 ? "epoch" : "epochs")"
            }
        block.add("length", "\(length), batches of \(Wording.grouped(batch))")
        block.add("momentum", NumberFormat.text(momentum) + (nesterov ? ", Nesterov's" : ""))
        block.add("weight decay", NumberFormat.text(weightDecay))
        if let averaging { block.add("average", "of the weights, decay \(NumberFormat.text(averaging))") }
        if labelSmoothing > 0 { block.add("label smoothing", NumberFormat.text(labelSmoothing)) }
        if augmentation != .none { block.add("augmentation", augmentation.words) }
    }
}

extension Schedule {
    /// As part of a sentence.
    var words: String {
        switch self {
        case .constant: "constant"
        case .cosine: "falling along half a cosine"
        case .exponential(let factor): "times \(NumberFormat.text(factor)) an epoch"
        }
    }
}

extension Augmentation {
    fileprivate var words: String {
        let parts = [flip ? "mirrored at random" : "", shift > 0 ? "moved by up to \(shift) pixels" : ""]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

extension Setting {
    func display(width: Int) -> String {
        var block = RichDisplay("setting \(name)")
        switch self {
        case .logisticRegression(let penalties):
            block.add("model", "logistic regression on frozen features")
            block.add("penalty", "λ/2·‖W‖², λ chosen on the validation split")
            block.add("λ", Setting.range(of: penalties))
        case .fineTuning(let recipe):
            block.add("model", "all weights trained on, with a new classifier")
            recipe.add(to: &block)
        case .scratch(let recipe):
            block.add("model", "trained from random weights")
            recipe.add(to: &block)
        }
        return block.text(width: width)
    }

    private static func range(of penalties: [Double]) -> String {
        let numbers = penalties.map { NumberFormat.significant($0, digits: 3) }
        guard numbers.count > 6, let low = penalties.min(), let high = penalties.max() else {
            return numbers.joined(separator: ", ")
        }
        let ends = [low, high].map { NumberFormat.significant($0, digits: 3) }
        return "\(numbers.count) values from \(ends[0]) to \(ends[1])"
    }
}

extension Study {
    func display(width: Int) -> String {
        var block = RichDisplay("study of \(Wording.counted(cells.count, "cell")); run(study) computes them")
        block.add("models", Study.listed(models.map(\.name)))
        block.add("data sets", Study.listed(datasets.map(\.name)))
        block.add("settings", Study.listed(settings.map(\.name)))
        block.add("seeds", Study.listed(seeds.map(String.init)))
        return block.text(width: width)
    }

    private static func listed(_ names: [String]) -> String { "\(names.count): " + names.joined(separator: ", ") }
}
