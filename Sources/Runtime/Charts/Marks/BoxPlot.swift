/// The distribution of the values at each category: median, quartiles, whiskers to the last value within 1.5 interquartile
/// ranges of the box, and the values beyond as points (Tukey 1977). Computed on the scale of the axis; quartiles by linear
/// interpolation (type 7 of Hyndman and Fan 1996).
public struct BoxPlot: Mark {
    public static let name = "boxplot"
    public static let summary =
        "Draws median, quartiles, whiskers and outlying values of each category, level where y has the names."
    public static let example = """
        chart(table(net: ["a", "a", "a", "b", "b", "b"], top1: [70, 75, 74, 80, 82, 90])) |> boxplot(x: "net", y: "top1")
        """
    public static let plane = Plane.areas
    public static let required: Set<Channel> = [.x, .y]
    public static let optional: Set<Channel> = [.color]
    public static let options = [
        MarkOption("whisker", .number(1.5), "reach of the whiskers in interquartile ranges"),
        MarkOption("outliers", .bool(true), "whether values beyond the whiskers are drawn"),
    ]

    private let reach: Double
    private let showsOutliers: Bool

    public init(_ options: MarkOptions) throws {
        reach = try options.number("whisker", in: 0...1e6) ?? 1.5
        showsOutliers = options.bool("outliers")
    }

    public var standsSideBySide: Bool { true }

    /// A row a part of a box, told apart by `size`: all parts need the same place and look.
    private enum Part: Double { case box, median, whisker, outlier }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        let (places, values) = (rows.numbers(context.orientation.places), rows.numbers(context.orientation.values))
        let room = context.room(of: rows, along: context.orientation.places)
        var parts: [(row: Int, part: Part, low: Double, high: Double)] = []
        for members in rows.bySeries {
            let present = members.filter { !places[$0].isNaN && !values[$0].isNaN }
            for group in Dictionary(grouping: present, by: { places[$0] }).sorted(by: { $0.key < $1.key }) {
                guard let first = group.value.first else { continue }
                parts += summary(of: group.value.map { values[$0] }.sorted()).map { (first, $0, $1, $2) }
            }
        }
        var boxes = rows.like(parts.map(\.row))
        let slots = boxes.series.map { context.place(ofSeries: $0) }
        let middles = zip(parts, slots).map { places[$0.row] + room * $1.offset }
        let halves = slots.map { room * $0.width * 0.42 }
        boxes.set(context.orientation.places, middles)
        boxes.set(context.orientation.placeEnds.low, zip(middles, halves).map { $0 - $1 })
        boxes.set(context.orientation.placeEnds.high, zip(middles, halves).map { $0 + $1 })
        boxes.set(context.orientation.valueEnds.low, parts.map(\.low))
        boxes.set(context.orientation.valueEnds.high, parts.map(\.high))
        boxes.set(.size, parts.map(\.part.rawValue))
        return boxes
    }

    /// - Parameter values: ascending and not empty.
    private func summary(of values: [Double]) -> [(Part, Double, Double)] {
        let (first, middle, third) = (values.quantile(0.25), values.quantile(0.5), values.quantile(0.75))
        let limit = third > first ? reach * (third - first) : 0
        let within = values.filter { $0 >= first - limit && $0 <= third + limit }
        let (low, high) = (Swift.min(within.first ?? first, first), Swift.max(within.last ?? third, third))
        let outside = showsOutliers ? values.filter { $0 < low || $0 > high } : []
        return [(.whisker, low, first), (.whisker, third, high), (.box, first, third), (.median, middle, middle)]
            + outside.map { (.outlier, $0, $0) }
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        let isUpright = rows.has(.x)
        let ends = [Channel.xlow, .xhigh, .low, .high].map(rows.numbers)
        for row in 0..<rows.count {
            let from = panel.point(ends[0][row], ends[2][row])
            let to = panel.point(ends[1][row], ends[3][row])
            let box = Rect(minX: from.x, minY: from.y, maxX: to.x, maxY: to.y)
            let color = rows.hasColor ? rows.colors[row] : panel.theme.line
            switch Part(rawValue: rows.numbers(.size)[row]) {
            case .box:
                // Grid and whiskers must not show through: the ground first, then the colour.
                sketch.add(
                    .rectangle(
                        box, fill: panel.theme.background.mixed(with: color, 0.3), stroke: Stroke(color, width: 1.1)))
            case .median:
                sketch.add(.line([from, to], Stroke(color, width: 2.2)))
            case .whisker:
                let (a, b) =
                    isUpright
                    ? (Point(box.center.x, from.y), Point(box.center.x, to.y))
                    : (Point(from.x, box.center.y), Point(to.x, box.center.y))
                sketch.add(.line([a, b], Stroke(color, width: 1.1)))
            case .outlier:
                sketch.add(.circle(center: box.center, radius: 2.2, fill: nil, stroke: Stroke(color, width: 1)))
            case nil: break
            }
        }
    }

    public func key(_ style: KeyStyle, in box: Rect) -> [Shape] {
        let middle = [Point(box.minX + 3, box.center.y), Point(box.maxX - 3, box.center.y)]
        let body = Rect(minX: box.minX + 3, minY: box.minY, maxX: box.maxX - 3, maxY: box.maxY)
        return [
            .rectangle(body, fill: style.color.with(alpha: 0.3), stroke: Stroke(style.color, width: 1.1)),
            .line(middle, Stroke(style.color, width: 2)),
        ]
    }
}
