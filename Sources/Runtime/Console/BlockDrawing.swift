/// A chart's drawing made fit for blocks of a terminal: without its words, which are written as letters, and with marks of
/// about a cell, because smaller ones fall between the blocks.
struct BlockDrawing {
    /// The width of a cell in points.
    private let cell: Double
    /// Whether there is only ink or none, so that a pale mark would be paper.
    private let isInk: Bool

    /// - Parameters:
    ///   - columns: cells of the drawing's width, at least 1.
    ///   - isInk: whether the terminal shows no colours.
    static func wordless(_ drawing: Drawing, columns: Int, isInk: Bool) -> Drawing {
        let fitter = BlockDrawing(cell: drawing.size.width / Double(max(1, columns)), isInk: isInk)
        var result = Drawing(size: drawing.size)
        for item in drawing.items {
            if case .text = item.shape { continue }
            result.add(
                fitter.isMark(item.role) ? fitter.bold(item.shape) : item.shape, as: item.role, clippedTo: item.clip)
        }
        return result
    }

    private func isMark(_ role: Drawing.Role) -> Bool {
        switch role {
        case .mark, .legendKey: true
        default: false
        }
    }

    /// At least about a cell wide, and lines half of one. Thin rims around small signs go: they would take their place.
    private func bold(_ shape: Shape) -> Shape {
        switch shape {
        case .circle(let center, let radius, let fill?, _):
            return .circle(center: center, radius: max(radius, cell / 2), fill: inked(fill), stroke: nil)
        case .circle(let center, let radius, nil, let stroke):
            return .circle(center: center, radius: max(radius, cell / 2), fill: nil, stroke: stroke.map(bold))
        case .line(let points, let stroke): return .line(points, bold(stroke))
        case .polygon(let points, let fill?, let stroke):
            guard let bounds = Rect(around: points), let factor = growth(of: bounds) else {
                return .polygon(points, fill: fill, stroke: stroke)
            }
            let center = bounds.center
            let grown = points.map {
                Point(center.x + factor * ($0.x - center.x), center.y + factor * ($0.y - center.y))
            }
            return .polygon(grown, fill: inked(fill), stroke: nil)
        case .rectangle(let rect, let fill?, let stroke):
            guard let factor = growth(of: rect) else { return .rectangle(rect, fill: fill, stroke: stroke) }
            let grown = Rect(around: rect.center, width: factor * rect.width, height: factor * rect.height)
            return .rectangle(grown, fill: inked(fill), stroke: nil)
        case .polygon(_, nil, _), .rectangle(_, nil, _), .text, .picture: return shape
        }
    }

    /// How much larger a sign must be; nil for shapes that are areas and not signs.
    private func growth(of bounds: Rect) -> Double? {
        let side = max(bounds.width, bounds.height)
        guard side > 0, side < 2 * cell else { return nil }
        return max(1, cell / side)
    }

    private func bold(_ stroke: Stroke) -> Stroke {
        Stroke(inked(stroke.color), width: max(stroke.width, cell / 2), dash: stroke.dash.map { max($0, cell) })
    }

    /// Black, where that is the only ink; what is nearly transparent stays so.
    private func inked(_ color: Color) -> Color { isInk && color.alpha >= 0.5 ? Color(0x000000) : color }
}
