/// One bar a row, from the axis' beginning to its value; where y has the names and x the values they lie level. The bars of
/// several series stand side by side at their category, on each other, or on each other as shares of one.
public struct Bars: Mark {
    public static let name = "bars"
    public static let summary =
        "Draws one bar a row, level where y has the names; those of several colours stand side by side or stacked."
    public static let example = """
        chart(table(net: ["a", "b", "a", "b"], top1: [70, 75, 80, 82], how: ["logreg", "logreg", "tuned", "tuned"]))
            |> bars(x: "net", y: "top1", color: "how", position: "side")
        """
    public static let plane = Plane.areas
    public static let required: Set<Channel> = [.x, .y]
    public static let optional: Set<Channel> = [.color, .label]
    public static let options = [
        MarkOption(
            "position", .string("side"), "of several colours: \"side\" by side, \"stack\", \"fill\" (shares of one)")
    ]

    private enum Position: String, CaseIterable { case side, stack, fill }

    private let position: Position

    public init(_ options: MarkOptions) throws {
        position = try options.choice("position", Position.self) ?? .side
    }

    public var standsSideBySide: Bool { position == .side }
    public var standsOnAxis: Bool { true }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        var bars = rows
        let (places, values) = (context.orientation.places, context.orientation.values)
        let room = context.room(of: rows, along: context.orientation.places)
        let slots = rows.series.map { position == .side ? context.place(ofSeries: $0) : (offset: 0, width: 0.8) }
        let middles = zip(rows.numbers(places), slots).map { $0 + room * $1.offset }
        bars.set(places, middles)
        bars.set(context.orientation.placeEnds.low, zip(middles, slots).map { $0 - room * $1.width / 2 })
        bars.set(context.orientation.placeEnds.high, zip(middles, slots).map { $0 + room * $1.width / 2 })
        let ends = try self.ends(of: rows, in: context)
        bars.set(context.orientation.valueEnds.low, ends.map(\.from))
        bars.set(context.orientation.valueEnds.high, ends.map(\.to))
        bars.set(values, ends.map(\.to))
        return bars
    }

    /// Where each bar begins and ends, in scaled units.
    private func ends(of rows: MarkRows, in context: MarkContext) throws -> [(from: Double, to: Double)] {
        let scale = context.orientation.values == .x ? context.x : context.y
        let values = rows.numbers(context.orientation.values)
        guard position != .side else { return values.map { (scale.baseline, $0) } }
        guard scale.addsUp else {
            throw ChartError("bars on each other need a linear axis", help: "leave out position: or the axis' scale")
        }
        let places = rows.numbers(context.orientation.places)
        // Negative bars hang below the axis, apart from those that stand on it.
        var heights: [Stack: Double] = [:]
        var ends = zip(places, values).map { place, value in
            let stack = Stack(place: place, isBelow: value < 0)
            let from = heights[stack] ?? 0
            if value.isFinite { heights[stack] = from + value }
            return (from: from, to: from + value)
        }
        guard position == .fill else { return ends }
        for (row, (place, value)) in zip(places, values).enumerated() {
            let total = heights[Stack(place: place, isBelow: value < 0)].map(abs) ?? 0
            ends[row] = total > 0 ? (ends[row].from / total, ends[row].to / total) : (.nan, .nan)
        }
        return ends
    }

    private struct Stack: Hashable {
        let place: Double
        let isBelow: Bool
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        for row in 0..<rows.count {
            guard let bar = panel.box(ofRow: row, in: rows) else { continue }
            let rim = position == .side ? nil : Stroke(panel.theme.background, width: 0.6)
            sketch.add(.rectangle(bar, fill: rows.colors[row], stroke: rim))
            guard let label = rows.texts[.label]?[row], !label.isEmpty else { continue }
            if position == .side {
                let end = bar.nearest(to: panel.point(rows.numbers(.x)[row], rows.numbers(.y)[row]))
                sketch.add(LabelRequest(label, at: end, clearance: 1))
            } else {
                let box = TextBox(
                    label, panel.theme.label, rows.colors[row].contrasting, at: bar.center, .center, .middle,
                    measure: panel.measure)
                // A part too small for its number goes without.
                if bar.contains(box.bounds) { sketch.add(.text(box)) }
            }
        }
    }
}

extension Scale {
    /// Whether lengths on the axis can be added: a linear one, also from high to low.
    fileprivate var addsUp: Bool { self is LinearScale || (self as? ReversedScale)?.base is LinearScale }
}

extension PanelFrame {
    /// The box of a row with all four ends, cut to the panel; nil when an end is missing or nothing of it shows. An end
    /// at infinity lies on the panel's edge.
    func box(ofRow row: Int, in rows: MarkRows) -> Rect? {
        let ends = [Channel.xlow, .xhigh, .low, .high].map { rows.numbers($0)[row] }
        guard !ends.contains(where: \.isNaN) else { return nil }
        let xs = ends[...1].map { self.x(min(max($0, x.lowerBound), x.upperBound)) }
        let ys = ends[2...].map { self.y(min(max($0, y.lowerBound), y.upperBound)) }
        let box = Rect(minX: xs[0], minY: ys[0], maxX: xs[1], maxY: ys[1])
        return box.width > 0 || box.height > 0 ? box : nil
    }
}
