/// A range shaded across the whole panel: levels from `low` to `high`, stretches of x from `xlow` to `xhigh`.
public struct Band: Mark {
    public static let name = "band"
    public static let summary = "Shades a range across the panel: from low to high, or from xlow to xhigh."
    public static let example = """
        chart(table(lr: [0.01, 0.1, 1], top1: [0.6, 0.7, 0.5])) |> points(x: "lr", y: "top1")
            |> band(xlow: 0.05, xhigh: 0.2)
        """
    public static let plane = Plane.areas
    public static let required: Set<Channel> = []
    public static let optional: Set<Channel> = [.low, .high, .xlow, .xhigh, .color]
    public static let inherited: Set<Channel> = []
    public static let options = [
        MarkOption("opacity", .number(0.15), "from 0, invisible, to 1, solid"),
        MarkOption("legend", .string(""), "what the legend says"),
    ]

    private let opacity: Double
    public let legend: String?

    public init(_ options: MarkOptions) throws {
        opacity = try options.number("opacity", in: 0...1) ?? 0.15
        legend = options.string("legend").flatMap { $0.isEmpty ? nil : $0 }
    }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        let isLevel = rows.has(.low) && rows.has(.high)
        let isUpright = rows.has(.xlow) && rows.has(.xhigh)
        guard isLevel || isUpright, rows.has(.low) == rows.has(.high), rows.has(.xlow) == rows.has(.xhigh) else {
            throw ChartError("band lacks its ends", help: "give low: and high:, or xlow: and xhigh:")
        }
        return rows
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        for row in 0..<rows.count {
            guard let xs = ends(rows, row, .xlow, .xhigh, within: panel.x),
                let ys = ends(rows, row, .low, .high, within: panel.y)
            else { continue }
            let from = panel.point(xs.lowerBound, ys.lowerBound)
            let to = panel.point(xs.upperBound, ys.upperBound)
            let color = rows.hasColor ? rows.colors[row] : panel.theme.faintText
            let rect = Rect(minX: from.x, minY: to.y, maxX: to.x, maxY: from.y)
            sketch.addBackdrop(.rectangle(rect, fill: color.with(alpha: opacity), stroke: nil))
        }
    }

    /// The shown part of a row's range; the whole axis where it has none, nil where an end is missing or nothing shows.
    private func ends(
        _ rows: MarkRows, _ row: Int, _ low: Channel, _ high: Channel, within axis: ClosedRange<Double>
    ) -> ClosedRange<Double>? {
        guard rows.has(low) else { return axis }
        let (first, last) = (rows.numbers(low)[row], rows.numbers(high)[row])
        guard !first.isNaN, !last.isNaN else { return nil }
        let (from, to) = (max(min(first, last), axis.lowerBound), min(max(first, last), axis.upperBound))
        return from <= to ? from...to : nil
    }

    public func key(_ style: KeyStyle, in box: Rect) -> [Shape] {
        [.rectangle(box, fill: style.color.with(alpha: opacity), stroke: nil)]
    }
}
