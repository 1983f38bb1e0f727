import TestSupport
import Testing

@testable import Compute

@Suite struct RegularizationPathTests {
    private let blas: BLAS

    init() throws {
        blas = try BLAS(threads: 1)
    }

    /// Two noisy classes along the first of `columns` features.
    private func split(_ count: Int, seed: UInt64, columns: Int = 4) -> RegularizationPath.Split {
        var random = Philox(seed: seed, purpose: "path test")
        let labels = (0..<count).map { Int32($0 % 2) }
        let values = labels.flatMap { label in
            (0..<columns).map { Float(random.normal()) + ($0 == 0 ? Float(label) * 2 : 0) }
        }
        return .init(Matrix(rows: count, columns: columns, values: values), labels: labels)
    }

    private func path(
        _ training: RegularizationPath.Split, _ validation: RegularizationPath.Split, _ penalties: [Double],
        options: LBFGS.Options = LBFGS.Options(), monitor: any Monitor = SilentMonitor()
    ) throws -> RegularizationPath {
        try RegularizationPath.fit(
            training: training, validation: validation, classes: 2, penalties: penalties, options: options, blas: blas,
            monitor: monitor)
    }

    /// Warm starts, carried curvature and the rotation shared with the validation rows must not move any minimum.
    @Test func everyPointReachesTheMinimum() throws {
        for reference in try LogisticReference.all() {
            let training = RegularizationPath.Split(reference.matrix, labels: reference.labels)
            let validation = RegularizationPath.Split(
                Matrix(
                    rows: 1, columns: reference.columns,
                    values: [Float](repeating: 1, count: reference.columns)), labels: [0])
            let path = try RegularizationPath.fit(
                training: training, validation: validation, classes: reference.classes,
                penalties: reference.points.map(\.penalty), blas: blas)
            #expect(path.unconverged.isEmpty, "\(reference.name)")
            for (point, expected) in zip(path.points, reference.points) {
                #expect(
                    isClose(point.certificate.objective, expected.objective, relative: 1e-6),
                    "\(reference.name) at \(expected.penalty): \(point.certificate)")
            }
        }
    }

    @Test func refitEqualsAFitOfBothSplits() throws {
        let (training, validation) = (split(60, seed: 1), split(40, seed: 2))
        let path = try path(training, validation, [10, 1, 0.1])
        let both = Matrix(
            rows: 100, columns: 4, values: training.features.values + validation.features.values)
        let direct = try LogisticRegression.fit(
            both, labels: training.labels + validation.labels, classes: 2, penalty: path.penalty, blas: blas)
        #expect(path.model.penalty == path.penalty)
        #expect(isClose(path.model.certificate.objective, direct.certificate.objective, relative: 1e-6))
    }

    @Test func withoutARefitTheChosenPointOfThePathIsTheModel() throws {
        let (training, validation) = (split(60, seed: 1), split(40, seed: 2))
        let path = try RegularizationPath.fit(
            training: training, validation: validation, classes: 2, penalties: [10, 1, 0.1], refits: false, blas: blas)
        let direct = try LogisticRegression.fit(
            training.features, labels: training.labels, classes: 2, penalty: path.penalty, blas: blas)
        #expect(path.model.certificate == path.points[path.chosen].certificate)
        #expect(isClose(path.model.certificate.objective, direct.certificate.objective, relative: 1e-6))
    }

    @Test func penaltiesAreSolvedLargestFirst() throws {
        let path = try path(split(30, seed: 3), split(30, seed: 4), [0.1, 10, 1])
        #expect(path.points.map(\.penalty) == [10, 1, 0.1])
    }

    /// One feature that gives the class away: every penalty is right on all validation examples.
    @Test func tiesGoToTheLargestPenalty() throws {
        let examples = RegularizationPath.Split(
            Matrix(rows: 4, columns: 1, values: [-1, 1, -1, 1]), labels: [0, 1, 0, 1])
        let path = try path(examples, examples, [0.01, 1, 100])
        #expect(path.chosen == 0)
        #expect(path.penalty == 100)
        #expect(path.tied == 3)
        #expect(path.choiceIsAtEdge)
    }

    @Test func choiceIsTheBestValidationAccuracy() throws {
        let path = try path(split(24, seed: 5, columns: 20), split(200, seed: 6, columns: 20), [1e4, 30, 1e-4])
        let best = try #require(path.points.map(\.validationAccuracy).max())
        #expect(path.points[path.chosen].validationAccuracy == best)
        #expect(path.points[..<path.chosen].allSatisfy { $0.validationAccuracy < best })
    }

    @Test func fitsThatStopEarlyAreNamed() throws {
        let path = try path(
            split(60, seed: 7), split(20, seed: 8), [1, 1e-3], options: LBFGS.Options(maximumIterations: 1))
        #expect(path.unconverged.contains(1e-3))
        #expect(path.points[1].certificate.reason == .iterationLimit)
    }

    @Test func monitorCancels() {
        struct Stop: Monitor {
            func advance(_ progress: Progress) throws {
                if progress.done == 1 { throw ComputeError(.cancelled, "interrupted") }
            }
            func check() throws {}
        }
        #expect(throws: ComputeError(.cancelled, "interrupted")) {
            try path(split(20, seed: 9), split(20, seed: 10), [10, 1], monitor: Stop())
        }
    }

    @Test func splitsOfDifferentWidthAreAnError() {
        #expect(throws: ComputeError.self) { try path(split(20, seed: 1), split(20, seed: 2, columns: 5), [1]) }
        #expect(throws: ComputeError.self) { try path(split(20, seed: 1), split(20, seed: 2), []) }
        #expect(throws: ComputeError.self) { try path(split(20, seed: 1), split(0, seed: 2), [1]) }
    }

    @Test func paperPenaltiesAreFortyFiveFromLargeToSmall() {
        let penalties = RegularizationPath.paperPenalties
        #expect(penalties.count == 45)
        #expect(isClose(penalties[0], 1e5) && isClose(penalties[44], 1e-6))
        #expect(isClose(penalties[20], 1))
    }
}
