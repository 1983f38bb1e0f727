import TestSupport
import Testing

@testable import Compute

@Suite struct LogisticRegressionTests {
    private let blas: BLAS

    init() throws {
        blas = try BLAS(threads: 1)
    }

    @Test func objectivesAndProbabilitiesEqualScikitLearns() throws {
        for reference in try LogisticReference.all() {
            for point in reference.points {
                let model = try LogisticRegression.fit(
                    reference.matrix, labels: reference.labels, classes: reference.classes, penalty: point.penalty,
                    blas: blas)
                let place: Comment = "\(reference.name), penalty \(point.penalty): \(model.certificate)"
                #expect(model.certificate.converged, place)
                #expect(isClose(reference.objective(model), point.objective, relative: 1e-6), place)
                #expect(isClose(model.certificate.objective, point.objective, relative: 1e-6), place)
                for (row, expected) in point.probabilities.enumerated() {
                    for (value, expected) in zip(reference.probabilities(model, row: row), expected) {
                        #expect(isClose(value, expected, absolute: 2e-3), place)
                    }
                }
            }
        }
    }

    /// The gradient that the certificate speaks of, against central differences of the value.
    @Test func gradientEqualsFiniteDifferences() throws {
        let reference = try #require(try LogisticReference.all().first)
        let rotated = try RotatedFeatures(reference.matrix, blas: blas)
        let objective = SoftmaxObjective(
            rotated, labels: reference.labels, classes: reference.classes, penalty: 0.7, blas: blas)
        var random = Philox(seed: 1, purpose: "gradient test")
        let point = (0..<objective.parameterCount).map { _ in 0.3 * random.normal() }
        func evaluate(_ point: [Double]) throws -> (Double, [Double]) {
            var gradient = point
            let value = try point.withUnsafeBufferPointer { point in
                try gradient.withUnsafeMutableBufferPointer { try objective.evaluate(point, $0) }
            }
            return (value, gradient)
        }
        let (_, gradient) = try evaluate(point)
        for index in point.indices {
            var (up, down) = (point, point)
            up[index] += 1e-2
            down[index] -= 1e-2
            let slope = (try evaluate(up).0 - evaluate(down).0) / 2e-2
            #expect(isClose(gradient[index], slope, relative: 1e-3, absolute: 2e-2), "parameter \(index)")
        }
    }

    @Test func zeroFeaturesLearnTheClassFrequencies() throws {
        let model = try LogisticRegression.fit(
            Matrix(zeros: 10, 3), labels: [0, 0, 0, 0, 0, 0, 1, 1, 1, 2], classes: 3, penalty: 1, blas: blas)
        #expect(model.weights.values.allSatisfy { $0 == 0 })
        #expect(isClose(Double(model.bias[0] - model.bias[2]), 1.791_759_469, relative: 1e-3))
    }

    @Test func oneExampleAndAnAbsentClassAreFitted() throws {
        let model = try LogisticRegression.fit(
            Matrix(rows: 1, columns: 2, values: [1, -1]), labels: [2], classes: 4, penalty: 1, blas: blas)
        #expect(try model.predict(Matrix(rows: 1, columns: 2, values: [1, -1]), blas: blas) == [2])
    }

    @Test func sameInputGivesTheSameBits() throws {
        let reference = try #require(try LogisticReference.all().first)
        let fits = try (0..<2).map { _ in
            try LogisticRegression.fit(
                reference.matrix, labels: reference.labels, classes: reference.classes, penalty: 0.01, blas: blas)
        }
        #expect(fits[0] == fits[1])
    }

    @Test func wrongArgumentsAreErrors() {
        let features = Matrix(zeros: 2, 2)
        func fit(_ features: Matrix, _ labels: [Int32], _ penalty: Double) throws {
            _ = try LogisticRegression.fit(features, labels: labels, classes: 2, penalty: penalty, blas: blas)
        }
        #expect(throws: ComputeError.self) { try fit(features, [0], 1) }
        #expect(throws: ComputeError.self) { try fit(features, [0, 2], 1) }
        #expect(throws: ComputeError.self) { try fit(features, [0, -1], 1) }
        #expect(throws: ComputeError.self) { try fit(features, [0, 1], -1) }
        #expect(throws: ComputeError.self) { try fit(features, [0, 1], .nan) }
        #expect(throws: ComputeError.self) { try fit(Matrix(zeros: 0, 2), [], 1) }
        #expect(throws: ComputeError.self) { try fit(Matrix(rows: 2, columns: 1, values: [1, .nan]), [0, 1], 1) }
    }
}
