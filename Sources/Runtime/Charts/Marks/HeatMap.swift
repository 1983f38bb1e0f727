/// One coloured tile a row at its place in a table of x and y: confusion matrices, grids of hyper-parameters, ranks.
/// `label` writes into the tile.
public struct HeatMap: Mark {
    public static let name = "heatmap"
    public static let summary = "Draws one tile a row, coloured by a number; label: is written into it."
    public static let example = """
        chart(table(lr: ["0.1", "0.1", "1", "1"], decay: ["0", "1e-4", "0", "1e-4"], top1: [61, 70, 55, 58]))
            |> heatmap(x: "lr", y: "decay", color: "top1", label: "top1")
        """
    public static let plane = Plane.areas
    public static let required: Set<Channel> = [.x, .y, .color]
    public static let optional: Set<Channel> = [.label]
    public static let inherited: Set<Channel> = [.x, .y]

    public init(_ options: MarkOptions) throws {}

    public var isTiled: Bool { true }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        var tiles = rows
        for (axis, low, high) in [(Channel.x, Channel.xlow, Channel.xhigh), (.y, .low, .high)] {
            let places = rows.numbers(axis)
            let half = context.room(of: rows, along: axis) / 2
            tiles.set(low, places.map { $0 - half })
            tiles.set(high, places.map { $0 + half })
        }
        return tiles
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        for row in 0..<rows.count {
            guard let tile = panel.box(ofRow: row, in: rows) else { continue }
            // Neighbours share their edge: a hair's breadth more closes the seam that antialiasing leaves.
            sketch.add(.rectangle(tile.grown(by: 0.15), fill: rows.colors[row], stroke: nil))
        }
        for (row, label) in (rows.texts[.label] ?? []).enumerated() where !label.isEmpty {
            guard let tile = panel.box(ofRow: row, in: rows) else { continue }
            let box = TextBox(
                label, panel.theme.label, rows.colors[row].contrasting, at: tile.center, .center, .middle,
                measure: panel.measure)
            // Numbers that do not fit into their tiles would run into each other.
            if tile.grown(by: 0.5).contains(box.bounds) { sketch.add(.text(box)) }
        }
    }
}
