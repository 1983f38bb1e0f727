import Compute
import Testing

@testable import Runtime

@Suite struct ImageGridTests {
    private func image(_ width: Int, _ height: Int) -> Image {
        Image(width: width, height: height, channels: 1, pixels: [UInt8](repeating: 90, count: width * height))
    }

    private func drawing(_ entries: [ImageGrid.Entry], columns: Int?, width: Double? = nil) throws -> Drawing {
        try ImageGrid(entries, columns: columns, title: "Grid").drawing(
            width: width, theme: .paper, measure: ChartSamples.tools.measure)
    }

    @Test func pictures_keep_their_proportions_and_stand_apart_with_their_lines_below() throws {
        let entries = (0..<7).map {
            ImageGrid.Entry(image(10 + 5 * $0, 20), lines: ["class \($0)", "0.\($0)"], isRight: $0 % 2 == 0)
        }
        for width in [nil, 300.0, 900] {
            let drawing = try drawing(entries, columns: 3, width: width)
            let boxes = drawing.shapes(.photograph).compactMap(\.bounds)
            #expect(boxes.count == 7)
            for (index, box) in boxes.enumerated() {
                #expect(abs(box.width / box.height - Double(10 + 5 * index) / 20) < 1e-9)
                #expect(drawing.canvas.contains(box))
                for other in boxes[..<index] { #expect(!box.overlaps(other)) }
            }
            let lines = drawing.texts(.photographText)
            #expect(lines.count == 14)
            for line in lines {
                #expect(drawing.canvas.contains(line.bounds))
                #expect(boxes.allSatisfy { !$0.overlaps(line.bounds) })
            }
            #expect(width == nil || drawing.size.width == width)
        }
    }

    @Test func lines_wider_than_their_picture_are_cut() throws {
        let drawing = try drawing([.init(image(4, 4), lines: ["a caption that is far too long for it"])], columns: 1)
        #expect(drawing.texts(.photographText).first?.text.hasSuffix("…") == true)
    }

    @Test func pixels_are_painted_where_they_belong() throws {
        let picture = Image(width: 2, height: 1, channels: 3, pixels: [255, 0, 0, 0, 0, 255])
        var drawing = Drawing(size: Size(width: 20, height: 10))
        drawing.add(.picture(picture, in: Rect(minX: 0, minY: 0, maxX: 20, maxY: 10)), as: .photograph)
        let bytes = try CairoSurface.bytes(of: drawing, as: .png, scale: 1)
        let painted = try PNG.decode(.init(bytes), name: "painted")
        #expect(Array(painted.pixels[0..<3]) == [255, 0, 0])
        #expect(Array(painted.pixels[57..<60]) == [0, 0, 255])
        for format in [PictureFormat.svg, .pdf] {
            #expect(try CairoSurface.bytes(of: drawing, as: format).count > 200)
        }
    }
}
