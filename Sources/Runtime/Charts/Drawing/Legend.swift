/// The explanation of colours and lines: entries in a row above the panels, broken into lines where the width ends, so
/// that it hides no data.
struct Legend {
    struct Entry {
        var text: String
        /// The sign, drawn into a box of `Legend.key`.
        var key: (Rect) -> [Shape]
    }

    static let key = Size(width: 18, height: 11)
    private static let keyGap = 5.0
    private static let entryGap = 14.0

    private let lines: [[(entry: Entry, width: Double)]]
    private let bar: ColorBar?
    private let width: Double
    private let lineHeight: Double
    private let font: Font
    private let color: Color
    private let measure: any TextMeasure

    init(_ entries: [Entry], bar: ColorBar? = nil, width: Double, theme: Theme, measure: any TextMeasure) {
        font = theme.tick
        color = theme.text
        self.measure = measure
        self.bar = bar
        self.width = width
        lineHeight = max(Self.key.height, measure.extent(of: "x", in: theme.tick).height) + 4
        var lines: [[(entry: Entry, width: Double)]] = []
        var used = Double.infinity
        for entry in entries {
            let needed =
                Self.key.width + Self.keyGap + measure.extent(of: entry.text, in: theme.tick).width + Self.entryGap
            if used + needed - Self.entryGap > width {
                lines.append([])
                used = 0
            }
            lines[lines.count - 1].append((entry, needed))
            used += needed
        }
        self.lines = lines
    }

    var height: Double { Double(lines.count) * lineHeight + barHeight }

    private var barHeight: Double { bar.map { $0.height + 3 } ?? 0 }

    func draw(at corner: Point, into drawing: inout Drawing) {
        bar?.draw(at: corner, width: width, into: &drawing)
        for (index, line) in lines.enumerated() {
            let middle = corner.y + barHeight + (Double(index) + 0.5) * lineHeight
            var left = corner.x
            for (entry, width) in line {
                let box = Rect(
                    minX: left, minY: middle - Self.key.height / 2, maxX: left + Self.key.width,
                    maxY: middle + Self.key.height / 2)
                for shape in entry.key(box) { drawing.add(shape, as: .legendKey) }
                let text = TextBox(
                    entry.text, font, color, at: Point(box.maxX + Self.keyGap, middle), .left, .middle, measure: measure
                )
                drawing.add(.text(text), as: .legendText)
                left += width
            }
        }
    }
}
