import Glibc

/// A label before and after it has found its place, and the line that leads from its point to it.

/// A name that wants to stand beside its point.
public struct LabelRequest: Hashable, Sendable {
    public let text: String
    public let anchor: Point
    /// How far from the anchor the sign of the point reaches.
    public let clearance: Double
    /// Nil for the colour of all labels.
    public let color: Color?

    public init(_ text: String, at anchor: Point, clearance: Double, color: Color? = nil) {
        self.text = text
        self.anchor = anchor
        self.clearance = clearance
        self.color = color
    }

    /// The label's box in a direction (0 is right, counter-clockwise): sideways its middle faces the point, diagonally
    /// its corner, and in between something in between.
    func box(_ extent: TextExtent, angle: Double, distance: Double) -> Rect {
        let reach = clearance + distance
        let facing = anchor.moved(reach * cos(angle), -reach * sin(angle))
        let side = { (part: Double) in min(max(part * 1.6, -1), 1) }
        let center = facing.moved(extent.width / 2 * side(cos(angle)), -extent.height / 2 * side(sin(angle)))
        return Rect(around: center, width: extent.width, height: extent.height)
    }

    /// From the edge of the point's sign to the nearest place of the label's box.
    func leader(to box: Rect) -> Leader {
        let end = box.nearest(to: anchor)
        let length = max(anchor.distance(to: end), 0.001)
        let start = anchor.moved((end.x - anchor.x) / length * clearance, (end.y - anchor.y) / length * clearance)
        return Leader(from: start, to: end)
    }
}

struct Leader: Hashable, Sendable {
    var from: Point
    var to: Point

    /// Whether part of the leader lies on an upright or level line, such as the error bar of its own point.
    func runsAlong(_ a: Point, _ b: Point) -> Bool {
        let own = Rect(minX: from.x, minY: from.y, maxX: to.x, maxY: to.y)
        let line = Rect(minX: a.x, minY: a.y, maxX: b.x, maxY: b.y)
        let isUpright = line.width == 0 && own.width < 2 && own.height > 2
        let isLevel = line.height == 0 && own.height < 2 && own.width > 2
        return (isUpright || isLevel) && own.grown(by: 0.5).overlaps(line.grown(by: 0.5))
    }

    func crosses(_ other: Leader) -> Bool {
        let side = { (a: Point, b: Point, c: Point) in (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) }
        return side(from, to, other.from) * side(from, to, other.to) < 0
            && side(other.from, other.to, from) * side(other.from, other.to, to) < 0
    }
}

/// A label with its place.
struct PlacedLabel: Hashable, Sendable {
    var request: LabelRequest
    var box: Rect
    var leader: Leader?
    /// What standing here costs, other labels left out of account.
    var cost: Double
}
