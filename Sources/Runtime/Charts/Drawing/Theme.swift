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
    /// Colours of series, told apart by readers with any colour vision.
    public var series = Palette.series

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

    /// Larger letters and wider margins: for pages that are read on a screen.
    public static let notebook: Theme = {
        var theme = Theme()
        theme.grid = Color(0xEDEFF2)
        theme.title = Font(size: 16, isBold: true)
        theme.subtitle = Font(size: 12.5)
        theme.axisTitle = Font(size: 12.5)
        theme.tick = Font(size: 11)
        theme.label = Font(size: 10.5)
        theme.caption = Font(size: 10)
        theme.margin = 18
        theme.gap = 9
        return theme
    }()

    /// Light ink on a dark ground, for slides and dark pages.
    public static let dark: Theme = {
        var theme = Theme()
        theme.background = Color(0x16191E)
        theme.text = Color(0xECEFF2)
        theme.faintText = Color(0xA9B1BB)
        theme.line = Color(0xC9CFD6)
        theme.grid = Color(0x2A2F37)
        theme.axis = Color(0x6B7480)
        theme.series = Palette.seriesOnDark
        return theme
    }()

    /// What `theme(chart, …)` knows.
    public static let named = ["paper": paper, "notebook": notebook, "dark": dark]

    /// - Throws: `ChartError` listing the themes there are.
    public static func theme(named name: String) throws -> Theme {
        guard let theme = named[name] else {
            throw ChartError("unknown theme '\(name)'", help: adviceForUnknown(name, among: named.keys.sorted()))
        }
        return theme
    }
}
