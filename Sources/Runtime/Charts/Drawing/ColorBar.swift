/// The explanation of a map from numbers to colours: what they measure, the colours from low to high, and round numbers
/// below them.
struct ColorBar {
    let title: String
    let scale: ColorScale
    let range: ClosedRange<Double>
    let theme: Theme
    let measure: any TextMeasure

    private static let barHeight = 9.0
    private static let longestBar = 180.0
    /// Rectangles of one colour; more than the eye can tell apart at this length.
    private static let slices = 90
    private static let gap = 8.0

    var height: Double { Self.barHeight + 4 + measure.extent(of: "x", in: theme.tick).height }

    func draw(at corner: Point, width: Double, into drawing: inout Drawing) {
        let extent = measure.extent(of: title, in: theme.tick)
        let text = TextBox(
            title, theme.tick, theme.text, at: Point(corner.x, corner.y + Self.barHeight / 2), .left, .middle,
            measure: measure)
        drawing.add(.text(text), as: .legendText)
        let left = corner.x + min(extent.width + Self.gap, width / 2)
        let bar = Rect(
            minX: left, minY: corner.y, maxX: left + min(Self.longestBar, corner.x + width - left),
            maxY: corner.y + Self.barHeight)
        drawColors(bar, into: &drawing)
        drawTicks(bar, within: corner.x...corner.x + width, into: &drawing)
    }

    /// Every slice reaches to the bar's end and is painted over by the next: no seams between them.
    private func drawColors(_ bar: Rect, into drawing: inout Drawing) {
        for slice in 0..<Self.slices {
            let start = bar.minX + bar.width * Double(slice) / Double(Self.slices)
            let color = scale.color(at: (Double(slice) + 0.5) / Double(Self.slices))
            let rect = Rect(minX: start, minY: bar.minY, maxX: bar.maxX, maxY: bar.maxY)
            drawing.add(.rectangle(rect, fill: color, stroke: nil), as: .legendKey)
        }
    }

    private func drawTicks(_ bar: Rect, within room: ClosedRange<Double>, into drawing: inout Drawing) {
        let width = range.upperBound - range.lowerBound
        let canvas = Rect(minX: room.lowerBound, minY: 0, maxX: room.upperBound, maxY: drawing.size.height)
        var end = -Double.infinity
        for tick in LinearScale().ticks(in: range, most: max(2, Int(bar.width / 36))) {
            let place = width > 0 ? (tick.position - range.lowerBound) / width : 0.5
            let at = bar.minX + place * bar.width
            let label = TextBox(
                tick.label, theme.tick, theme.faintText, at: Point(at, bar.maxY + 3), .center, .top, measure: measure
            ).kept(inside: canvas)
            guard label.bounds.minX > end + 3 else { continue }
            end = label.bounds.maxX
            drawing.add(
                .line([Point(at, bar.maxY), Point(at, bar.maxY + 2.5)], Stroke(theme.axis, width: 0.8)), as: .axis)
            drawing.add(.text(label), as: .legendText)
        }
    }
}
