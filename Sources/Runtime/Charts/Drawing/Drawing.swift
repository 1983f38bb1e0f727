import Compute

/// A picture as a list of shapes: what charts are built into, what tests read, what `CairoSurface` paints.
///
/// Every shape knows its role, and every text carries the box it covers, so that "no label overlaps a point" is a
/// question to this value and not to pixels. Shapes are painted in order.
public struct Drawing: Hashable, Sendable {
    /// What a shape is for.
    public enum Role: Hashable, Sendable {
        case background, title, subtitle, caption, note
        case grid, axis, minorTick, tickLabel, axisTitle, strip
        case legendKey, legendText
        /// A photograph of a grid, and what is written below it.
        case photograph, photographText
        /// Drawn by the mark of that name.
        case mark(String)
        /// The name of a data point, and the line that leads to it.
        case label, leader
    }

    public struct Item: Hashable, Sendable {
        public var role: Role
        public var shape: Shape
        /// Nothing of the shape shows outside this box.
        public var clip: Rect?
    }

    public private(set) var size: Size
    public private(set) var items: [Item] = []
    /// The panels, in reading order.
    public private(set) var panels: [Rect] = []
    /// What the reader must know to read the picture rightly: values at the margin, labels left out. Also drawn.
    public private(set) var notes: [String] = []

    public init(size: Size) { self.size = size }

    public mutating func add(_ shape: Shape, as role: Role, clippedTo clip: Rect? = nil) {
        items.append(Item(role: role, shape: shape, clip: clip))
    }

    mutating func addPanel(_ panel: Rect) { panels.append(panel) }

    mutating func addNote(_ note: String) {
        if !notes.contains(note) { notes.append(note) }
    }

    /// Another drawing's content put into this one.
    mutating func add(_ other: Drawing, at origin: Point) {
        items += other.items.map { item in
            Item(
                role: item.role, shape: item.shape.moved(origin.x, origin.y), clip: item.clip?.moved(origin.x, origin.y)
            )
        }
        panels += other.panels.map { $0.moved(origin.x, origin.y) }
        for note in other.notes { addNote(note) }
    }

    /// What lies behind everything: the colour of the rim around text that stands on lines.
    var ground: Color {
        for item in items where item.role == .background {
            if case .rectangle(_, let fill?, _) = item.shape { return fill }
        }
        return Color(0xFFFFFF)
    }

    /// The shapes of a role.
    public func shapes(_ role: Role) -> [Shape] { items.filter { $0.role == role }.map(\.shape) }

    /// The texts of a role; of all roles when nil.
    public func texts(_ role: Role? = nil) -> [TextBox] {
        items.compactMap { item in
            guard role == nil || item.role == role, case .text(let box) = item.shape else { return nil }
            return box
        }
    }
}

/// How a line is drawn.
public struct Stroke: Hashable, Sendable {
    public var color: Color
    /// Points.
    public var width: Double
    /// Lengths of dashes and gaps in points; empty for a solid line.
    public var dash: [Double]

    public init(_ color: Color, width: Double, dash: [Double] = []) {
        self.color = color
        self.width = width
        self.dash = dash
    }
}

public enum Shape: Hashable, Sendable {
    case line([Point], Stroke)
    case polygon([Point], fill: Color?, stroke: Stroke?)
    case rectangle(Rect, fill: Color?, stroke: Stroke?)
    case circle(center: Point, radius: Double, fill: Color?, stroke: Stroke?)
    case text(TextBox)
    /// A photograph, stretched to a box.
    case picture(Image, in: Rect)

    /// The box the shape covers, line widths left out; nil for a line or polygon without points.
    public var bounds: Rect? {
        switch self {
        case .line(let points, _), .polygon(let points, _, _): Rect(around: points)
        case .rectangle(let rect, _, _): rect
        case .circle(let center, let radius, _, _): Rect(around: center, width: 2 * radius, height: 2 * radius)
        case .text(let box): box.bounds
        case .picture(_, let rect): rect
        }
    }

    func moved(_ dx: Double, _ dy: Double) -> Shape {
        switch self {
        case .line(let points, let stroke): .line(points.map { $0.moved(dx, dy) }, stroke)
        case .polygon(let points, let fill, let stroke):
            .polygon(points.map { $0.moved(dx, dy) }, fill: fill, stroke: stroke)
        case .rectangle(let rect, let fill, let stroke): .rectangle(rect.moved(dx, dy), fill: fill, stroke: stroke)
        case .circle(let center, let radius, let fill, let stroke):
            .circle(center: center.moved(dx, dy), radius: radius, fill: fill, stroke: stroke)
        case .text(let box): .text(box.moved(dx, dy))
        case .picture(let image, let rect): .picture(image, in: rect.moved(dx, dy))
        }
    }
}
