/// Every value at its category, moved sideways just so far that the points lie beside each other: a swarm (Eklund 2012's
/// `beeswarm`). Where there is no room left points lie over each other.
public struct Strip: Mark {
    public static let name = "strip"
    public static let summary = "Draws every value at its category, points side by side, level where y has the names."
    public static let example = """
        chart(table(net: ["a", "a", "a", "b", "b", "b"], top1: [70, 75, 74, 80, 82, 90])) |> strip(x: "net", y: "top1")
        """
    public static let plane = Plane.points
    public static let required: Set<Channel> = [.x, .y]
    public static let optional: Set<Channel> = [.color]
    public static let options = [
        MarkOption("opacity", .number(0.8), "from 0, invisible, to 1, solid"),
        MarkOption("radius", .number(2.4), "of the points"),
    ]

    private let opacity: Double
    private let radius: Double

    public init(_ options: MarkOptions) throws {
        opacity = try options.number("opacity", in: 0...1) ?? 0.8
        radius = try options.number("radius", in: 0.2...20) ?? 2.4
    }

    public var standsSideBySide: Bool { true }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        var swarm = rows.dodged(in: context)
        let room = context.room(of: rows, along: context.orientation.places)
        let places = swarm.numbers(context.orientation.places)
        let widths = swarm.series.map { room * context.place(ofSeries: $0).width / 2 }
        swarm.set(context.orientation.placeEnds.low, zip(places, widths).map { $0 - $1 })
        swarm.set(context.orientation.placeEnds.high, zip(places, widths).map { $0 + $1 })
        return swarm
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        let (x, y) = (rows.numbers(.x), rows.numbers(.y))
        let isUpright = rows.has(.xlow)
        let shown = (0..<rows.count).filter { panel.shows(x[$0], y[$0]) }
        for (_, members) in Dictionary(grouping: shown, by: { isUpright ? x[$0] : y[$0] }).sorted(by: {
            $0.key < $1.key
        }) {
            guard let first = members.first else { continue }
            let ends =
                isUpright
                ? (panel.x(rows.numbers(.xlow)[first]), panel.x(rows.numbers(.xhigh)[first]))
                : (panel.y(rows.numbers(.low)[first]), panel.y(rows.numbers(.high)[first]))
            let centers = members.map { panel.point(x[$0], y[$0]) }
            let values = centers.map { isUpright ? $0.y : $0.x }
            let shifts = Swarm(radius: radius + 0.3, reach: abs(ends.1 - ends.0) / 2).shifts(of: values)
            for (row, (center, shift)) in zip(members, zip(centers, shifts)) {
                let place = isUpright ? center.moved(shift, 0) : center.moved(0, shift)
                let fill = rows.colors[row].with(alpha: opacity)
                sketch.add(.circle(center: place, radius: radius, fill: fill, stroke: nil))
            }
        }
    }

    public func key(_ style: KeyStyle, in box: Rect) -> [Shape] {
        [.circle(center: box.center, radius: radius, fill: style.color.with(alpha: opacity), stroke: nil)]
    }
}

/// How far equal discs at given heights are moved sideways so that they lie beside each other.
struct Swarm {
    let radius: Double
    /// The furthest that a disc may be moved.
    let reach: Double

    /// One shift a value, in the order of the values: each takes the place nearest to the middle that is free of those below
    /// it, or the middle when none is within reach.
    func shifts(of values: [Double]) -> [Double] {
        var shifts = [Double](repeating: 0, count: values.count)
        var near: [Int] = []
        for index in values.indices.sorted(by: { (values[$0], $0) < (values[$1], $1) }) {
            near.removeAll { values[index] - values[$0] >= 2 * radius }
            let blocked: [(low: Double, high: Double)] = near.map { other in
                let height: Double = values[index] - values[other]
                let half = (4 * radius * radius - height * height).squareRoot()
                return (shifts[other] - half, shifts[other] + half)
            }
            let places: [Double] = [0] + blocked.map(\.low) + blocked.map(\.high)
            let free = places.filter { place in
                abs(place) <= reach && !blocked.contains { place > $0.low + 1e-9 && place < $0.high - 1e-9 }
            }
            // A crowd without room lies over itself; more neighbours than this would only cost time.
            if let place = free.min(by: { (abs($0), $0) < (abs($1), $1) }) { shifts[index] = place }
            near.append(index)
            if near.count > Self.mostNeighbours { near.removeFirst(near.count - Self.mostNeighbours) }
        }
        return shifts
    }

    private static let mostNeighbours = 64
}
