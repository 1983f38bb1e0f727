import Foundation
import Testing

/// `show` as a user runs it: on a picture that a script has just saved, and on files that tell nothing.
@Suite struct ShowTests {
    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test(arguments: ["png", "svg", "pdf"]) func aPictureGivesBackItsScript(ending: String) throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let chart = "chart(table(a: [1, 2], b: [3, 4])) |> points(x: \"a\", y: \"b\")"
        let script = "# häufig\n\(chart) |> save(\"a.\(ending)\")\n"
        try Data(script.utf8).write(to: folder.appendingPathComponent("a.tx"))
        #expect(try RunningProgram(["--seed", "5", "a.tx"], folder: folder).status == 0)
        let facts = try RunningProgram(["show", "a.\(ending)"], folder: folder)
        #expect(facts.status == 0)
        #expect(facts.output.contains("\n  script   a.tx\n") && facts.output.contains("\n  seed     5\n"))
        #expect(try RunningProgram(["show", "--script", "a.\(ending)"], folder: folder).output == script)
    }

    @Test func aFileThatTellsNothingIsAnError() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("<svg></svg>".utf8).write(to: folder.appendingPathComponent("a.svg"))
        for name in ["a.svg", "absent.png", "a.tx"] {
            let run = try RunningProgram(["show", name], folder: folder)
            #expect(run.status == 1)
            #expect(run.output.isEmpty)
            #expect(run.errors.hasPrefix("error: \(name): ") && run.errors.split(separator: "\n").count == 1)
        }
    }
}
