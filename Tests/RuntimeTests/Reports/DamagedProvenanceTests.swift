import Compute
import Foundation
import Testing

@testable import Runtime

/// Files that were cut, changed, or made by others: every one is answered with a record or one sound error.
@Suite struct DamagedProvenanceTests {
    private static let script = Array("let a = 1\nprint(a)\n".utf8)
    private static let record = ProvenanceRecord(
        fields: [
            .init("version", "1.0"), .init("hash", Key.digest(of: script)), .init("data", "ab  x 1×2\ncd  y"),
        ], script: script)

    /// Nil when `read` answers as it should.
    private func problem(_ bytes: [UInt8], _ read: ProvenanceTests.Reader) -> String? {
        do {
            _ = try read(bytes)
            return nil
        } catch let error as ComputeError {
            let isSound = error.subject?.hasPrefix("a") == true && !error.message.isEmpty
            return isSound && (error.kind == .badFile || error.kind == .missingData) ? nil : "\(error)"
        } catch {
            return "\(error)"
        }
    }

    @Test func aCutFileIsRefusedOrReadWhole() throws {
        for (bytes, read) in try ProvenanceTests.reports(Self.record) {
            for length in 0..<bytes.count {
                let cut = Array(bytes[..<length])
                #expect(problem(cut, read) == nil)
                if let record = try? read(cut) { #expect(record.script == Self.script && record.isIntact) }
            }
        }
    }

    @Test func changedBytesNeverEndTheProgram() throws {
        for (bytes, read) in try ProvenanceTests.reports(Self.record) {
            for index in 0..<4000 {
                var random = Philox(seed: 11, purpose: "damage", index: UInt64(index))
                var copy = bytes
                for _ in 0...random.below(6) {
                    copy[random.below(copy.count)] = UInt8(truncatingIfNeeded: random.next())
                }
                if random.below(4) == 0 { copy.removeSubrange(0..<random.below(copy.count)) }
                #expect(problem(copy, read) == nil)
            }
        }
    }

    @Test func filesOfOthersSayNothing() throws {
        let image = Image(width: 1, height: 1, channels: 1, pixels: [0])
        let drawing = Drawing(size: Size(width: 20, height: 10))
        let foreign: [([UInt8], ProvenanceTests.Reader)] =
            [
                ([UInt8](try PNG.encode(image)), { try ProvenanceRecord.record(of: $0, as: .png, name: "a") }),
                (
                    try CairoSurface.bytes(of: drawing, as: .svg),
                    { try ProvenanceRecord.record(of: $0, as: .svg, name: "a") }
                ),
                (
                    try CairoSurface.bytes(of: drawing, as: .pdf),
                    { try ProvenanceRecord.record(of: $0, as: .pdf, name: "a") }
                ),
                (
                    Array("<html><meta charset=\"utf-8\"></html>".utf8),
                    { try MarkupProvenance.record(ofHTML: $0, name: "a") }
                ),
                (Array("{\"metadata\": {}}".utf8), { try ReportProvenance.record(ofNotebook: $0, name: "a") }),
                (Array("# Title\n".utf8), { try ReportProvenance.record(ofMarkdown: $0, name: "a") }),
            ]
        for (bytes, read) in foreign {
            let error = #expect(throws: ComputeError.self) { try read(bytes) }
            #expect(error?.kind == .missingData)
        }
    }

    @Test func filesThatAreSomethingElseAreNamedSo() throws {
        let text = Array("let a = 1\n".utf8)
        for format in PictureFormat.allCases {
            let error = #expect(throws: ComputeError.self) {
                try ProvenanceRecord.record(of: text, as: format, name: "a")
            }
            #expect(error?.message == "this is no \(format.rawValue.uppercased()) file")
        }
        let error = #expect(throws: ComputeError.self) { try ProvenanceRecord(file: "study.tx") }
        #expect(error?.kind == .badArgument)
    }

    @Test func claimsOfHugeSizesAreRefused() {
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let header = signature + [0xFF, 0xFF, 0xFF, 0xFF] + Array("IHDR".utf8) + [UInt8](repeating: 0, count: 20)
        #expect(throws: ComputeError.self) { try ProvenanceRecord.record(of: header, as: .png, name: "a") }
        let table = "%PDF-1.5\nxref\n0 9223372036854775807\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n"
        #expect(throws: ComputeError.self) { try ProvenanceRecord.record(of: Array(table.utf8), as: .pdf, name: "a") }
        let nested =
            "%PDF-1.5\nxref\n0 0\ntrailer\n" + String(repeating: "<< /a ", count: 100_000) + "startxref\n9\n%%EOF\n"
        #expect(throws: ComputeError.self) { try ProvenanceRecord.record(of: Array(nested.utf8), as: .pdf, name: "a") }
        let circle = "%PDF-1.5\nxref\n0 0\ntrailer\n<< /Info 3 0 R /Prev 9 >>\nstartxref\n9\n%%EOF\n"
        #expect(throws: ComputeError.self) { try ProvenanceRecord.record(of: Array(circle.utf8), as: .pdf, name: "a") }
    }

    @Test func manyEntriesAreRefused() {
        let fields = (0..<200).map { "<meta name=\"transfer-script:k\($0)\" content=\"\">" }.joined()
        let error = #expect(throws: ComputeError.self) {
            try MarkupProvenance.record(ofHTML: Array((fields + "</html>").utf8), name: "a")
        }
        #expect(error?.kind == .badFile)
    }
}
