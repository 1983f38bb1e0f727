import Glibc

/// One sign a row: the scatter plot. Shape, size and colour may follow columns; labels are placed where they hide
/// nothing.
public struct Points: Mark {
    public static let name = "points"
    public static let summary = "Draws one point a row, with labels placed so that none hides another."
    public static let plane = Plane.points
    public static let required: Set<Channel> = [.x, .y]
    public static let optional: Set<Channel> = [.color, .shape, .size, .label]
    public static let options = [MarkOption("opacity", .number(1), "from 0, invisible, to 1, solid")]

    private let opacity: Double

    /// Radius in points of a sign whose size no column decides.
    static let radius = 4.2

    public init(_ options: MarkOptions) throws {
        opacity = try options.number("opacity", in: 0...1) ?? 1
    }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        rows.dodged(in: context)
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        let (x, y, sizes) = (rows.numbers(.x), rows.numbers(.y), rows.values[.size])
        let labels = rows.texts[.label]
        var outside = 0
        for row in 0..<rows.count {
            guard panel.shows(x[row], y[row]) else {
                if !x[row].isNaN && !y[row].isNaN { outside += 1 }
                continue
            }
            let radius = sizes?[row] ?? Self.radius
            guard radius.isFinite else { continue }
            let center = panel.point(x[row], y[row])
            let rim = Stroke(panel.theme.background.with(alpha: opacity), width: 0.8)
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
        rows.set(.x, zip(numbers(.x), series).map { $0 + context.place(ofSeries: $1).offset })
        return rows
    }
}
