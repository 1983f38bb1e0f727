import Compute
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

    /// From 20,000 translucent circles on they are stamped: the same picture but for a quarter of a pixel.
    @Test func many_translucent_circles_look_like_few() throws {
        var drawing = Drawing(size: Size(width: 400, height: 400))
        var random = Philox(seed: 1, purpose: "circles")
        let fill = Color(red: 0, green: 0.3, blue: 0.6, alpha: 0.3)
        for _ in 1..<CircleStamps.fewest {
            let center = Point(place(&random), place(&random))
            let rim = Stroke(Color(red: 1, green: 1, blue: 1, alpha: 0.3), width: 0.8)
            drawing.add(.circle(center: center, radius: 2.3, fill: fill, stroke: rim), as: .mark("points"))
        }
        let exact = try pixels(of: drawing)
        drawing.add(.circle(center: Point(-50, -50), radius: 2, fill: fill, stroke: nil), as: .mark("points"))
        let stamped = try pixels(of: drawing)
        #expect(exact != stamped)
        let differences = zip(exact, stamped).map { abs(Int($0) - Int($1)) }
        #expect(Double(differences.reduce(0, +)) / Double(differences.count) < 4)
    }

    private func place(_ random: inout Philox) -> Double { 400 * Double(random.next() >> 11) / 0x1p53 }

    private func pixels(of drawing: Drawing) throws -> [UInt8] {
        try PNG.decode(Data(CairoSurface.bytes(of: drawing, as: .png, scale: 2)), name: "circles").pixels
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
