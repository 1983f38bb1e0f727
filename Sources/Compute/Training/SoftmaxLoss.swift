import Glibc

/// Softmax cross-entropy with label smoothing, its gradient and the number of right predictions of one batch.
///
/// Loss of an example: `−Σ_k q_k ln p_k` with `q_k = (1 − ε)·[k = label] + ε / K`; the batch's loss is the mean.
public struct SoftmaxLoss: Sendable {
    public let value: Double
    public let correct: Int
    /// d value / d logits, batch × classes.
    public let gradient: Matrix

    /// - Precondition: one label a row, each within the columns.
    public init(logits: Matrix, labels: [Int32], smoothing: Double = 0) {
        precondition(logits.rows == labels.count, "one label a row of logits")
        let classes = logits.columns
        var gradient = Matrix(zeros: logits.rows, classes)
        var (total, correct) = (0.0, 0)
        let floor = smoothing / Double(classes)
        for row in 0..<logits.rows {
            let scores = logits.values[row * classes..<(row + 1) * classes].map(Double.init)
            let label = Int(labels[row])
            let top = scores.max() ?? 0
            let exponentials = scores.map { exp($0 - top) }
            let sum = exponentials.reduce(0, +)
            let logSum = log(sum) + top
            for column in 0..<classes {
                let target = (column == label ? 1 - smoothing : 0) + floor
                if target != 0 { total += target * (logSum - scores[column]) }
                gradient[row, column] = Float((exponentials[column] / sum - target) / Double(logits.rows))
            }
            if scores.firstIndex(of: top) == label { correct += 1 }
        }
        value = total / Double(logits.rows)
        self.correct = correct
        self.gradient = gradient
    }
}
