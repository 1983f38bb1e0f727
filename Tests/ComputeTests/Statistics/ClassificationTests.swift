import TestSupport
import Testing

@testable import Compute

@Suite struct ClassificationTests {
    private let labels: [Int32] = [0, 0, 0, 1, 1, 2]
    private let predictions: [Int32] = [0, 0, 1, 1, 0, 1]

    @Test func accuraciesAreTheSharesOfRightAnswers() throws {
        #expect(try Classification.top1(predictions, labels) == 0.5)
        let perClass = try Classification.meanPerClass(predictions, labels, classes: 4)
        #expect(isClose(perClass, (2.0 / 3 + 0.5 + 0) / 3))
        #expect(try Classification.score(predictions, labels, classes: 4, metric: .meanPerClass) == perClass)
        #expect(try Classification.score(predictions, labels, classes: 4, metric: .top1) == 0.5)
    }

    @Test func confusionCountsTrueByPredicted() throws {
        #expect(try Classification.confusion(predictions, labels, classes: 3) == [[2, 1, 0], [1, 1, 0], [0, 1, 0]])
    }

    @Test func equalLogitsGoToTheLowerClass() {
        let logits = Matrix(rows: 2, columns: 3, values: [1, 1, 0, -3, -2, -2])
        #expect(Classification.predictions(logits) == [0, 1])
    }

    @Test func noExamplesGiveNaNAndBadOnesErrors() throws {
        #expect(try Classification.top1([], []).isNaN)
        #expect(try Classification.meanPerClass([], [], classes: 2).isNaN)
        #expect(throws: ComputeError.self) { try Classification.top1([1], []) }
        #expect(throws: ComputeError.self) { try Classification.confusion([3], [0], classes: 3) }
        #expect(throws: ComputeError.self) { try Classification.confusion([0], [-1], classes: 3) }
    }

    @Test func wilsonIntervalsEqualScipys() throws {
        for row in try StatisticsReference.read().wilson {
            let interval = try Classification.wilsonInterval(right: row.right, of: row.count, level: row.level)
            #expect(isClose(interval.low, row.low, absolute: 1e-15))
            #expect(isClose(interval.high, row.high))
        }
        #expect(throws: ComputeError.self) { try Classification.wilsonInterval(right: 1, of: 0) }
        #expect(throws: ComputeError.self) { try Classification.wilsonInterval(right: 3, of: 2) }
        #expect(throws: ComputeError.self) { try Classification.wilsonInterval(right: 1, of: 2, level: 0) }
    }
}
