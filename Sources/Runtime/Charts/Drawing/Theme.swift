/// The looks of a chart that no data decides: colours of paper, ink and grid, sizes of letters, widths of margins.
public struct Theme: Hashable, Sendable {
    public var background = Color(0xFFFFFF)
    public var text = Color(0x1F2328)
    /// Tick labels, captions, reference lines.
    public var faintText = Color(0x57606A)
    /// Lines of marks that no series colours, and leaders.
    public var line = Color(0x3A4048)
    public var grid = Color(0xE7EAED)
    public var axis = Color(0x8C959F)

    public var title = Font(size: 14, isBold: true)
    public var subtitle = Font(size: 11)
    public var axisTitle = Font(size: 11)
    public var tick = Font(size: 9.5)
    public var label = Font(size: 9)
    public var caption = Font(size: 8.5)

    /// Around the whole chart, in points.
    public var margin = 14.0
    /// Between parts of a chart.
    public var gap = 7.0

    public init() {}

    /// White paper, light grid: for papers and slides.
    public static let paper = Theme()
}
