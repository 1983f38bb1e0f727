/// The rows of each series joined in the order of x: courses of training, learning curves. A missing value leaves a
/// gap.
public struct Lines: Mark {
    public static let name = "lines"
    public static let summary = "Joins the rows of each series from left to right; a missing value leaves a gap."
    public static let plane = Plane.courses
    public static let required: Set<Channel> = [.x, .y]
    public static let optional: Set<Channel> = [.color]
    public static let options = [
        MarkOption("width", .number(1.6), "of the line, in points"),
        MarkOption("dashed", .bool(false), "whether the line is dashed"),
    ]

    private let width: Double
    private let dash: [Double]

    public init(_ options: MarkOptions) throws {
        width = try options.number("width", in: 0.1...20) ?? 1.6
        dash = options.bool("dashed") ? [5, 3] : []
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        let (x, y) = (rows.numbers(.x), rows.numbers(.y))
        for members in rows.bySeries {
            let ordered = members.filter { !x[$0].isNaN }.sorted { (x[$0], $0) < (x[$1], $1) }
            for run in ordered.split(whereSeparator: { y[$0].isNaN }) {
                guard let first = run.first else { continue }
                let points = run.map { panel.point(x[$0], y[$0]) }
                sketch.add(.line(points, stroke(rows.colors[first], rows.shapes[first])))
            }
        }
    }

    public func key(_ style: KeyStyle, in box: Rect) -> [Shape] {
        [.line([Point(box.minX, box.center.y), Point(box.maxX, box.center.y)], stroke(style.color, style.shape))]
    }

    /// Where colours repeat, dashes tell the series apart, as shapes do for points.
    private func stroke(_ color: Color, _ shape: PointShape) -> Stroke {
        let ofSeries: [Double] =
            switch shape {
            case .circle: []
            case .square: [6, 2.5]
            case .triangle: [1.5, 2]
            default: [6, 2, 1.5, 2]
            }
        return Stroke(color, width: width, dash: dash.isEmpty ? ofSeries : dash)
    }
}
