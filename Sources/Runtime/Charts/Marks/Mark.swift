/// A kind of picture of rows: points, lines, bars, a regression line. A mark declares the channels it understands and
/// its options; signature, help and checks come from that. It then turns rows into shapes in three steps, of which the
/// first two have defaults: compute (`statistics`), say what the axes must show (`extent`), draw.
///
/// A mark never meets a table, a file or a drawing library: rows come in scaled units, shapes go into a `Sketch`.
public protocol Mark: Sendable {
    /// What a script calls it.
    static var name: String { get }
    /// One sentence for help and reference.
    static var summary: String { get }
    /// A chart with the mark, for help and reference.
    static var example: String { get }
    /// Channels without which nothing can be drawn.
    static var required: Set<Channel> { get }
    /// Channels that it can use beside the required ones.
    static var optional: Set<Channel> { get }
    /// Channels that it takes from the layers before when its own call does not give them.
    static var inherited: Set<Channel> { get }
    static var options: [MarkOption] { get }
    /// Marks of a higher plane are painted over those of a lower one, whatever the order of the layers.
    static var plane: Plane { get }

    /// - Throws: `ChartError` for an option out of its range.
    init(_ options: MarkOptions) throws

    /// What is drawn instead of the rows themselves: bins, a fitted line, bars side by side.
    func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows

    /// What the axes must show, in scaled units.
    func extent(of rows: MarkRows) -> [Channel: ClosedRange<Double>]

    func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch)

    /// The sign for a series in a legend, inside `box`.
    func key(_ style: KeyStyle, in box: Rect) -> [Shape]

    /// What the mark's own legend entry says; nil for marks that need no explanation.
    var legend: String? { get }

    /// What the axis is called when it shows something computed; nil for the name of the column.
    var yTitle: String? { get }

    /// Whether the series at one category stand side by side, and with them everything else in the panel.
    var standsSideBySide: Bool { get }

    /// Whether the mark begins at the axis, which then leaves no margin below it.
    var standsOnAxis: Bool { get }

    /// Whether it covers the panel with tiles: no grid and no margin shows, and numbers that colour it are amounts,
    /// however few they are.
    var isTiled: Bool { get }
}

extension Mark {
    public static var inherited: Set<Channel> { [.x, .y, .color] }
    public static var options: [MarkOption] { [] }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows { rows }

    /// The ranges of all positions of the rows.
    public func extent(of rows: MarkRows) -> [Channel: ClosedRange<Double>] {
        [.x: rows.range([.x, .xlow, .xhigh]), .y: rows.range([.y, .low, .high])].compactMapValues { $0 }
    }

    public func key(_ style: KeyStyle, in box: Rect) -> [Shape] {
        [.rectangle(Rect(around: box.center, width: 10, height: 10), fill: style.color, stroke: nil)]
    }

    public var legend: String? { nil }
    public var yTitle: String? { nil }
    public var standsSideBySide: Bool { false }
    public var standsOnAxis: Bool { false }
    public var isTiled: Bool { false }
}

/// The order of painting: areas, then lines, then what stands on them.
public enum Plane: Int, Comparable, Sendable {
    case areas, references, errors, courses, points, words

    public static func < (first: Plane, second: Plane) -> Bool { first.rawValue < second.rawValue }
}

/// What a column can decide about a mark.
public enum Channel: String, CaseIterable, Hashable, Sendable {
    case x, y
    /// Ends of vertical and horizontal error bars, in the axis' data units.
    case low, high, xlow, xhigh
    /// Half lengths of vertical and horizontal error bars.
    case error, xerror
    case color, shape, size
    /// Names written beside points.
    case label
    /// Text written at a place.
    case text

    /// The axis whose scale the channel's entries go through; nil for those that are no positions.
    var axis: Channel? {
        switch self {
        case .x, .xlow, .xhigh: .x
        case .y, .low, .high: .y
        default: nil
        }
    }
}

/// What statistics may ask about their surroundings.
public struct MarkContext: Sendable {
    public let x: any Scale
    public let y: any Scale
    public let tools: ChartTools
    /// How many series share the panel; bars of several series stand side by side.
    public let seriesCount: Int
    /// Whether marks at one category stand side by side by series.
    public let isDodged: Bool
    /// Whether bars are drawn in the panel: what stands on them needs a colour of its own.
    public let hasBars: Bool
    /// The axis along which bars and boxes stand.
    public let orientation: Orientation

    /// How far the marks of a series stand from the middle of their category, and how much room each has; scaled units.
    func place(ofSeries series: Int) -> (offset: Double, width: Double) {
        let count = Double(isDodged ? max(1, seriesCount) : 1)
        let room = 0.8
        let width = room / count
        let offset = isDodged ? (Double(series) + 0.5) * width - room / 2 : 0
        // The first series stands on the left, or on top.
        return (orientation.places == .y ? -offset : offset, width)
    }

    /// The room of one place on an axis: 1 for a name, the smallest distance between two numbers.
    func room(of rows: MarkRows, along axis: Channel) -> Double {
        guard (axis == .x ? x : y) is any ContinuousScale else { return 1 }
        let places = Set(rows.numbers(axis).filter(\.isFinite)).sorted()
        return zip(places, places.dropFirst()).map { $1 - $0 }.min() ?? 1
    }
}

/// What a chart needs from outside: the measuring of text and the quantile of Student's t distribution.
public struct ChartTools: Sendable {
    public let measure: any TextMeasure
    /// The t value below which a share `p` lies at `degrees` of freedom.
    public let tQuantile: @Sendable (_ p: Double, _ degrees: Double) -> Double

    public init(measure: any TextMeasure, tQuantile: @escaping @Sendable (_ p: Double, _ degrees: Double) -> Double) {
        self.measure = measure
        self.tQuantile = tQuantile
    }
}

/// How a series looks in a legend.
public struct KeyStyle: Hashable, Sendable {
    public var color: Color
    public var shape: PointShape

    public init(color: Color, shape: PointShape = .circle) {
        self.color = color
        self.shape = shape
    }
}
