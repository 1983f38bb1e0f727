import Compute

/// The figure of a network: its stretches from top to bottom in columns, the data's shape beside what leaves them.
struct NetworkDiagram {
    private let outline: NetworkOutline
    private let title: String
    private let subtitle: String
    private let measure: any TextMeasure
    private let theme = Theme.paper
    /// Widest text of a box in points, at letters of size 1.
    private let widest: Double

    init(_ graph: Graph, measure: any TextMeasure) {
        outline = NetworkOutline(graph)
        title = graph.name
        let summary = GraphSummary(graph)
        subtitle =
            "\(Wording.rounded(summary.parameters)) parameters, \(Wording.rounded(summary.multiplyAdds)) multiply-adds, "
            + "input \(Wording.shape(graph.input))"
        self.measure = measure
        let texts = outline.stretches.flatMap { $0.units.map(\.text) }
        widest = (texts.map { measure.extent(of: $0, in: Font(size: 10)).width }.max() ?? 0) / 10
    }

    /// The picture at its own size, or as large as fits.
    func drawing(within size: Size? = nil) -> Drawing {
        let own = drawing(letters: NetworkDiagram.letters)
        guard let size else { return own }
        let factor = min(size.width / own.size.width, size.height / own.size.height)
        var fitted = Drawing(size: size)
        let canvas = Rect(minX: 0, minY: 0, maxX: size.width, maxY: size.height)
        fitted.add(.rectangle(canvas, fill: theme.background, stroke: nil), as: .background)
        fitted.add(drawing(letters: NetworkDiagram.letters * factor), at: Point(0, 0))
        return fitted
    }

    /// Points of the letters in boxes.
    private static let letters = 8.0
    /// Height of a picture in its width.
    private static let proportion = 0.75

    private func drawing(letters: Double) -> Drawing {
        let sizes = DiagramSizes(letters: letters, boxWidth: widest * letters + 1.6 * letters)
        let blocks = outline.stretches.enumerated().map { index, stretch in
            StretchBlock(
                stretch, after: index > 0 ? outline.stretches[index - 1].title : nil,
                isLast: index == outline.stretches.count - 1, sizes)
        }
        let columns = NetworkDiagram.columns(blocks, sizes)
        let content = NetworkDiagram.extent(columns, sizes)
        let head = 4.5 * letters
        // Whole points: half a pixel at the edge would be half painted.
        let size = Size(
            width: (max(content.width, 40 * letters) + 2 * sizes.margin).rounded(.up),
            height: (content.height + head + 2 * sizes.margin).rounded(.up))
        var drawing = Drawing(size: size)
        let canvas = Rect(minX: 0, minY: 0, maxX: size.width, maxY: size.height)
        drawing.add(.rectangle(canvas, fill: theme.background, stroke: nil), as: .background)
        let pen = DiagramPen(sizes: sizes, theme: theme, measure: measure)
        pen.write(title, size: 1.6, isBold: true, at: Point(sizes.margin, sizes.margin), as: .title, in: &drawing)
        let below = Point(sizes.margin, sizes.margin + 2.2 * letters)
        pen.write(subtitle, size: 1.1, at: below, as: .subtitle, in: &drawing)
        draw(columns, from: Point(sizes.margin, sizes.margin + head), with: pen, in: &drawing)
        return drawing
    }

    private func draw(_ columns: [[StretchBlock]], from corner: Point, with pen: DiagramPen, in drawing: inout Drawing)
    {
        var left = corner.x
        var way: [Point] = []
        for column in columns {
            let width = column.map(\.width).max() ?? 0
            let middle = left + width / 2
            var top = corner.y
            if let end = way.last {
                let gutter = left - pen.sizes.gutter / 2
                pen.draw(way: [end, Point(gutter, end.y), Point(gutter, top), Point(middle, top)], in: &drawing)
            }
            for block in column {
                block.draw(middle: middle, top: top, with: pen, in: &drawing)
                top += block.height
            }
            way = [Point(middle, top)]
            left += width + pen.sizes.gutter
        }
    }

    // MARK: Columns

    /// Stretches in columns of nearly equal height, as many as come closest to the proportion of a page.
    private static func columns(_ blocks: [StretchBlock], _ sizes: DiagramSizes) -> [[StretchBlock]] {
        let candidates = (1...max(1, min(12, blocks.count))).map { split(blocks, into: $0) }
        return candidates.min { distance($0, sizes) < distance($1, sizes) } ?? [blocks]
    }

    private static func distance(_ columns: [[StretchBlock]], _ sizes: DiagramSizes) -> Double {
        let extent = extent(columns, sizes)
        let ratio = extent.height / max(extent.width, 1) / proportion
        return max(ratio, 1 / max(ratio, 1e-9))
    }

    private static func split(_ blocks: [StretchBlock], into count: Int) -> [[StretchBlock]] {
        let target = blocks.map(\.height).reduce(0, +) / Double(count)
        var columns: [[StretchBlock]] = [[]]
        var height = 0.0
        for block in blocks {
            if height + block.height / 2 > target * Double(columns.count), columns.count < count,
                !columns[columns.count - 1].isEmpty
            {
                columns.append([])
            }
            columns[columns.count - 1].append(block)
            height += block.height
        }
        return columns
    }

    private static func extent(_ columns: [[StretchBlock]], _ sizes: DiagramSizes) -> Size {
        let widths = columns.map { $0.map(\.width).max() ?? 0 }
        let heights = columns.map { $0.map(\.height).reduce(0, +) }
        return Size(
            width: widths.reduce(0, +) + sizes.gutter * Double(columns.count - 1), height: heights.max() ?? 0)
    }
}
