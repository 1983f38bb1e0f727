import Compute
import Foundation
import Testing

@testable import Runtime

@Suite(.serialized) struct StudyTests {
    /// A network and pictures so small that a whole study takes a second.
    private func tiny() throws -> (model: Model, data: DatasetReference, recipe: Recipe) {
        let graph = try Graph(
            name: "tiny", input: [1, 12, 12],
            .sequential(.conv(16, kernel: 3, stride: 2), .batchNorm(), .relu, .globalPool, .linear(10)))
        var options = DatasetOptions()
        (options.size, options.channels) = (12, 1)
        (options.trainPerClass, options.validationPerClass, options.testPerClass) = (6, 3, 4)
        var recipe = Recipe(learningRate: 0.05, duration: .steps(6))
        recipe.batch = 16
        let data = DatasetReference(name: "textures", layout: "textures", options: options)
        return (Model(name: "tiny", network: .built(graph)), data, recipe)
    }

    private func session(_ folder: TemporaryFolder) -> Session {
        var options = Session.Options()
        options.storeFolder = folder.url.path
        options.isQuiet = true
        return Session(options: options)
    }

    private func run(_ folder: TemporaryFolder) throws -> [CellResult] {
        let (model, data, recipe) = try tiny()
        let session = session(folder)
        let trained = try Pretrainer(session: session).pretrain([model], on: data, with: recipe)
        let study = try Study(
            models: trained, datasets: [data],
            settings: [.logisticRegression(penalties: [1, 0.1]), .fineTuning(recipe), .scratch(recipe)], seeds: [0, 1])
        return try Runner(session: session).run(study).map(\.result)
    }

    @Test func aStudyGivesAResultForEveryCellAndTheSameOnesAgain() throws {
        let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
        let results = try run(first)
        #expect(results.count == 6)
        #expect(results.allSatisfy { $0.total == 40 && (0...1).contains($0.accuracy) })
        #expect(results.allSatisfy { abs($0.accuracy - Double($0.correct) / 40) < 1e-12 })
        // From the store: even the seconds are the first run's.
        #expect(try run(first) == results)
        // Computed again elsewhere: the same numbers.
        #expect(try run(second).map(\.correct) == results.map(\.correct))
    }

    @Test func settingsThatNeedWeightsRefuseAnUntrainedNetwork() throws {
        let (model, data, recipe) = try tiny()
        #expect { try Study(models: [model], datasets: [data], settings: [.fineTuning(recipe)], seeds: [0]) } throws: {
            "\($0)".contains("finetune needs trained weights")
        }
        #expect(throws: ComputeError.self) {
            try Study(models: [], datasets: [data], settings: [.scratch(recipe)], seeds: [0])
        }
    }

    @Test func adjustedScoresOfAFullTableFollowTheClosedForm() throws {
        // Two models, two data sets: adjusted log odds are half the differences, Morey's factor is √2.
        let accuracies = [0.8, 0.7, 0.9, 0.75]
        let table = try Table([
            ("model", .strings(["a", "a", "b", "b"])), ("dataset", .strings(["x", "y", "x", "y"])),
            ("accuracy", .numbers(accuracies)), ("source", .numbers([0.6, 0.6, 0.7, 0.7])),
        ])
        let scores = try AdjustedTable.make(table, setting: nil)
        let odds = accuracies.map { log($0 / (1 - $0)) }
        let halves = [(odds[0] - odds[2]) / 2, (odds[1] - odds[3]) / 2]
        let mean = (halves[0] + halves[1]) / 2
        let error = abs(halves[0] - halves[1]) / 2.squareRoot() / 2.squareRoot() * 2.squareRoot()
        guard case .numbers(let found)? = scores["score"], case .numbers(let errors)? = scores["se"] else {
            Issue.record("score and se are columns of numbers")
            return
        }
        #expect(abs(found[0] - mean) < 1e-12 && abs(found[1] + mean) < 1e-12)
        #expect(abs(errors[0] - error) < 1e-12)
        #expect(throws: TableError.self) {
            try AdjustedTable.make(try Table([("model", .strings(["a"]))]), setting: nil)
        }
    }
}
