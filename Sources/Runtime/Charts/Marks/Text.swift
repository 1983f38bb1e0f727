/// Text at a place: values over bars, a remark in a corner. It stays where it is put; names of points that should find
/// their own place are `label:` of points.
public struct Text: Mark {
    public static let name = "text"
    public static let summary = "Writes text centred on its place."
    public static let example = """
        chart(table(x: [1, 2], y: [1, 4], word: ["here", "there"])) |> text(x: "x", y: "y", text: "word")
        """
    public static let plane = Plane.words
    public static let required: Set<Channel> = [.x, .y, .text]
    public static let optional: Set<Channel> = [.color]
    public static let inherited: Set<Channel> = [.x, .y]
    public static let options = [MarkOption("size", .number(9.5), "of the letters, in points")]

    private let size: Double

    public init(_ options: MarkOptions) throws {
        size = try options.number("size", in: 4...72) ?? 9.5
    }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows { rows.dodged(in: context) }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        let (x, y, texts) = (rows.numbers(.x), rows.numbers(.y), rows.texts[.text] ?? [])
        for (row, text) in texts.enumerated() where !text.isEmpty && panel.shows(x[row], y[row]) {
            let color = rows.hasColor ? rows.colors[row] : panel.theme.text
            let box = TextBox(
                text, Font(size: size), color, at: panel.point(x[row], y[row]), .center, .middle, hasHalo: true,
                measure: panel.measure)
            sketch.add(.text(box.kept(inside: panel.rect)))
        }
    }

    public func key(_ style: KeyStyle, in box: Rect) -> [Shape] { [] }
}

extension TextBox {
    /// Moved just so far that it lies inside `rect`, as far as it fits.
    func kept(inside rect: Rect) -> TextBox {
        let dx = max(rect.minX - bounds.minX, 0) + min(rect.maxX - bounds.maxX, 0)
        let dy = max(rect.minY - bounds.minY, 0) + min(rect.maxY - bounds.maxY, 0)
        return moved(dx, dy)
    }
}
