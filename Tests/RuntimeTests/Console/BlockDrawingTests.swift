import Testing

@testable import Runtime

/// Charts made fit for the blocks of a terminal.
struct BlockDrawingTests {
    private let pale = Color(0xF0E442)
    private let background = Color(0xFFFFFF)

    private func fitted(_ shape: Shape, as role: Drawing.Role = .mark("points"), isInk: Bool = false) -> [Shape] {
        var drawing = Drawing(size: Size(width: 800, height: 600))
        drawing.add(shape, as: role)
        return BlockDrawing.wordless(drawing, columns: 80, isInk: isInk).items.map(\.shape)
    }

    @Test func smallMarksFillACell() {
        let dot = Shape.circle(
            center: Point(50, 50), radius: 4, fill: pale, stroke: Stroke(background, width: 0.8))
        #expect(fitted(dot) == [.circle(center: Point(50, 50), radius: 5, fill: pale, stroke: nil)])
        #expect(
            fitted(dot, isInk: true) == [.circle(center: Point(50, 50), radius: 5, fill: Color(0x000000), stroke: nil)])
        let square = Shape.rectangle(Rect(around: Point(50, 50), width: 4, height: 4), fill: pale, stroke: nil)
        #expect(fitted(square).first?.bounds == Rect(around: Point(50, 50), width: 10, height: 10))
        let line = Shape.line([Point(0, 0), Point(9, 9)], Stroke(pale, width: 1, dash: [2, 3]))
        #expect(fitted(line) == [.line([Point(0, 0), Point(9, 9)], Stroke(pale, width: 5, dash: [10, 10]))])
    }

    @Test func areasGridAndBandsStay() {
        let bar = Shape.rectangle(Rect(minX: 0, minY: 0, maxX: 30, maxY: 90), fill: pale, stroke: nil)
        #expect(fitted(bar, isInk: true) == [bar])
        let grid = Shape.line([Point(0, 0), Point(9, 0)], Stroke(pale, width: 1))
        #expect(fitted(grid, as: .grid, isInk: true) == [grid])
        let faint = Shape.line([Point(0, 0), Point(9, 0)], Stroke(pale.with(alpha: 0.2), width: 20))
        #expect(fitted(faint, isInk: true) == [faint])
    }

    @Test func smallPolygonsGrowAroundTheirCentre() {
        let triangle = Shape.polygon([Point(48, 52), Point(50, 48), Point(52, 52)], fill: pale, stroke: nil)
        #expect(fitted(triangle).first?.bounds == Rect(around: Point(50, 50), width: 10, height: 10))
    }
}
