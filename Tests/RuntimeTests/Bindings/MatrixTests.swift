import Foundation
import Lang
import Testing

@testable import Runtime

@Suite(.serialized) struct MatrixTests {
    private func run(_ script: String) throws -> String {
        let folder = try TemporaryFolder()
        var options = Session.Options()
        options.outputFolder = folder.url.path
        options.storeFolder = folder.url.appendingPathComponent("store").path
        options.isQuiet = true
        var text = ""
        let interpreter = Program.interpreter(Session(options: options)) { text += $0 }
        do {
            try interpreter.run(SourceFile(name: "test.tx", text: script))
        } catch let failure as Failure {
            text += DiagnosticRenderer().render(failure.diagnostics)
        }
        return text
    }

    @Test func matricesAreReadAsListsOfRows() throws {
        let output = try run(
            """
            let m = matrix([[1, 2], [3, 4], [5, 6]])
            print(m.rows, m.columns, m[0], m[-1][1], m[1:].rows, m == matrix([[1, 2], [3, 4], [5, 6]]))
            print(row(m, -1), column(m, 0), str([m]))
            print(matrix(table(a: [1, 3], b: [2, 4])) == m[:2])
            """)
        #expect(output == "3 2 [1, 2] 6 2 true\n[5, 6] [1, 3, 5] [<matrix 3 × 2>]\ntrue\n")
    }

    @Test func displayShowsTheFirstRows() throws {
        let value = MatrixValue(
            try .init(rows: (0..<8).map { row in (0..<30).map { Double(row) * 1.5 - Double($0) } }),
            facts: [("kl", 0.25)])
        let lines = value.display(width: 40).split(separator: "\n")
        #expect(lines.first == "matrix 8 × 30, kl = 0.25")
        #expect(lines.count == 8 && lines.allSatisfy { $0.count <= 40 } && lines.last == "  …")
    }

    @Test(arguments: [
        ("matrix([[1, 2], [3]])", "the rows of a matrix have one length; row 0 has 2 numbers, row 1 has 1"),
        ("matrix([])", "a matrix has at least one row and one column"),
        ("matrix([[1, 0 / 0]])", "a matrix holds finite numbers"),
        ("matrix(table(a: [1, 2], b: [\"x\", \"y\"]))", "a matrix takes columns of numbers, 'b' has strings"),
        ("matrix(table(a: [1, none]))", "column 'a' has no number in row 1"),
        ("row(matrix([[1]]), 1)", "the matrix has 1 rows, index 1 is none of them"),
        ("logme([[1, 2], [3, 4]], [0])", "every example needs one label, got 1 labels for 2 examples"),
        ("h_score([[1, 2], [3, 4]], [\"a\", \"a\"])", "the examples must be of two classes or more, got 1"),
        ("tsne([[1], [2], [3]])", "perplexity"),
        ("features(resnet50(), dataset(\"shapes\"))", "has no weights"),
        ("ridge_screen([[1], [2]], [0, 1], [1], test_features: [[1]])", "together"),
    ]) func mistakesAreNamed(script: String, message: String) throws {
        let output = try run("let r = \(script)\nprint(r)")
        #expect(output.contains("error:") && output.contains(message), "\(output)")
    }

    /// What a script compares models by is what a study's logistic regression fits on.
    @Test func featuresFitTheirLabels() throws {
        let output = try run(
            """
            let data = synthetic("shapes", train: 3, test: 2, size: 16, channels: 1)
            let small = mobilenet_v1(width: 0.1, depth: 0.1, stem: "small")
            let net = pretrain(small, on: data, with: sgd(lr: 0.1, steps: 3, batch: 8))
            let x = features(net, data, split: "train")
            let p = probabilities(net, data, split: "test")
            let y = labels(data, split: "train")
            print(x.rows == len(y), p.columns == len(classes(data)), abs(sum(p[0]) - 1) < 1e-6)
            print(logme(x, y) < 5, leep(p, labels(data, split: "test")) < 0)
            """)
        #expect(output == "true true true\ntrue true\n", "\(output)")
    }
}
