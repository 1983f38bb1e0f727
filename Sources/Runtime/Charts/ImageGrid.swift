import Compute

/// Pictures in rows with a line or two below each: examples of a data set, predictions with their scores, near-duplicates.
public struct ImageGrid: Sendable {
    public struct Entry: Sendable {
        public var image: Image
        /// Lines below the picture.
        public var lines: [String]
        /// Whether what the lines say is right, which colours them; nil for neither.
        public var isRight: Bool?

        public init(_ image: Image, lines: [String] = [], isRight: Bool? = nil) {
            self.image = image
            self.lines = lines
            self.isRight = isRight
        }
    }

    public let entries: [Entry]
    public let columns: Int
    public let title: String?

    /// - Throws: `ChartError` for no picture or no column.
    public init(_ entries: [Entry], columns: Int? = nil, title: String? = nil) throws {
        guard !entries.isEmpty else { throw ChartError("a grid of pictures needs at least one picture") }
        guard columns.map({ $0 >= 1 }) ?? true else { throw ChartError("'columns' takes a number from 1") }
        self.entries = entries
        self.columns =
            columns ?? min(entries.count, max(4, Int((1.6 * Double(entries.count)).squareRoot().rounded(.up))))
        self.title = title
    }

    private static let gap = 7.0
    /// The side of a picture's place where no width was asked for.
    private static let side = 78.0

    /// As wide as asked for, as high as the rows need.
    func drawing(width given: Double?, theme: Theme, measure: any TextMeasure) -> Drawing {
        let line = measure.extent(of: "x", in: theme.caption).height + 1
        let lines = entries.map(\.lines.count).max() ?? 0
        let room = given.map { $0 - 2 * theme.margin + Self.gap } ?? (Self.side + Self.gap) * Double(columns)
        let side = max(8, room / Double(columns) - Self.gap)
        let rows = (entries.count + columns - 1) / columns
        let rowHeight = side + 3 + line * Double(lines) + Self.gap
        let head = title == nil ? 0 : measure.extent(of: "x", in: theme.title).height + theme.gap
        let size = Size(
            width: given ?? room - Self.gap + 2 * theme.margin,
            height: (2 * theme.margin + head + rowHeight * Double(rows) - Self.gap).rounded(.up))
        var drawing = Drawing(size: size)
        let canvas = Rect(minX: 0, minY: 0, maxX: size.width, maxY: size.height)
        drawing.add(.rectangle(canvas, fill: theme.background, stroke: nil), as: .background)
        if let title {
            let box = TextBox(
                title, theme.title, theme.text, at: Point(theme.margin, theme.margin), .left, .top, measure: measure)
            drawing.add(.text(box), as: .title)
        }
        for (index, entry) in entries.enumerated() {
            let corner = Point(
                theme.margin + Double(index % columns) * (side + Self.gap),
                theme.margin + head + Double(index / columns) * rowHeight)
            let place = Rect(minX: corner.x, minY: corner.y, maxX: corner.x + side, maxY: corner.y + side)
            draw(entry, in: place, lineHeight: line, theme: theme, measure: measure, into: &drawing)
        }
        return drawing
    }

    private func draw(
        _ entry: Entry, in place: Rect, lineHeight: Double, theme: Theme, measure: any TextMeasure,
        into drawing: inout Drawing
    ) {
        let (width, height) = (Double(entry.image.width), Double(entry.image.height))
        let scale = min(place.width / width, place.height / height)
        let box = Rect(around: place.center, width: width * scale, height: height * scale)
        drawing.add(.picture(entry.image, in: box), as: .photograph)
        let color = entry.isRight.map { $0 ? theme.series[0] : theme.series[1] } ?? theme.text
        for (index, line) in entry.lines.enumerated() {
            let text = shortened(line, theme.caption, to: place.width, measure)
            let at = Point(place.center.x, place.maxY + 3 + Double(index) * lineHeight)
            drawing.add(
                .text(TextBox(text, theme.caption, color, at: at, .center, .top, measure: measure)), as: .photographText
            )
        }
    }

    /// Cut at the end, with an ellipsis, to what the picture's width has room for.
    private func shortened(_ text: String, _ font: Font, to width: Double, _ measure: any TextMeasure) -> String {
        var shown = Substring(text)
        while measure.extent(of: shown.count < text.count ? shown + "…" : String(shown), in: font).width > width,
            !shown.isEmpty
        { shown = shown.dropLast() }
        return shown.count < text.count ? shown + "…" : text
    }
}
