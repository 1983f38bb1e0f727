import Foundation
import TestSupport
import Testing

/// The main example as `make run` runs it: the shape of its output, its picture, and that a second run takes from the store.
@Suite(.serialized) struct ExampleTests {
    private static let hasData = FileManager.default.fileExists(
        atPath: "/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz")

    /// Every number as #, runs of spaces as one: what stays is the shape.
    private func shape(of output: String) -> String {
        output.replacingOccurrences(of: "-?[0-9]+(\\.[0-9]+)?(e-?[0-9]+)?", with: "#", options: .regularExpression)
            .replacingOccurrences(of: " +", with: " ", options: .regularExpression)
    }

    @Test(.enabled(if: hasData, "needs Debian's dataset-fashion-mnist and ruby-gemojione"))
    func theStudyRunsAndItsSecondRunRepeatsItFromTheStore() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let arguments = [
            "examples/study.tx", "--out", folder.path, "--store", folder.appendingPathComponent("store").path,
        ]
        let first = try RunningProgram(arguments)
        #expect(first.status == 0, "\(first.errors)")
        let golden = RunningProgram.root.appendingPathComponent("Tests/Goldens/examples/study.txt")
        #expect(Snapshot.problem(shape(of: first.output), golden: golden) == nil)
        let picture = folder.appendingPathComponent("transfer.png")
        let bytes = try Data(contentsOf: picture)
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) && bytes.count > 10_000)
        let second = try RunningProgram(arguments)
        #expect(second.output == first.output)
        #expect(try Data(contentsOf: picture) == bytes)
    }

    /// Every number of the paper, to the last digit printed, and every figure.
    @Test func thePaperIsReproduced() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try RunningProgram(["examples/paper.tx", "--out", folder.path])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        let golden = RunningProgram.root.appendingPathComponent("Tests/Goldens/examples/paper.txt")
        #expect(Snapshot.problem(run.output, golden: golden) == nil)
        let pictures = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".png") }
        #expect(pictures.count == 8)
        for picture in pictures {
            let bytes = try Data(contentsOf: folder.appendingPathComponent(picture))
            #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) && bytes.count > 10_000, "\(picture)")
        }
    }

    @Test func everyExampleIsSound() throws {
        for folder in ["examples/", "examples/figures/"] {
            let path = RunningProgram.root.appendingPathComponent(folder).path
            let scripts = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".tx") }
            #expect(!scripts.isEmpty)
            for script in scripts {
                let run = try RunningProgram(["check", folder + script])
                #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
                #expect(try RunningProgram(["fmt", "--check", folder + script]).status == 0, "run fmt on \(script)")
            }
        }
    }
}
