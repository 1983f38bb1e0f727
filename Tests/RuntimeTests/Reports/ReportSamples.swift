import Foundation
import Lang

@testable import Runtime

/// Scripts and their notebooks for tests.
enum ReportSamples {
    static let goldens = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Goldens/reports")

    /// A script with prose, tables, a chart, a failure and a cell behind it.
    static func sample() throws -> Notebook {
        let text = try String(contentsOf: goldens.appendingPathComponent("sample.tx"), encoding: .utf8)
        return try notebook(text, name: "sample.tx")
    }

    /// Runs a script; files go to a folder that is thrown away.
    static func notebook(_ text: String, name: String = "test.tx") throws -> Notebook {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = Session.Options()
        options.outputFolder = folder.path
        options.storeFolder = folder.appendingPathComponent("store").path
        options.isQuiet = true
        let session = Session(options: options, scriptFolder: folder.path)
        return try NotebookRun(SourceFile(name: name, text: text), session: session) { _, _, _ in }.run()
    }

    static func provenance(of notebook: Notebook) -> ProvenanceRecord {
        ProvenanceRecord(
            fields: [.init("version", "0.0.0"), .init("seed", "7 -- \"<&>\"")], script: notebook.source.bytes)
    }

    static func html(_ notebook: Notebook) throws -> String {
        try HTMLReport(notebook, provenance(of: notebook), folder: ".").text()
    }

    /// What stands in a picture differs with the system's fonts, and versions come and go: goldens say only that there is
    /// one.
    static func withoutPictures(_ text: String) -> String {
        text.replacing(/data:image\/svg\+xml;base64,[A-Za-z0-9+\/=]+/, with: "data:image/svg+xml;base64,…")
            .replacing(/"image\/png": "[A-Za-z0-9+\/=]+"/, with: "\"image/png\": \"…\"")
            .replacing(Version.text, with: "VERSION")
    }
}

extension Notebook {
    var codes: [Code] { cells.compactMap { if case .code(let code) = $0 { code } else { nil } } }

    /// The outputs of each cell in a line each.
    var summary: [[String]] {
        codes.map { code in
            code.outputs.map { output in
                switch output {
                case .printed(let text): "printed " + text
                case .shown(let text): "shown " + text
                case .table(let table): "table \(table.rowCount)x\(table.columnCount)"
                case .picture(let picture): "picture \(picture.path ?? "-")"
                case .note(let text): "note " + text
                case .failure(let message, _): "failure " + message
                }
            }
        }
    }
}
