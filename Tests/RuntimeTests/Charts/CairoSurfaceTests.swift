import Foundation
import Testing

@testable import Runtime

@Suite struct CairoSurfaceTests {
    private func drawing() throws -> Drawing {
        let tools = ChartTools(measure: CairoTextMeasure(), tQuantile: ChartSamples.tools.tQuantile)
        return try BuildChart(ChartSamples.scatter(ChartSamples.sixteenNetworks()), tools: tools).drawing()
    }

    @Test(arguments: PictureFormat.allCases) func equal_charts_give_equal_bytes(format: PictureFormat) throws {
        let first = try CairoSurface.bytes(of: drawing(), as: format)
        let second = try CairoSurface.bytes(of: drawing(), as: format)
        #expect(first.count > 1000)
        #expect(first == second)
    }

    @Test func a_png_has_two_pixels_a_point() throws {
        let bytes = try CairoSurface.bytes(of: drawing(), as: .png)
        #expect(bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        // Width 1120 and height 840 in the header chunk, big-endian.
        #expect(bytes[16..<24] == [0, 0, 0x04, 0x60, 0, 0, 0x03, 0x48])
    }

    @Test func a_pdf_has_no_date() throws {
        let bytes = try CairoSurface.bytes(of: drawing(), as: .pdf)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("%PDF"))
        #expect(!text.contains("CreationDate"))
    }

    @Test func all_names_are_placed_with_the_real_font() throws {
        #expect(try drawing().texts(.label).count == 16)
        #expect(try drawing().notes.isEmpty)
    }

    @Test func longer_text_is_wider() {
        let measure = CairoTextMeasure()
        let font = Font(size: 10)
        #expect(measure.extent(of: "accuracy", in: font).width > measure.extent(of: "acc", in: font).width)
        #expect(measure.extent(of: "acc", in: Font(size: 20)).height > measure.extent(of: "acc", in: font).height)
    }

    @Test func the_ending_tells_the_format() throws {
        #expect(try PictureFormat(path: "out/figure.PDF") == .pdf)
        for path in ["figure", "figure.gif", "out.png/figure", ""] {
            #expect(
                throws: ChartError("cannot tell the format of '\(path)'", help: "end its name in .png, .svg or .pdf")
            ) {
                try PictureFormat(path: path)
            }
        }
    }

    @Test func files_are_written_whole_or_not_at_all() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try drawing().save(to: folder.appending(path: "a.svg").path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.svg"])
        let nowhere = folder.appending(path: "none/a.svg").path
        #expect(throws: ChartError("cannot write '\(nowhere)': No such file or directory")) {
            try drawing().save(to: nowhere)
        }
    }

    @Test func a_picture_beyond_the_limits_is_an_error() throws {
        #expect(throws: ChartError("a PNG of 40000 × 20 pixels cannot be made")) {
            try CairoSurface.bytes(of: Drawing(size: Size(width: 20_000, height: 10)), as: .png)
        }
    }
}
