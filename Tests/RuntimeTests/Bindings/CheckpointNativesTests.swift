import Compute
import Foundation
import Lang
import Testing

@testable import Runtime

/// Weights from files, as a script has them.
@Suite(.serialized) final class CheckpointNativesTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// What a script prints and shows, or the text of its error.
    private func run(_ script: String) -> String {
        var options = Session.Options()
        options.outputFolder = folder.path
        options.storeFolder = folder.appendingPathComponent("store").path
        options.isQuiet = true
        var text = ""
        let session = Session(options: options, scriptFolder: folder.path)
        let interpreter = Program.interpreter(session) { text += $0 }
        interpreter.displayWidth = 200
        do {
            try interpreter.run(SourceFile(name: "test.tx", text: script))
        } catch {
            let failure = error as? Failure
            text += failure?.diagnostics.first.map { "\($0.message) | \($0.help)" } ?? "\(error)"
        }
        return text
    }

    private let net =
        "let net = network(\"n\", [3, 8, 8], conv(4, 3), batch_norm(), relu(), global_pool(), linear(3))\n"

    @Test func whatIsSavedIsLoadedWithItsPreprocessing() throws {
        let shown = run(
            net + "save_weights(net, \"a.safetensors\");\n"
                + "let p = preprocessing(8, mean: [0.5], std: [0.25], interpolation: \"bicubic\", crop: none, order: \"bgr\")\n"
                + "let b = load_weights(net, \"a.safetensors\", preprocessing: p)\nsave_weights(b, \"b.safetensors\");\n"
                + "let c = load_weights(net, \"b.safetensors\")\nc\nsummary(c).settings[0]\nparameters(c) == parameters(net)"
        )
        #expect(shown.contains("model n, weights of b.safetensors") && shown.contains("7 parameters"))
        let words = "8 pixels, bicubic, whole picture, mean 0.5, std 0.25, channels blue, green, red"
        #expect(shown.contains("preprocessing  \(words)") && shown.contains("\"\(words)\"\ntrue\n"))
    }

    @Test func predictionsAreProbabilitiesInOrder() throws {
        let pixels = (0..<(20 * 10 * 3)).map { UInt8($0 % 251) }
        let image = Image(width: 20, height: 10, channels: 3, pixels: pixels)
        try PNG.encode(image).write(to: folder.appendingPathComponent("p.png"))
        let shown = run(
            net + "let m = load_weights(net, save_weights(net, \"a.safetensors\"))\n"
                + "let t = predict(m, [\"p.png\", \"p.png\"], top: 3)\nt.rank\nround(sum(t.probability[0:3]), 9)\n"
                + "t.probability[0] >= t.probability[1]\nt.class[0:3] == t.class[3:6]\nlen(predict(m, \"p.png\", top: 9))"
        )
        #expect(shown == "[1, 2, 3, 1, 2, 3]\n1\ntrue\ntrue\n3\n")
    }

    @Test func whatDoesNotFitIsNamed() throws {
        let other =
            "let other = network(\"n\", [3, 8, 8], conv(4, 3), batch_norm(), relu(), global_pool(), linear(5))\n"
        let save = net + other + "save_weights(net, \"a.safetensors\");\n"
        let misfit = run(save + "load_weights(other, \"a.safetensors\")")
        #expect(misfit.contains("'linear1.weight' has shape [5, 4] in n and [3, 4] in the file, and 1 more do not fit"))
        #expect(misfit.contains("classifier: false"))
        #expect(run(save + "load_weights(other, \"a.safetensors\", classifier: false)").contains("left out"))
        let deeper =
            "let deep = network(\"d\", [3, 8, 8], conv(4, 3), batch_norm(), conv(4, 3), global_pool(), linear(3))\n"
        let missing = run(save + deeper + "load_weights(deep, \"a.safetensors\")")
        #expect(missing.contains("1 of 8 parameters of d are not in the file, the first 'convolution2.weight'"))
        #expect(run(save + deeper + "load_weights(deep, \"a.safetensors\", partial: true)").contains("not in the file"))
        #expect(run(net + "load_weights(net, \"none.pth\")").contains("no such file"))
        #expect(run(net + "predict(net, \"p.png\")").contains("n has no weights"))
        #expect(run(net + "save_weights(net, \"a.pth\")").contains("as .safetensors"))
        #expect(run("preprocessing(8, std: [0])").contains("std above zero"))
    }

    /// The study's store tells results of one file from those of another.
    @Test func theWeightsDecideTheKey() throws {
        func key(_ file: String) throws -> Key {
            let model = Model(
                name: "n",
                network: .built(
                    try Graph(
                        name: "n", input: [3, 8, 8], .sequential(.conv(4, kernel: 3), .globalPool, .linear(3)))))
            let weights = try model.summaryGraph().initialWeights(seed: 1)
            let checkpoint = Checkpoint(format: .safetensors, names: weights.keys.sorted(), tensors: weights)
            let load = LoadedWeights(
                model: model, file: checkpoint, digest: file, path: "x", preprocessing: nil, matching: .name,
                keepsClassifier: true, mayMiss: false, seed: 0)
            return try #require(try load.loaded().pretraining).key
        }
        #expect(try key("a") == key("a") && key("a") != key("b"))
    }

    @Test func loadedWeightsServeAStudy() throws {
        let shown = run(
            "let net = mobilenet_v1(width: 0.125, stem: \"small\", input: 16, channels: 3, classes: 4)\n"
                + "let m = load_weights(net, save_weights(net, \"a.safetensors\"), preprocessing: preprocessing(16))\n"
                + "let d = synthetic(\"shapes\", train: 40, test: 20, validation: 10)\n"
                + "len(run(study(models: [m], datasets: [d], settings: [logreg(), finetune(sgd(lr: 0.01, steps: 2, batch: 8))])))"
        )
        #expect(shown.hasSuffix("2\n"), "\(shown)")
    }
}
