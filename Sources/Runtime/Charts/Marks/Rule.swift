/// Lines across the whole panel: upright at each x, level at each y. For chance levels, thresholds and means.
public struct Rule: Mark {
    public static let name = "rule"
    public static let summary = "Draws reference lines across the panel: upright at x, level at y."
    public static let example = """
        chart(table(net: ["a", "b"], top1: [0.7, 0.8])) |> bars(x: "net", y: "top1") |> rule(y: 0.75, dashed: true)
        """
    public static let plane = Plane.references
    public static let required: Set<Channel> = []
    public static let optional: Set<Channel> = [.x, .y, .color]
    public static let inherited: Set<Channel> = []
    public static let options = [
        MarkOption("width", .number(1), "of the line, in points"),
        MarkOption("dashed", .bool(true), "whether the line is dashed"),
        MarkOption("legend", .string(""), "what the legend says"),
    ]

    private let width: Double
    private let dash: [Double]
    public let legend: String?

    public init(_ options: MarkOptions) throws {
        width = try options.number("width", in: 0.1...20) ?? 1
        dash = options.bool("dashed") ? [4, 3] : []
        legend = options.string("legend").flatMap { $0.isEmpty ? nil : $0 }
    }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        guard rows.has(.x) || rows.has(.y) else {
            throw ChartError("rule lacks a place", help: "give x: for an upright line or y: for a level one")
        }
        return rows
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        let (x, y) = (rows.numbers(.x), rows.numbers(.y))
        for row in 0..<rows.count {
            let stroke = Stroke(rows.hasColor ? rows.colors[row] : panel.theme.faintText, width: width, dash: dash)
            if panel.x.contains(x[row]) {
                let at = panel.x(x[row])
                sketch.add(.line([Point(at, panel.rect.minY), Point(at, panel.rect.maxY)], stroke))
            }
            if panel.y.contains(y[row]) {
                let at = panel.y(y[row])
                sketch.add(.line([Point(panel.rect.minX, at), Point(panel.rect.maxX, at)], stroke))
            }
        }
    }

    public func key(_ style: KeyStyle, in box: Rect) -> [Shape] {
        let ends = [Point(box.minX, box.center.y), Point(box.maxX, box.center.y)]
        return [.line(ends, Stroke(style.color, width: width, dash: dash))]
    }
}
