/// How well scores put the positives first: precision averaged over recall.
///
/// Examples of equal score are one step of the curve, so that their order in the data changes nothing.
public enum AveragePrecision: String, Hashable, Sendable, CaseIterable {
    /// PASCAL VOC 2007: the mean over recalls 0, 0.1, … 1 of the best precision at that recall or more (Everingham et
    /// al. 2010, "The PASCAL visual object classes challenge", section 4.2.1).
    case elevenPoint = "11-point"
    /// Σ (Rₙ − Rₙ₋₁) Pₙ, as scikit-learn.
    case full
    /// As `full`, with the best precision at that recall or more: PASCAL VOC from 2010 on.
    case interpolated

    /// - Parameters:
    ///   - scores: larger for surer positives.
    ///   - labels: above 0 for positives. Where some are negative, 0 stands for examples that do not count (VOC's
    ///     difficult ones).
    /// - Returns: NaN without positives.
    /// - Throws: `ComputeError` of kind `.badArgument` for unequal lengths or a score that is NaN.
    public func score(_ scores: [Double], _ labels: [Double]) throws -> Double {
        guard scores.count == labels.count else {
            throw ComputeError(.badArgument, "\(scores.count) scores got \(labels.count) labels")
        }
        guard !(scores + labels).contains(where: \.isNaN) else {
            throw ComputeError(.badArgument, "average precision takes scores and labels that are not missing")
        }
        let hasDifficult = labels.contains { $0 < 0 }
        let kept = scores.indices.filter { !hasDifficult || labels[$0] != 0 }
        let curve = Self.curve(kept.sorted { scores[$0] > scores[$1] }, scores, labels)
        guard let positives = curve.last?.right, positives > 0 else { return .nan }
        return switch self {
        case .elevenPoint: Self.elevenPoints(curve, positives)
        case .full: Self.area(curve, positives)
        case .interpolated: Self.area(Self.best(curve), positives)
        }
    }

    /// A point of the curve: positives among the examples down to some score, and the share that they are.
    private typealias Point = (right: Int, precision: Double)

    private static func curve(_ order: [Int], _ scores: [Double], _ labels: [Double]) -> [Point] {
        var points: [Point] = []
        var right = 0
        for (position, index) in order.enumerated() {
            if labels[index] > 0 { right += 1 }
            let isLast = position + 1 == order.count || scores[order[position + 1]] < scores[index]
            if isLast { points.append((right, Double(right) / Double(position + 1))) }
        }
        return points
    }

    /// Every precision raised to the best one at that recall or more.
    private static func best(_ curve: [Point]) -> [Point] {
        var best = 0.0
        return curve.reversed().map { point in
            best = max(best, point.precision)
            return (point.right, best)
        }.reversed()
    }

    private static func area(_ curve: [Point], _ positives: Int) -> Double {
        var (area, before) = (0.0, 0)
        for point in curve {
            area += Double(point.right - before) * point.precision
            before = point.right
        }
        return area / Double(positives)
    }

    /// Recalls are compared as whole numbers, since 0.1 · k is not what it should be in doubles.
    private static func elevenPoints(_ curve: [Point], _ positives: Int) -> Double {
        let raised = best(curve)
        let heights = (0...10).map { tenth in
            raised.first { 10 * $0.right >= tenth * positives }?.precision ?? 0
        }
        return heights.reduce(0, +) / 11
    }
}
