import Compute

/// How a network is brought to a data set: the three settings of Kornblith et al. 2019, sections 3 and 4.
public enum Setting: Hashable, Codable, Sendable {
    /// L2-regularised multinomial logistic regression on frozen features; `penalties` is the path of λ.
    case logisticRegression(penalties: [Double])
    /// All weights trained on from the pretrained ones, with a new classifier.
    case fineTuning(Recipe)
    /// The same network from random weights.
    case scratch(Recipe)

    /// The word that the results table shows.
    public var name: String {
        switch self {
        case .logisticRegression: "logreg"
        case .fineTuning: "finetune"
        case .scratch: "scratch"
        }
    }

    public var usesPretrainedWeights: Bool {
        if case .scratch = self { false } else { true }
    }
}
