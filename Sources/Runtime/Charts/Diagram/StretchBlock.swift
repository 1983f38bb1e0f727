/// Lengths of a network's figure in points; all follow from the size of the letters.
struct DiagramSizes {
    let letters: Double
    let boxWidth: Double

    var boxHeight: Double { 1.9 * letters }
    var rowHeight: Double { 2.9 * letters }
    var laneWidth: Double { boxWidth + 1.2 * letters }
    var gutter: Double { 4 * letters }
    var margin: Double { 2 * letters }
    /// Above a stretch's boxes, for its title and the line that comes in.
    var head: Double { 2.4 * letters }
    /// The same where a stretch goes on under the title above.
    var shortHead: Double { 0.2 * letters }
}

/// Draws the parts of a network's figure.
struct DiagramPen {
    let sizes: DiagramSizes
    let theme: Theme
    let measure: any TextMeasure

    func write(
        _ text: String, size: Double, isBold: Bool = false, at point: Point, _ horizontal: TextBox.Horizontal = .left,
        _ vertical: TextBox.Vertical = .top, isFaint: Bool = false, as role: Drawing.Role, in drawing: inout Drawing
    ) {
        let font = Font(size: size * sizes.letters, isBold: isBold)
        let color = isFaint ? theme.faintText : theme.text
        drawing.add(.text(TextBox(text, font, color, at: point, horizontal, vertical, measure: measure)), as: role)
    }

    func draw(way: [Point], in drawing: inout Drawing) {
        drawing.add(.line(way, Stroke(theme.axis, width: 0.12 * sizes.letters)), as: .leader)
    }

    func draw(box: Rect, _ unit: NetworkOutline.Unit, in drawing: inout Drawing) {
        let rim = Stroke(theme.axis, width: 0.08 * sizes.letters)
        drawing.add(.rectangle(box, fill: DiagramPen.fill(unit.kind), stroke: rim), as: .mark("layer"))
        write(unit.text, size: 1, at: box.center, .center, .middle, as: .label, in: &drawing)
    }

    /// Pale, so that black letters stand out; told apart by the letters too.
    private static func fill(_ kind: NetworkOutline.Kind) -> Color {
        switch kind {
        case .filter: Color(0xDCE9F7)
        case .pooling: Color(0xDDF1E4)
        case .join: Color(0xEEF0F2)
        case .classifier: Color(0xFBE6D4)
        case .other: Color(0xF7F7F8)
        }
    }
}

/// A stretch with its size in a figure.
struct StretchBlock {
    private let stretch: NetworkOutline.Stretch
    private let layout: StretchLayout
    private let sizes: DiagramSizes
    private let heading: String
    private let isLast: Bool

    /// - Parameters:
    ///   - previous: the title above.
    ///   - isLast: whether nothing comes below.
    init(_ stretch: NetworkOutline.Stretch, after previous: String?, isLast: Bool, _ sizes: DiagramSizes) {
        self.stretch = stretch
        self.sizes = sizes
        self.isLast = isLast
        layout = StretchLayout(stretch.units)
        let distant = stretch.distant.filter { !$0.isEmpty }
        let parts = [
            stretch.title == previous ? "" : stretch.title, stretch.count > 1 ? "× \(stretch.count)" : "",
            distant.isEmpty ? "" : "from \(distant.joined(separator: ", ")) too",
        ]
        heading = parts.filter { !$0.isEmpty }.joined(separator: "  ")
    }

    /// With room for the shape beside the box that leaves it.
    var width: Double { Double(layout.lanes) * sizes.laneWidth + (layout.lanes == 1 ? 2 * shapeWidth : 0) }
    var height: Double { head + Double(layout.rows) * sizes.rowHeight }

    private var head: Double { heading.isEmpty && layout.lanes == 1 ? sizes.shortHead : sizes.head }

    private var shapeWidth: Double { 6 * sizes.letters }

    func draw(middle: Double, top: Double, with pen: DiagramPen, in drawing: inout Drawing) {
        for edge in layout.edges { pen.draw(way: way(edge, middle, top), in: &drawing) }
        for (unit, place) in zip(stretch.units, layout.places) {
            pen.draw(box: box(place, middle, top), unit, in: &drawing)
        }
        if let last = layout.places.last {
            let box = box(last, middle, top)
            if !isLast { pen.draw(way: [Point(middle, box.maxY), Point(middle, top + height)], in: &drawing) }
            pen.write(
                Wording.shape(stretch.shape), size: 0.9, at: Point(box.maxX + 0.5 * sizes.letters, box.center.y), .left,
                .middle, isFaint: true, as: .note, in: &drawing)
        }
        pen.write(
            heading, size: 0.9, at: Point(middle - width / 2, top + 0.5 * sizes.letters), isFaint: true, as: .strip,
            in: &drawing)
    }

    private func x(_ lane: Int?, _ middle: Double) -> Double {
        guard let lane else { return middle }
        return middle + (Double(lane) - Double(layout.lanes - 1) / 2) * sizes.laneWidth
    }

    private func box(_ place: StretchLayout.Place, _ middle: Double, _ top: Double) -> Rect {
        let y = top + head + Double(place.row) * sizes.rowHeight
        return Rect(
            minX: x(place.lane, middle) - sizes.boxWidth / 2, minY: y, maxX: x(place.lane, middle) + sizes.boxWidth / 2,
            maxY: y + sizes.boxHeight)
    }

    /// Straight down its lane, across in the gap above the target's row.
    private func way(_ edge: StretchLayout.Edge, _ middle: Double, _ top: Double) -> [Point] {
        let target = box(layout.places[edge.to], middle, top)
        let source = edge.from.map { box(layout.places[$0], middle, top) }
        let start = source.map { Point($0.center.x, $0.maxY) } ?? Point(middle, top)
        let gap = (sizes.rowHeight - sizes.boxHeight) / 2
        let lane = edge.lane.map { x($0, middle) } ?? (edge.from == nil ? target.center.x : start.x)
        let first = source == nil ? top + max(head - gap, 0) : start.y + gap
        return [
            start, Point(start.x, first), Point(lane, first), Point(lane, target.minY - gap),
            Point(target.center.x, target.minY - gap), Point(target.center.x, target.minY),
        ]
    }
}
