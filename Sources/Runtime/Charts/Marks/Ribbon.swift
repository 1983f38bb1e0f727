/// The area between `low` and `high` along x, one a series: an interval around a course. A missing value leaves a gap.
public struct Ribbon: Mark {
    public static let name = "ribbon"
    public static let summary = "Fills the area between low and high along x; a missing value leaves a gap."
    public static let example = """
        chart(table(step: [1, 2, 3], low: [0.4, 0.6, 0.65], high: [0.6, 0.7, 0.72])) |> ribbon(x: "step", low: "low", high: "high")
        """
    public static let plane = Plane.areas
    public static let required: Set<Channel> = [.x, .low, .high]
    public static let optional: Set<Channel> = [.color]
    public static let inherited: Set<Channel> = [.x, .color]
    public static let options = [MarkOption("opacity", .number(0.25), "from 0, invisible, to 1, solid")]

    private let opacity: Double

    public init(_ options: MarkOptions) throws {
        opacity = try options.number("opacity", in: 0...1) ?? 0.25
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        let (x, low, high) = (rows.numbers(.x), rows.numbers(.low), rows.numbers(.high))
        for members in rows.bySeries {
            let ordered = members.filter { !x[$0].isNaN }.sorted { (x[$0], $0) < (x[$1], $1) }
            for run in ordered.split(whereSeparator: { low[$0].isNaN || high[$0].isNaN }) {
                guard let first = run.first else { continue }
                let upper = run.map { panel.point(x[$0], high[$0]) }
                let lower = run.reversed().map { panel.point(x[$0], low[$0]) }
                let fill = rows.colors[first].with(alpha: opacity)
                // A single place has no width: a line shows it.
                if run.count == 1 {
                    sketch.addBackdrop(.line(upper + lower, Stroke(fill, width: 4)))
                } else {
                    sketch.addBackdrop(.polygon(upper + lower, fill: fill, stroke: nil))
                }
            }
        }
    }

    public func key(_ style: KeyStyle, in box: Rect) -> [Shape] {
        [.rectangle(box, fill: style.color.with(alpha: opacity), stroke: nil)]
    }
}
