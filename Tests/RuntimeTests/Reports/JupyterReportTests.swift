import Foundation
import TestSupport
import Testing

@testable import Runtime

struct JupyterReportTests {
    private func text(_ notebook: Notebook) throws -> String {
        try JupyterReport(notebook, ReportSamples.provenance(of: notebook)).text()
    }

    @Test func theSampleLooksAsBefore() throws {
        let golden = ReportSamples.goldens.appendingPathComponent("sample.ipynb.json")
        let text = ReportSamples.withoutPictures(try text(ReportSamples.sample()))
        #expect(Snapshot.problem(text, golden: golden) == nil)
    }

    static let scripts = [
        "", "## only prose", "1\nprint(2)\n#%%\n\ntable(a: [1])", "error(\"x\")\n#%%\n1", "print(\"\\u{1}\\r\\n\")",
        "chart(table(a: [1, 2], b: [2, 4])) |> points(x: \"a\", y: \"b\")", "table()",
    ]

    /// Jupyter's own check, which also knows what the schema cannot say, such as that ids are unique.
    @Test func jupytersValidatorAcceptsEveryKindOfNotebook() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let notebooks = try JupyterReportTests.scripts.map { try ReportSamples.notebook($0) } + [ReportSamples.sample()]
        for (index, notebook) in notebooks.enumerated() {
            try Data(try text(notebook).utf8).write(to: folder.appendingPathComponent("\(index).ipynb"))
        }
        let program = """
            import sys
            try:
                import nbformat
            except ImportError:
                sys.exit("python3-nbformat is not installed: run scripts/install-packages.sh test")
            for index in range(\(notebooks.count)):
                nbformat.validate(nbformat.read(f"{index}.ipynb", as_version=nbformat.NO_CONVERT))
            print("valid")
            """
        // Debian's own: another Python in front of it does not see Debian's modules.
        let result = try Tool.run("/usr/bin/python3", ["-W", "error", "-c", program], folder: folder)
        #expect(result.status == 0 && result.output == "valid\n", "\(result.errors)")
    }

    @Test func cellsThatDidNotRunHaveNoNumber() throws {
        let report = try text(ReportSamples.notebook("1\n#%%\nerror(\"x\")\n#%%\n2"))
        let numbers = report.matches(of: /"execution_count": (\w+),\n   "id"/).map { String($0.1) }
        #expect(numbers == ["1", "2", "null"])
    }
}
