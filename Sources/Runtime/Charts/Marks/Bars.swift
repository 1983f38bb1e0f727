/// One bar a row, from the axis' beginning to y; the bars of several series stand side by side at their category.
public struct Bars: Mark {
    public static let name = "bars"
    public static let summary = "Draws one bar a row; the bars of several colours stand side by side."
    public static let plane = Plane.areas
    public static let required: Set<Channel> = [.x, .y]
    public static let optional: Set<Channel> = [.color, .label]

    public init(_ options: MarkOptions) throws {}

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        var bars = rows
        let scale = unit(rows, in: context)
        let places = rows.series.map { context.place(ofSeries: $0) }
        let middles = zip(rows.numbers(.x), places).map { $0 + scale * $1.offset }
        bars.set(.x, middles)
        bars.set(.xlow, zip(middles, places).map { $0 - scale * $1.width / 2 })
        bars.set(.xhigh, zip(middles, places).map { $0 + scale * $1.width / 2 })
        bars.set(.low, [Double](repeating: context.y.baseline, count: rows.count))
        bars.set(.high, rows.numbers(.y))
        return bars
    }

    /// The room of one category: 1, or the smallest distance between two bars on an axis of numbers.
    private func unit(_ rows: MarkRows, in context: MarkContext) -> Double {
        guard context.x is any ContinuousScale else { return 1 }
        let x = Set(rows.numbers(.x).filter(\.isFinite)).sorted()
        return zip(x, x.dropFirst()).map { $1 - $0 }.min() ?? 1
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        for row in 0..<rows.count {
            guard let bar = panel.box(ofRow: row, in: rows) else { continue }
            sketch.add(.rectangle(bar, fill: rows.colors[row], stroke: nil))
            if let label = rows.texts[.label]?[row], !label.isEmpty {
                let end = rows.numbers(.y)[row] < rows.numbers(.low)[row] ? bar.maxY : bar.minY
                sketch.add(LabelRequest(label, at: Point(bar.center.x, end), clearance: 1))
            }
        }
    }
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
        return box.width > 0 ? box : nil
    }
}
