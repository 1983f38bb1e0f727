import Compute
import Foundation
import Lang
import Testing

@testable import Runtime

@Suite(.serialized) struct ProvenanceTests {
    private static let script = "# häufig\nlet t = table(a: [1, 2, 3], b: [2, 4, 5])\n"

    /// Runs a script that writes into `folder`, as the program does.
    private func run(_ text: String, in folder: TemporaryFolder) throws {
        var options = Session.Options()
        options.outputFolder = folder.url.path
        options.isQuiet = true
        options.threads = 2
        let file = folder.url.appendingPathComponent("growth.tx")
        try Data(text.utf8).write(to: file)
        let session = Session(options: options, scriptFolder: folder.url.path)
        let source = try SourceFile(path: file.path)
        session.script = source
        try Program.interpreter(session) { _ in }.run(source)
    }

    @Test(arguments: PictureFormat.allCases) func aSavedPictureTellsWhatMadeIt(format: PictureFormat) throws {
        let folder = try TemporaryFolder()
        let text = """
            \(Self.script)seed(7)
            write_csv(t, "data.csv")
            save(chart(read_csv("data.csv")) |> points(x: "a", y: "b"), "growth.\(format.rawValue)")

            """
        try run(text, in: folder)
        let record = try ProvenanceRecord(file: folder.url.appendingPathComponent("growth.\(format.rawValue)").path)
        #expect(record.script == Array(text.utf8))
        #expect(record.isIntact)
        #expect(record["version"] == Version.text)
        #expect(record["script"] == "growth.tx")
        #expect(record["seed"] == "7")
        #expect(record["threads"] == "2")
        #expect(record["data"]?.hasSuffix("  data.csv") == true)
        #expect(record["date"] == nil)
        // Of equal runs, equal bytes.
        let other = try TemporaryFolder()
        try run(text, in: other)
        let name = "growth.\(format.rawValue)"
        #expect(
            try Data(contentsOf: folder.url.appendingPathComponent(name))
                == Data(contentsOf: other.url.appendingPathComponent(name)))
    }

    @Test func aSheetOfPicturesTellsItsDataSet() throws {
        let folder = try TemporaryFolder()
        try run(
            "preview(synthetic(\"shapes\", train: 2, test: 1, validation: 1), 4, path: \"sheet.png\")\n", in: folder)
        let record = try ProvenanceRecord(file: folder.url.appendingPathComponent("sheet.png").path)
        #expect(record["data"]?.hasSuffix("  shapes 1×28×28") == true)
    }

    @Test func importedFilesAreNamedWithTheirHashes() throws {
        let folder = try TemporaryFolder()
        let imported = Data("let b = [2, 4, 5]\n".utf8)
        try imported.write(to: folder.url.appendingPathComponent("numbers.tx"))
        try run(
            """
            import "numbers.tx" as numbers
            save(chart(table(a: [1, 2, 3], b: numbers.b)) |> points(x: "a", y: "b"), "growth.svg")

            """, in: folder)
        let record = try ProvenanceRecord(file: folder.url.appendingPathComponent("growth.svg").path)
        #expect(record["imports"] == "\(Key.digest(of: imported))  numbers.tx")
    }

    @Test func theMarkLeavesThePictureAsItIs() throws {
        let record = ProvenanceRecord(fields: [.init("seed", "7")], script: Array(Self.script.utf8))
        let image = Image(width: 3, height: 2, channels: 1, pixels: [0, 50, 100, 150, 200, 250])
        let marked = try record.added(to: [UInt8](PNG.encode(image)), as: .png, name: "a.png")
        #expect(try PNG.decode(Data(marked), name: "a.png") == image)
        let drawing = Drawing(size: Size(width: 20, height: 10))
        for format in [PictureFormat.svg, .pdf] {
            let bytes = try CairoSurface.bytes(of: drawing, as: format)
            let marked = try record.added(to: bytes, as: format, name: "a")
            // A PDF is only added to; what stands before and behind the record in an SVG is the file itself.
            #expect(marked.starts(with: format == .pdf ? bytes : Array(bytes.prefix(60))))
            #expect(marked.suffix(6) == (format == .pdf ? marked.suffix(6) : bytes.suffix(6)))
        }
    }

    @Test func theDateComesFromTheEpochAlone() {
        #expect(Provenance.date(epoch: "1700000000") == "2023-11-14T22:13:20Z")
        for text in ["", "today", "-1", "1e9", "253402300800", "99999999999999999999"] {
            #expect(Provenance.date(epoch: text) == nil)
        }
    }

    @Test func aScriptOfAnyBytesComesBackUnchanged() throws {
        let script = (0...255).map { UInt8($0) } + [0, 0xFF, 0xFE]
        let record = ProvenanceRecord(fields: [.init("hash", Key.digest(of: script))], script: script)
        for (bytes, read) in try Self.reports(record) {
            let back = try read(bytes)
            #expect(back == record)
            #expect(back.isIntact)
        }
    }

    @Test func textsOfAnyCharactersComeBackUnchanged() throws {
        let texts = ["a\nb", "<&>\"'", "--> -- <!-- </script>", "日本語 🙂", "(\\)", "\t", "]]>", "%%EOF", "&amp;"]
        let fields = texts.enumerated().map { ProvenanceRecord.Field("key\($0.offset)", $0.element) }
        let record = ProvenanceRecord(fields: fields, script: nil)
        for (bytes, read) in try Self.reports(record) { #expect(try read(bytes) == record) }
    }

    @Test func aChangedScriptIsNoticed() throws {
        let record = ProvenanceRecord(
            fields: [.init("hash", Key.digest(of: Array("let a = 1".utf8)))], script: Array("let a = 2".utf8))
        #expect(!record.isIntact)
    }

    @Test func whatATerminalWouldObeyIsNotShown() {
        let record = ProvenanceRecord(fields: [.init("data", "a\u{1B}[2J\u{202E}b\nc")], script: nil)
        #expect(record.text(title: "x.png") == "x.png\n  data  a\u{FFFD}[2J\u{FFFD}b\n        c\n")
    }

    typealias Reader = ([UInt8]) throws -> ProvenanceRecord

    /// The record in every kind of file, each with what reads it.
    static func reports(_ record: ProvenanceRecord) throws -> [(bytes: [UInt8], read: Reader)] {
        let drawing = Drawing(size: Size(width: 20, height: 10))
        let pictures = try PictureFormat.allCases.map { format -> (bytes: [UInt8], read: Reader) in
            let bytes = try CairoSurface.bytes(of: drawing, as: format)
            return (
                try record.added(to: bytes, as: format, name: "a"),
                { try ProvenanceRecord.record(of: $0, as: format, name: "a") }
            )
        }
        let json = try ReportProvenance.json(record)
        let html = "<!doctype html><html><head>\(MarkupProvenance.htmlHead(record))</head><body>a</body></html>"
        let notebook = "{\"cells\": [], \"metadata\": {\"transfer-script\": \(json)}, \"nbformat\": 4}"
        let markdown = "# Title\n\n" + (try ReportProvenance.markdownComment(record))
        return pictures + [
            (Array(html.utf8), { try MarkupProvenance.record(ofHTML: $0, name: "a") }),
            (Array(notebook.utf8), { try ReportProvenance.record(ofNotebook: $0, name: "a") }),
            (Array(markdown.utf8), { try ReportProvenance.record(ofMarkdown: $0, name: "a") }),
        ]
    }
}
