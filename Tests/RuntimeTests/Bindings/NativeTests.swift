import Foundation
import Lang
import Testing

@testable import Runtime

@Suite(.serialized) struct NativeTests {
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

    /// The reference shows every example: they must run. The session's own folders hold what they write.
    @Test func theExampleOfEveryNativeRuns() throws {
        let session = Session(options: Session.Options())
        for signature in StandardLibrary.signatures(session) {
            let output = try run(signature.example)
            #expect(!signature.example.isEmpty, "\(signature.name) has no example")
            #expect(!output.contains("error:"), "example of \(signature.name):\n\(output)")
        }
    }

    @Test func everyNativeExplainsItself() {
        for signature in StandardLibrary.signatures(Session(options: Session.Options())) {
            #expect(signature.summary.hasSuffix("."), "summary of \(signature.name)")
            #expect(Set(signature.parameters.map(\.name)).count == signature.parameters.count)
        }
    }

    @Test(arguments: [
        ("resnet5O()", "unknown name 'resnet5O'"), ("resnet50(widht: 2)", "widht"), ("resnet50(width: -1)", "width"),
        ("dataset(\"fashion-mnits\")", "fashion-mnist"), ("sgd(lr: 0.1)", "'steps' or 'epochs'"),
        ("chart(table(a: [1])) |> points(x: \"b\", y: \"a\")", "column 'b'"),
        ("table(a: [1, 2], b: [1])", "b"),
        ("chart(table(a: [1])) |> points(x: \"a\", y: \"a\") |> save(\"../x.png\")", "output folder"),
        ("pearson([1, 2, 3], [1, 2])", "pairs"), ("read_csv(\"none.csv\")", "none.csv"),
        ("network(\"n\", [1, 8, 8], conv(8, 3))", "linear"),
        ("study(models: [resnet50()], datasets: [dataset(\"shapes\")], settings: [logreg()])", "trained weights"),
    ])
    func mistakesAreNamedWithTheirPlace(script: String, expected: String) throws {
        let output = try run(script)
        #expect(output.hasPrefix("error: ") && output.contains(expected), "\(output)")
        #expect(output.contains("--> test.tx:1:"))
    }

    @Test func absentDataSaysWhatWasSoughtAndHowToGetIt() throws {
        let output = try run("splits(dataset(\"mnist\"))")
        #expect(output.contains("train-images-idx3-ubyte.gz") && output.contains("--data DIR"))
    }

    @Test func tablesSummarizeAndJoinInScripts() throws {
        let output = try run(
            """
            let t = table(k: ["a", "b", "a"], x: [1, 2, 5])
            (t |> summarize(by: "k", m: g => mean(g.x))).m
            (t |> filter(r => r.x > 1) |> sort(by: "x", descending: true)).x
            len(t)
            """)
        #expect(output == "[3, 2]\n[5, 2]\n3\n")
    }

    @Test func randomNumbersFollowTheSeed() throws {
        let output = try run("seed(3)\nlet a = random(4)\nlet b = random(4)\nseed(3)\nprint(a == random(4), a == b)")
        #expect(output == "true false\n")
    }
}
