/// How well predicted classes agree with the true ones, and how sure a measured accuracy is.
public enum Classification {
    /// The column of the largest value of every row; the lower one of two that are equal.
    public static func predictions(_ logits: Matrix) -> [Int32] {
        logits.values.withUnsafeBufferPointer { values in
            (0..<logits.rows).map { row in
                var best = 0
                for column in 0..<logits.columns
                where values[row * logits.columns + column] > values[row * logits.columns + best] {
                    best = column
                }
                return Int32(truncatingIfNeeded: best)
            }
        }
    }

    /// Accuracy in the given metric, within 0...1; NaN without examples.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` when counts differ or a class is out of range.
    public static func score(
        _ predictions: [Int32], _ labels: [Int32], classes: Int, metric: Dataset.Metric
    ) throws -> Double {
        switch metric {
        case .top1: try top1(predictions, labels)
        case .meanPerClass: try meanPerClass(predictions, labels, classes: classes)
        }
    }

    /// The share of examples whose prediction equals the label; NaN without examples.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` when the counts differ.
    public static func top1(_ predictions: [Int32], _ labels: [Int32]) throws -> Double {
        try checkCounts(predictions, labels)
        let right = zip(predictions, labels).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
        return Double(right) / Double(labels.count)
    }

    /// The mean over the classes that have examples of the share predicted right; NaN without examples.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` when counts differ or a class is out of range.
    public static func meanPerClass(_ predictions: [Int32], _ labels: [Int32], classes: Int) throws -> Double {
        try checkCounts(predictions, labels)
        var (right, all) = ([Int](repeating: 0, count: max(classes, 0)), [Int](repeating: 0, count: max(classes, 0)))
        for (prediction, label) in zip(predictions, labels) {
            try check(prediction, label, classes)
            all[Int(label)] += 1
            if prediction == label { right[Int(label)] += 1 }
        }
        let shares = zip(right, all).filter { $1 > 0 }.map { Double($0) / Double($1) }
        return shares.reduce(0, +) / Double(shares.count)
    }

    /// Counts [true class][predicted class].
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` when counts differ or a class is out of range.
    public static func confusion(_ predictions: [Int32], _ labels: [Int32], classes: Int) throws -> [[Int]] {
        try checkCounts(predictions, labels)
        var counts = [[Int]](repeating: [Int](repeating: 0, count: max(classes, 0)), count: max(classes, 0))
        for (prediction, label) in zip(predictions, labels) {
            try check(prediction, label, classes)
            counts[Int(label)][Int(prediction)] += 1
        }
        return counts
    }

    /// The score interval of a proportion (Wilson 1927, "Probable inference, the law of succession, and statistical
    /// inference", JASA 22): inside 0...1 and sensible at 0 and 1, unlike p ± z·se.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` unless 0 ≤ `right` ≤ `count`, `count` ≥ 1 and 0 < `level` < 1.
    public static func wilsonInterval(right: Int, of count: Int, level: Double = 0.95) throws -> Interval {
        guard count >= 1, (0...count).contains(right) else {
            throw ComputeError(.badArgument, "a proportion needs 0 ≤ right ≤ count, got \(right) of \(count)")
        }
        try Interval.checkLevel(level)
        let (n, p) = (Double(count), Double(right) / Double(count))
        let z = Normal().quantile((1 + level) / 2)
        let shrink = 1 / (1 + z * z / n)
        let centre = shrink * (p + z * z / (2 * n))
        let half = shrink * z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        // At the ends the interval touches 0 or 1, which rounding would miss.
        return Interval(
            low: right == 0 ? 0 : centre - half, high: right == count ? 1 : centre + half, level: level)
    }

    private static func check(_ prediction: Int32, _ label: Int32, _ classes: Int) throws {
        guard (0..<classes).contains(Int(label)), (0..<classes).contains(Int(prediction)) else {
            throw ComputeError(
                .badArgument, "classes \(label) and \(prediction) are not both within 0..<\(classes)")
        }
    }

    private static func checkCounts(_ predictions: [Int32], _ labels: [Int32]) throws {
        guard predictions.count == labels.count else {
            throw ComputeError(.badArgument, "\(predictions.count) predictions got \(labels.count) labels")
        }
    }
}
