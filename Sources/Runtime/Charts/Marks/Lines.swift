/// The rows of each series joined in the order of x: courses of training, learning curves, steps. A missing value leaves a gap.
public struct Lines: Mark {
    public static let name = "lines"
    public static let summary =
        "Joins the rows of each series from left to right, straight or in steps; a missing value leaves a gap."
    public static let example = """
        chart(table(step: [1, 2, 3, 1, 2, 3], loss: [3, 2, 1.5, 3, 2.5, 2.2], net: ["a", "a", "a", "b", "b", "b"]))
            |> lines(x: "step", y: "loss", color: "net", label: "net")
        """
    public static let plane = Plane.courses
    public static let required: Set<Channel> = [.x, .y]
    public static let optional: Set<Channel> = [.color, .label]
    public static let options = [
        MarkOption("width", .number(1.6), "of the line, in points"),
        MarkOption("dashed", .bool(false), "whether the line is dashed"),
        MarkOption(
            "step", .string("none"),
            "\"none\" for straight lines, or where steps rise: \"before\", \"after\" or \"middle\""),
    ]

    private enum Step: String, CaseIterable { case none, before, after, middle }

    private let width: Double
    private let dash: [Double]
    private let step: Step

    public init(_ options: MarkOptions) throws {
        width = try options.number("width", in: 0.1...20) ?? 1.6
        dash = options.bool("dashed") ? [5, 3] : []
        step = try options.choice("step", Step.self) ?? .none
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        let (x, y) = (rows.numbers(.x), rows.numbers(.y))
        for members in rows.bySeries {
            let ordered = members.filter { !x[$0].isNaN }.sorted { (x[$0], $0) < (x[$1], $1) }
            for run in ordered.split(whereSeparator: { y[$0].isNaN }) {
                guard let first = run.first else { continue }
                let points = stepped(run.map { panel.point(x[$0], y[$0]) })
                sketch.add(.line(points, stroke(rows.colors[first], rows.shapes[first])))
            }
            let last = ordered.last { panel.shows(x[$0], y[$0]) }
            if let last, let label = rows.texts[.label]?[last], !label.isEmpty {
                sketch.add(
                    LabelRequest(label, at: panel.point(x[last], y[last]), clearance: 1, color: rows.colors[last]))
            }
        }
    }

    /// With the corners of the steps between the points.
    private func stepped(_ points: [Point]) -> [Point] {
        guard step != .none, let last = points.last else { return points }
        let corners = zip(points, points.dropFirst()).flatMap { from, to -> [Point] in
            switch step {
            case .before: [from, Point(from.x, to.y)]
            case .after: [from, Point(to.x, from.y)]
            case .middle, .none: [from, Point((from.x + to.x) / 2, from.y), Point((from.x + to.x) / 2, to.y)]
            }
        }
        return corners + [last]
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
