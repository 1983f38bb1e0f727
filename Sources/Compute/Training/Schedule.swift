import Glibc

/// How the learning rate moves after warm-up, as a multiple of the recipe's rate.
public enum Schedule: Hashable, Codable, Sendable {
    case constant
    /// Half a cosine from 1 to 0 over the steps after warm-up (Loshchilov and Hutter 2017, arXiv 1608.03983, no restarts).
    case cosine
    /// Multiplied by `factor` an epoch, continuously (Kornblith et al. 2019, appendix A.3: 0.975).
    case exponential(factor: Double)

    /// - Parameters:
    ///   - step: 0 for the first step after warm-up.
    ///   - total: steps after warm-up in the whole run.
    ///   - stepsPerEpoch: how many steps see each example once.
    public func multiple(at step: Int, of total: Int, stepsPerEpoch: Double) -> Double {
        switch self {
        case .constant: 1
        case .cosine: (1 + cos(.pi * Double(step) / Double(max(1, total)))) / 2
        case .exponential(let factor): pow(factor, Double(step) / max(1, stepsPerEpoch))
        }
    }
}
