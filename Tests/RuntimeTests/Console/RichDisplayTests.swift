import Compute
import Lang
import Testing

@testable import Runtime

@Suite struct RichDisplayTests {
    @Test func aTestIsATitledBlockWithAlignedNumbers() throws {
        let result = try HypothesisTest.pearson.run([[1, 2, 3, 4, 5, .nan], [2, 1, 4, 3, 5, 6]])
        #expect(
            result.display(width: 80) == """
                Pearson correlation
                  r      0.8     95% interval -0.2796 to 0.9862
                  t      2.309   3 degrees of freedom
                  p      0.1041  two-sided
                  r²     0.64
                  pairs  5
                  note: 1 pair left out because of a missing value
                """)
    }

    @Test func pointsStandBelowEachOther() {
        var block = RichDisplay("t")
        block.add("a", -12.346)
        block.add("b", 1200)
        block.add("c", 1.25e-9)
        #expect(
            block.text(width: 40) == """
                t
                  a   -12.35
                  b  1200
                  c     1.25e-9
                """)
    }

    @Test func everyTestOfTheCatalogueShowsItsTitleAndP() throws {
        let samples = [[1.0, 2, 4, 3, 6, 5, 8], [2.0, 1, 3, 5, 4, 7, 6]]
        for test in HypothesisTest.catalogue {
            let result = try test.run(Array(samples.prefix(test.samples.names.count)))
            let lines = result.display(width: 80).split(separator: "\n")
            #expect(lines.first.map(String.init) == result.title)
            #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") })
            #expect(lines.contains { $0.hasPrefix("  p ") }, "\(test.name)")
        }
    }

    private static let values = [
        "resnet50()", "densenet121(width: 0.25, stem: \"small\", classes: 10)", "dataset(\"fashion-mnist\")",
        "dataset(\"emoji\")", "subset(synthetic(\"shapes\", train: 20), per_class: 10)", "logreg()",
        "finetune(sgd(lr: 0.05, epochs: 2, warmup: 10, ema: 0.99, label_smoothing: 0.1, flip: true, shift: 2))",
        "study(models: [resnet50()], datasets: [dataset(\"shapes\")], settings: [scratch(sgd(lr: 0.1, steps: 10))])",
        "pearson([1, 2, 3, 5], [2, 1, 4, 3])", "network(\"tiny\", [1, 28, 28], conv(8, 3), flatten(), linear(10))",
    ]

    @Test(arguments: values) func noLineIsWiderThanAskedFor(script: String) throws {
        let interpreter = Program.interpreter(Session(options: Session.Options())) { _ in }
        let value = try #require(try interpreter.run(SourceFile(name: "test", text: script)) { _ in })
        for width in [1, 10, 20, 40, 80, 200] {
            let lines = ValueDisplay.display(value, width: width).split(separator: "\n")
            // Below five columns even the margin of the notes does not fit.
            for line in lines where width >= 10 { #expect(String(line).displayWidth <= width, "\(width): \(line)") }
        }
    }

    @Test func aModelShowsWhatItTakesAndCosts() throws {
        var options = NetworkOptions()
        options.classes = 10
        let model = Model(name: "resnet50", network: .declared("resnet50", options))
        let text = model.display(width: 80)
        #expect(text.hasPrefix("model resnet50, untrained\n  input          3×224×224, or the data set's\n"))
        #expect(text.contains("  classes        10\n  features       2048\n  parameters     23,528,522\n"))
        #expect(text.contains("stage3        1024×14×14, 6 blocks\n"))
    }

    @Test func aDataSetShowsItsSizesWithoutBeingRead() throws {
        var options = DatasetOptions()
        options.trainPerClass = 5
        let reference = DatasetReference(name: "shapes", layout: "shapes", options: options)
        let text = reference.display(loaded: nil, folders: [], width: 80)
        #expect(text.contains("  train       50 images\n  validation  400 images\n  test        800 images\n"))
        let absent = DatasetReference(name: "mnist", layout: "mnist", options: DatasetOptions())
        #expect(absent.display(loaded: nil, folders: ["/absent"], width: 80).contains("not here"))
    }

    @Test func valuesInListsAreNamed() throws {
        let interpreter = Program.interpreter(Session(options: Session.Options())) { _ in }
        let value = try interpreter.run(SourceFile(name: "test", text: "[resnet50(), dataset(\"emoji\"), relu()]")) {
            _ in
        }
        #expect(value.map { interpreter.display($0) } == "[<model resnet50>, <dataset emoji>, <layer relu>]")
    }
}
