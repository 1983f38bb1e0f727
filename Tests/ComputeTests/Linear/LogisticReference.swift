import TestSupport

@testable import Compute

#if canImport(Glibc)
    import Glibc
#endif

/// Small problems with their minima, from Tests/Reference/linear/logistic.py.
struct LogisticReference: Decodable {
    struct Point: Decodable {
        let penalty, objective: Double
        /// Of the first three examples.
        let probabilities: [[Double]]
    }

    let name: String
    let rows, columns, classes: Int
    let features: [Float]
    let labels: [Int32]
    let points: [Point]

    static func all() throws -> [LogisticReference] {
        try ReferenceFile.read("linear/logistic.json")
    }

    var matrix: Matrix { Matrix(rows: rows, columns: columns, values: features) }

    /// The objective in double precision, whatever the solver computed in.
    func objective(_ model: LogisticRegression) -> Double {
        let penalty = model.weights.values.reduce(0) { $0 + Double($1) * Double($1) } * model.penalty / 2
        return (0..<rows).reduce(penalty) { $0 - log(probabilities(model, row: $1)[Int(labels[$1])]) }
    }

    func probabilities(_ model: LogisticRegression, row: Int) -> [Double] {
        let logits = (0..<classes).map { label in
            (0..<columns).reduce(Double(model.bias[label])) {
                $0 + Double(features[row * columns + $1]) * Double(model.weights[label, $1])
            }
        }
        let largest = logits.max() ?? 0
        let powers = logits.map { exp($0 - largest) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }
}
