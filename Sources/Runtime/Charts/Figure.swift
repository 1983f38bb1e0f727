/// Several charts side by side as one picture, each with axes of its own.
public struct Figure: Sendable {
    public let charts: [Chart]
    /// How many charts stand side by side.
    public let columns: Int

    /// - Throws: `ChartError` for no chart or no column.
    public init(_ charts: [Chart], columns: Int) throws {
        guard !charts.isEmpty else { throw ChartError("panels needs at least one chart") }
        guard columns >= 1 else { throw ChartError("panels: 'columns' takes a number from 1, not \(columns)") }
        self.charts = charts
        self.columns = min(columns, charts.count)
    }

    /// The charts in reading order, each in an equal part of `size`.
    /// - Throws: what `BuildChart` throws for one of the charts.
    public func drawing(size: Size, tools: ChartTools) throws -> Drawing {
        let rows = (charts.count + columns - 1) / columns
        let part = Size(width: size.width / Double(columns), height: size.height / Double(rows))
        var drawing = Drawing(size: size)
        let canvas = Rect(minX: 0, minY: 0, maxX: size.width, maxY: size.height)
        drawing.add(.rectangle(canvas, fill: charts.first?.theme.background, stroke: nil), as: .background)
        for (index, chart) in charts.enumerated() {
            let content = try BuildChart(chart, tools: tools).drawing(size: part)
            let corner = Point(Double(index % columns) * part.width, Double(index / columns) * part.height)
            drawing.add(content, at: corner)
        }
        return drawing
    }
}
