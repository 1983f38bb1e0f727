import Glibc

/// One sign a row: the scatter plot. Shape, size and colour may follow columns; labels are placed where they hide
/// nothing.
public struct Points: Mark {
    public static let name = "points"
    public static let summary = "Draws one point a row, with labels placed so that none hides another."
    public static let example = """
        chart(table(source: [0.7, 0.75], transfer: [0.8, 0.85], net: ["a", "b"]))
            |> points(x: "source", y: "transfer", label: "net")
        """
    public static let plane = Plane.points
    public static let required: Set<Channel> = [.x, .y]
    public static let optional: Set<Channel> = [.color, .shape, .size, .label]
    public static let options = [MarkOption("opacity", .number(1), "from 0, invisible, to 1, solid")]

    private let opacity: Double

    /// Radius in points of a sign whose size no column decides.
    static let radius = 4.2
    private static let rimWidth = 0.8
    /// Points up to which all are drawn.
    private static let most = 20_000

    public init(_ options: MarkOptions) throws {
        opacity = try options.number("opacity", in: 0...1) ?? 1
    }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        rows.dodged(in: context)
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        let (x, y, sizes) = (rows.numbers(.x), rows.numbers(.y), rows.values[.size])
        let labels = rows.texts[.label]
        let outside = (0..<rows.count).count { !panel.shows(x[$0], y[$0]) && !x[$0].isNaN && !y[$0].isNaN }
        let rim = Stroke(panel.theme.background.with(alpha: opacity), width: Self.rimWidth)
        for row in visible(rows, in: panel) {
            let radius = sizes?[row] ?? Self.radius
            let center = panel.point(x[row], y[row])
            let fill = rows.colors[row].with(alpha: opacity)
            sketch.add(rows.shapes[row].shape(center: center, radius: radius, fill: fill, stroke: rim))
            if let label = labels?[row], !label.isEmpty {
                sketch.add(LabelRequest(label, at: center, clearance: radius + 1))
            }
        }
        if outside > 0 {
            sketch.addNote("\(outside) \(outside == 1 ? "point lies" : "points lie") outside the limits of the axes")
        }
    }

    /// The rows to be drawn: all that have a place, or, of very many, those that are not wholly under later ones.
    private func visible(_ rows: MarkRows, in panel: PanelFrame) -> [Int] {
        let (x, y, sizes) = (rows.numbers(.x), rows.numbers(.y), rows.values[.size])
        let shown = (0..<rows.count).filter { panel.shows(x[$0], y[$0]) && (sizes?[$0] ?? Self.radius).isFinite }
        let isOpaque = opacity == 1 && rows.texts[.label] == nil
        guard shown.count > Self.most, isOpaque else { return shown }
        // Signs at the edge of the panel reach beyond it.
        let reach =
            2 * ((sizes.map { values in shown.reduce(0) { max($0, values[$1]) } } ?? Self.radius) + Self.rimWidth)
        let frame = Rect(
            around: panel.rect.center, width: panel.rect.width + reach, height: panel.rect.height + reach)
        var occlusion = Occlusion(frame: frame)
        return shown.reversed().filter { row in
            rows.shapes[row] != .circle
                || occlusion.add(panel.point(x[row], y[row]), radius: (sizes?[row] ?? Self.radius) + Self.rimWidth / 2)
        }.reversed()
    }

    public func key(_ style: KeyStyle, in box: Rect) -> [Shape] {
        let fill = style.color.with(alpha: opacity)
        return [style.shape.shape(center: box.center, radius: Self.radius, fill: fill, stroke: nil)]
    }
}

/// Signs of about equal area.
public enum PointShape: String, CaseIterable, Hashable, Sendable {
    case circle, square, triangle, diamond, plus, wedge

    func shape(center: Point, radius: Double, fill: Color, stroke: Stroke?) -> Shape {
        switch self {
        case .circle: .circle(center: center, radius: radius, fill: fill, stroke: stroke)
        case .square: polygon(4, turned: .pi / 4, center, radius * 1.25, fill, stroke)
        case .triangle: polygon(3, turned: .pi / 2, center, radius * 1.4, fill, stroke)
        case .diamond: polygon(4, turned: 0, center, radius * 1.3, fill, stroke)
        case .wedge: polygon(3, turned: -.pi / 2, center, radius * 1.4, fill, stroke)
        case .plus: .polygon(plusCorners(center, radius * 1.2), fill: fill, stroke: stroke)
        }
    }

    private func polygon(
        _ corners: Int, turned: Double, _ center: Point, _ radius: Double, _ fill: Color, _ stroke: Stroke?
    ) -> Shape {
        let points = (0..<corners).map { corner in
            let angle = turned + 2 * .pi * Double(corner) / Double(corners)
            return center.moved(radius * cos(angle), -radius * sin(angle))
        }
        return .polygon(points, fill: fill, stroke: stroke)
    }

    private func plusCorners(_ center: Point, _ radius: Double) -> [Point] {
        let arm = radius / 2.6
        let corners = [
            (-arm, -radius), (arm, -radius), (arm, -arm), (radius, -arm), (radius, arm), (arm, arm), (arm, radius),
            (-arm, radius), (-arm, arm), (-radius, arm), (-radius, -arm), (-arm, -arm),
        ]
        return corners.map { center.moved($0.0, $0.1) }
    }
}

extension MarkRows {
    /// The rows moved to their series' place within their category; unchanged where series do not stand side by side.
    func dodged(in context: MarkContext) -> MarkRows {
        guard context.isDodged else { return self }
        var rows = self
        let axis = context.orientation.places
        rows.set(axis, zip(numbers(axis), series).map { $0 + context.place(ofSeries: $1).offset })
        return rows
    }
}
