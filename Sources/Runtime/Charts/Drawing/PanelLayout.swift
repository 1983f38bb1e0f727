/// Where the parts of a chart lie: title and legend above, panels in a grid in the middle, axis titles beside them,
/// caption and notes below. Every part gets the height its text needs, the panels share what is left.
struct PanelLayout {
    /// One line of text that stands above or below the panels.
    struct Line {
        var text: String
        var font: Font
        var role: Drawing.Role
    }

    /// What has to find room.
    struct Parts {
        var size: Size
        var theme: Theme
        var measure: any TextMeasure
        var above: [Line]
        var below: [Line]
        var legendHeight: Double
        var xTitle: String?
        var yTitle: String?
        var panelCount: Int
        var columns: Int
        var hasStrips: Bool
    }

    private(set) var panels: [Rect] = []
    /// Where the first line above, the legend and the first line below begin.
    private(set) var aboveTop = 0.0
    private(set) var legendTop = 0.0
    private(set) var belowTop = 0.0
    private(set) var xTitleTop = 0.0
    let columns: Int
    let stripHeight: Double

    /// Panels smaller than this cannot be read.
    private static let smallestPanel = 40.0
    /// From the panel to the tick labels.
    static let tickGap = 5.0

    /// - Parameters:
    ///   - yLabels: the width of the widest label of the y axis.
    ///   - xLabels: the height of the labels of the x axis.
    /// - Throws: `ChartError` when the size leaves no room for panels.
    init(_ parts: Parts, yLabels: Double, xLabels: Double) throws {
        let (theme, measure) = (parts.theme, parts.measure)
        let height = { (font: Font) in measure.extent(of: "x", in: font).height }
        let rows = (parts.panelCount + parts.columns - 1) / parts.columns
        columns = parts.columns
        stripHeight = parts.hasStrips ? height(theme.tick) + 4 : 0

        var top = theme.margin
        aboveTop = top
        for line in parts.above { top += height(line.font) + 2 }
        if !parts.above.isEmpty { top += theme.gap }
        legendTop = top
        if parts.legendHeight > 0 { top += parts.legendHeight + theme.gap }

        var bottom = parts.size.height - theme.margin
        for line in parts.below { bottom -= height(line.font) + 2 }
        belowTop = bottom
        if !parts.below.isEmpty { bottom -= theme.gap }
        if parts.xTitle != nil { bottom -= height(theme.axisTitle) }
        xTitleTop = bottom
        bottom -= (parts.xTitle == nil ? 0 : 4) + xLabels + Self.tickGap

        let yTitleWidth = parts.yTitle == nil ? 0 : height(theme.axisTitle) + 5
        let left = theme.margin + yTitleWidth + yLabels + Self.tickGap
        let right = parts.size.width - theme.margin
        let between = 14.0
        let width = (right - left - between * Double(parts.columns - 1)) / Double(parts.columns)
        let rowHeight = (bottom - top - between * Double(rows - 1)) / Double(rows)
        guard width >= Self.smallestPanel, rowHeight - stripHeight >= Self.smallestPanel else {
            let size = "\(plainNumber(parts.size.width)) × \(plainNumber(parts.size.height))"
            throw ChartError("\(size) points leave no room for the chart", help: "give a larger width: or height:")
        }
        panels = (0..<parts.panelCount).map { index in
            let x = left + Double(index % parts.columns) * (width + between)
            let y = top + Double(index / parts.columns) * (rowHeight + between)
            return Rect(minX: x, minY: y + stripHeight, maxX: x + width, maxY: y + rowHeight)
        }
    }

    /// Whether the panel has no other below it, and so shows the labels of the x axis.
    func isLowest(_ panel: Int) -> Bool { panel + columns >= panels.count }

    func isLeftmost(_ panel: Int) -> Bool { panel % columns == 0 }

    /// Text cut at spaces into lines that are not wider than `width`; a single longer word stays whole.
    static func wrapped(_ text: String, _ font: Font, width: Double, measure: any TextMeasure) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
            var lines: [String] = []
            for word in paragraph.split(separator: " ") {
                if let last = lines.last, measure.extent(of: "\(last) \(word)", in: font).width <= width {
                    lines[lines.count - 1] += " \(word)"
                } else {
                    lines.append(String(word))
                }
            }
            return lines
        }
    }
}
