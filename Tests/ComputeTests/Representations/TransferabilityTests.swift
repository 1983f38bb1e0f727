import TestSupport
import Testing

@testable import Compute

@Suite struct TransferabilityTests {
    private let reference: RepresentationsReference
    private let blas: BLAS

    init() throws {
        reference = try RepresentationsReference.read()
        blas = try BLAS(threads: 2)
    }

    /// The reference climbs with a simplex, which stops at about 1e-9; the authors' program stops at 0.001.
    @Test func logMEIsTheLargestEvidence() throws {
        for row in reference.scores {
            let score = try LogME.score(row.matrix, row.classes, blas: blas)
            #expect(isClose(score, row.logme, relative: 1e-8), "\(row.name): \(score), \(row.logme)")
            #expect(score >= row.logme_authors - 1e-12, "\(row.name)")
            #expect(isClose(score, row.logme_authors, relative: 0.01), "\(row.name)")
        }
    }

    /// Neither the features' scale nor that of the program's 10⁻⁵ decides.
    @Test func logMEDoesNotDependOnTheScale() throws {
        let row = try #require(reference.scores.first)
        let scaled = try FeatureMatrix(rows: row.features.map { $0.map { $0 * 1e4 } })
        let score = try LogME.score(scaled, row.classes, blas: blas)
        #expect(isClose(score, try LogME.score(row.matrix, row.classes, blas: blas), relative: 1e-10))
    }

    @Test func hScoresAreThoseOfTheCovariances() throws {
        for row in reference.scores {
            let plain = try HScore.score(row.matrix, row.classes, blas: blas)
            let shrunk = try HScore.score(row.matrix, row.classes, shrinkage: true, blas: blas)
            #expect(isClose(plain, row.h_score), "\(row.name): \(plain), \(row.h_score)")
            #expect(isClose(shrunk, row.h_score_shrunk), "\(row.name): \(shrunk), \(row.h_score_shrunk)")
            let centred = try row.matrix.centred()
            let kept = HScore.ledoitWolf(centred, try SingularAxes(centred, blas: blas)).kept
            #expect(isClose(1 - kept, row.shrinkage), "\(row.name)")
        }
    }

    @Test func sourceScoresAreTheirSums() throws {
        for row in reference.sources {
            let probabilities = try FeatureMatrix(rows: row.logits).softmax()
            #expect(isClose(try LEEP.score(probabilities, ClassLabels(row.labels)), row.leep, absolute: 1e-14))
            let entropy = try NegativeConditionalEntropy.score(source: ClassLabels(row.source), ClassLabels(row.labels))
            #expect(isClose(entropy, row.nce, absolute: 1e-15))
        }
    }

    @Test func ridgeScreensAreExplicitFits() throws {
        for row in reference.scores {
            let test = (features: try FeatureMatrix(rows: row.test), labels: row.classes.numbers(of: names(row.labels)))
            let screens = [
                try RidgeScreen(row.matrix, row.classes, penalties: reference.penalties, blas: blas),
                try RidgeScreen(row.matrix, row.classes, penalties: reference.penalties, validation: test, blas: blas),
            ]
            for (screen, expected) in zip(screens, [row.ridge_loo, row.ridge]) {
                for (result, expected) in zip(screen.rows, expected) {
                    #expect(isClose(result.accuracy, expected[0]), "\(row.name) \(result.penalty)")
                    #expect(isClose(result.loss, expected[1], relative: 1e-9), "\(row.name) \(result), \(expected)")
                }
            }
        }
    }

    private func names(_ labels: [Int]) -> [ClassLabels.Label] { labels.map { .number(Double($0)) } }

    @Test func weightedKendallIsScipys() throws {
        for row in reference.kendall {
            #expect(isClose(try WeightedKendall.coefficient(row.x, row.y), row.tau, absolute: 1e-14))
        }
        #expect(throws: ComputeError.self) { try WeightedKendall.coefficient([1, 1], [1, 2]) }
        #expect(throws: ComputeError.self) { try WeightedKendall.coefficient([1, .nan], [1, 2]) }
        #expect(throws: ComputeError.self) { try WeightedKendall.coefficient([1], [2]) }
        // What cannot be told apart has one weight for all: the order in which equal pairs are given changes nothing.
        #expect(try WeightedKendall.coefficient([1, 2, 1], [5, 7, 5]) == 1)
    }

    @Test func votesAreScikitLearns() throws {
        for row in reference.scores {
            let test = try FeatureMatrix(rows: row.test)
            for (metric, expected) in [(Neighbours.Metric.euclidean, row.knn_euclidean), (.cosine, row.knn_cosine)] {
                let accuracy = try NeighbourAccuracy.score(
                    row.matrix, row.classes, test: test, testLabels: row.classes.numbers(of: names(row.labels)), k: 5,
                    metric: metric, blas: blas)
                #expect(isClose(accuracy, expected), "\(row.name) \(metric)")
            }
        }
    }

    // MARK: Edges

    @Test func twoExamplesAreEnough() throws {
        let (two, labels) = (try FeatureMatrix(rows: [[1, 2, 3], [2, 0, 3]]), ClassLabels([0, 1]))
        #expect(try LogME.score(two, labels, blas: blas).isFinite)
        #expect(isClose(try HScore.score(two, labels, blas: blas), 1))
        #expect(try HScore.score(two, labels, shrinkage: true, blas: blas).isFinite)
        let screen = try RidgeScreen(two, labels, penalties: [1], blas: blas)
        #expect(screen.rows.first?.accuracy == 0 && screen.rows.first.map { isClose($0.loss, 4) } == true)
    }

    /// Features that reproduce the labels have no best evidence; the score is finite and better than others.
    @Test func separatedLabelsHaveAFiniteScore() throws {
        let x = try FeatureMatrix(rows: (0..<20).map { [Double($0 % 2), 1] })
        let score = try LogME.score(x, ClassLabels((0..<20).map { $0 % 2 }), blas: blas)
        #expect(score.isFinite && score > 1)
    }

    @Test func whatCannotBeScoredIsAnError() throws {
        let (x, labels) = (try FeatureMatrix(rows: [[1, 2], [1, 2], [1, 2]]), ClassLabels([0, 1, 0]))
        #expect(throws: ComputeError.self) { try HScore.score(x, labels, blas: blas) }
        #expect(throws: ComputeError.self) { try HScore.score(x, ClassLabels([1, 1, 1]), blas: blas) }
        #expect(throws: ComputeError.self) { try LogME.score(x, ClassLabels([0, 1]), blas: blas) }
        #expect(throws: ComputeError.self) { try LEEP.score(x, labels) }
        #expect(throws: ComputeError.self) { try RidgeScreen(x, labels, penalties: [0], blas: blas) }
        #expect(throws: ComputeError.self) { try RidgeScreen(x, ClassLabels([1, 1, 1]), penalties: [1], blas: blas) }
        let zero = try FeatureMatrix(rows: [[0], [0]])
        #expect(throws: ComputeError.self) { try LogME.score(zero, ClassLabels([0, 1]), blas: blas) }
    }

    /// Constant features say only how frequent the classes are: outputs are the mean targets.
    @Test func constantFeaturesScreenAsTheMean() throws {
        let x = try FeatureMatrix(rows: [[0.1], [0.1], [0.1], [0.1]])
        let screen = try RidgeScreen(x, ClassLabels([0, 0, 0, 1]), penalties: [1, 10], blas: blas)
        #expect(screen.rows.map(\.accuracy) == [0.75, 0.75])
    }
}
