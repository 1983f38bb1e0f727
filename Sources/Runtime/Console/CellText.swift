/// The words of a drawing as they stand in the cells of a terminal: blocks are far too coarse for letters, so that a chart
/// shown in blocks gets its words written over it.
///
/// Titles and legends begin where they were drawn, other words keep the middle of their place. No word covers another: the
/// first one drawn stays.
struct CellText: Hashable {
    var row: Int
    var column: Int
    var text: String

    /// - Parameters:
    ///   - columns: cells that the drawing is wide.
    ///   - rows: cells that it is high.
    static func words(of drawing: Drawing, columns: Int, rows: Int) -> [CellText] {
        var placed: [CellText] = []
        for item in drawing.items {
            guard case .text(let box) = item.shape else { continue }
            let middle = Point(
                (box.bounds.minX + box.bounds.maxX) / 2 / drawing.size.width * Double(columns),
                (box.bounds.minY + box.bounds.maxY) / 2 / drawing.size.height * Double(rows))
            guard middle.x.isFinite, middle.y.isFinite else { continue }
            let word =
                box.angle == 0
                ? level(box, item.role, around: middle, columns, rows, drawing.size)
                : upright(box, around: middle, columns, rows, drawing.size)
            if !word.contains(where: { cell in placed.contains { $0.touches(cell) } }) { placed += word }
        }
        return placed.filter { !$0.text.isEmpty }
    }

    private static func level(
        _ box: TextBox, _ role: Drawing.Role, around middle: Point, _ columns: Int, _ rows: Int, _ size: Size
    ) -> [CellText] {
        let text = box.text.truncated(toDisplayWidth: columns)
        let start =
            switch role {
            case .title, .subtitle, .caption, .note, .legendText: box.bounds.minX / size.width * Double(columns)
            default: middle.x - Double(text.displayWidth) / 2
            }
        let column = Int(start.rounded())
        return [
            CellText(
                row: min(max(0, Int(middle.y)), rows - 1), column: min(max(0, column), columns - text.displayWidth),
                text: text)
        ]
    }

    /// Letters below each other: what was drawn turned. Nothing where they do not fit.
    private static func upright(
        _ box: TextBox, around middle: Point, _ columns: Int, _ rows: Int, _ size: Size
    ) -> [CellText] {
        let text = box.text
        guard text.count <= rows else { return [] }
        let first = min(max(0, Int((middle.y - Double(text.count) / 2).rounded())), rows - text.count)
        // At the left edge of its place, away from what stands to the right of an axis title: the ticks' numbers.
        let column = min(max(0, Int(box.bounds.minX / size.width * Double(columns))), columns - 2)
        return text.enumerated().map { CellText(row: first + $0.offset, column: column, text: String($0.element)) }
    }

    /// Whether the two would stand in one another or without a space between them.
    private func touches(_ other: CellText) -> Bool {
        row == other.row && column <= other.column + other.text.displayWidth
            && other.column <= column + text.displayWidth
    }
}
