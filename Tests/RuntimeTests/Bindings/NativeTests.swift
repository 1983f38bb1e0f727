import Foundation
import Lang
import Testing

@testable import Runtime

@Suite(.serialized) struct NativeTests {
    /// What the session writes stays in the folder.
    private func session(in folder: TemporaryFolder) -> Session {
        var options = Session.Options()
        options.outputFolder = folder.url.path
        options.storeFolder = folder.url.appendingPathComponent("store").path
        options.isQuiet = true
        return Session(options: options)
    }

    private func run(_ script: String) throws -> String {
        let folder = try TemporaryFolder()
        var text = ""
        let interpreter = Program.interpreter(session(in: folder)) { text += $0 }
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

    /// Of every native whose example ends with a call of it.
    @Test func resultsAreOfTheDeclaredKind() throws {
        var checked: Set<String> = []
        for signature in StandardLibrary.signatures(Session(options: Session.Options())) {
            let example = signature.example
            let isCall = example.hasPrefix(signature.name + "(") || example.contains("|> \(signature.name)(")
            guard let declared = signature.returns, isCall, example.hasSuffix(")"), !example.contains(" == ") else {
                continue
            }
            let folder = try TemporaryFolder()
            let interpreter = Program.interpreter(session(in: folder)) { _ in }
            let result = try interpreter.run(SourceFile(name: "example", text: example))
            #expect(declared.accepts(result ?? .nothing), "\(example)")
            checked.insert(signature.name)
        }
        #expect(checked.count > 60, "\(checked.sorted())")
        #expect(
            checked.isSuperset(of: ["study", "resnet50", "logreg", "sgd", "pretrain", "run", "summarize", "filter"]))
    }

    /// What a study is made of is known by kind before anything runs.
    @Test(arguments: [
        ("study(models: [d], datasets: [d], settings: [logreg()])", "'models' of 'study' takes a list of models"),
        ("study(models: [n], datasets: [n], settings: [logreg()])", "'datasets' of 'study' takes a list of datasets"),
        ("study(models: [n], datasets: [d], settings: [r])", "'settings' of 'study' takes a list of settings"),
        ("study(modls: [n], datasets: [d], settings: [logreg()])", "did you mean 'models'?"),
        ("study(models: n, datasets: [d], settings: [logreg()])", "takes a list of models, got a model"),
        ("run(n)", "'study' of 'run' takes a study, got a model"),
        ("pretrain(d, on: d, with: r)", "takes a model or a list of models, got a dataset"),
        ("finetune(logreg())", "'sgd' of 'finetune' takes a recipe, got a setting"),
        ("sgd(lr: 0.1)", "'sgd' needs 'steps' or 'epochs'"),
        ("sgd(lr: 0.1, steps: none)", "'sgd' needs 'steps' or 'epochs'"),
        ("sgd(lr: 0.1, steps: 3, epochs: 2)", "'sgd' takes only one of 'steps' and 'epochs'"),
        ("run(study(models: [n], datasets: [d], settings: [logreg()])) |> points(x: \"a\", y: \"b\")", "takes a chart"),
    ]) func mistakesInStudiesAreFoundBeforeTheRun(script: String, message: String) throws {
        let start = "let d = dataset(\"shapes\")\nlet n = resnet50()\nlet r = sgd(lr: 0.1, steps: 2)\nprint(d, n, r)\n"
        let output = try run(start + script)
        #expect(output.contains(message), "\(output)")
        #expect(!output.contains("dataset \"shapes\"") && output.hasPrefix("error:"), "\(output)")
    }

    @Test func whatOnlyTheRunShowsIsFoundThere() throws {
        let output = try run("fn f(steps, epochs) = sgd(lr: 0.1, steps: steps, epochs: epochs)\nf(1, 2)")
        #expect(output.contains("'sgd' takes only one of 'steps' and 'epochs'"))
        #expect(try run("fn f(steps) = sgd(lr: 0.1, steps: steps)\nf(none)").contains("'sgd' needs 'steps' or"))
        #expect(!(try run("fn f(steps) = sgd(lr: 0.1, steps: steps, epochs: 2)\nf(none)").contains("error:")))
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
