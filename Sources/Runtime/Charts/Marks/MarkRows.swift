/// The rows of a layer as a mark sees them: places in scaled units, looks decided. Columnar, because a chart may have a
/// million points.
public struct MarkRows: Sendable {
    public private(set) var count: Int
    /// Scaled units for positions; data units for errors; radii in points for sizes. NaN where missing.
    public private(set) var values: [Channel: [Double]] = [:]
    /// Labels and texts, "" where missing.
    public private(set) var texts: [Channel: [String]] = [:]
    /// The series that each row belongs to; marks that join rows join those of one series.
    public private(set) var series: [Int]
    public private(set) var colors: [Color]
    public private(set) var shapes: [PointShape]
    /// Whether the call or a column decided the colour, rather than the mark's own taste.
    public var hasColor = false
    /// Whether it was a column.
    public var hasSeriesColor = false

    init(count: Int) {
        self.count = count
        series = [Int](repeating: 0, count: count)
        colors = [Color](repeating: Palette.series[0], count: count)
        shapes = [PointShape](repeating: .circle, count: count)
    }

    /// Rows with the same look as `rows[templates[i]]` and no places yet.
    func like(_ templates: [Int]) -> MarkRows {
        var rows = MarkRows(count: templates.count)
        rows.series = templates.map { series[$0] }
        rows.colors = templates.map { colors[$0] }
        rows.shapes = templates.map { shapes[$0] }
        rows.hasColor = hasColor
        rows.hasSeriesColor = hasSeriesColor
        return rows
    }

    func has(_ channel: Channel) -> Bool { values[channel] != nil || texts[channel] != nil }

    /// The numbers of a channel; all missing when it is not mapped.
    func numbers(_ channel: Channel) -> [Double] { values[channel] ?? [Double](repeating: .nan, count: count) }

    mutating func set(_ channel: Channel, _ numbers: [Double]) { values[channel] = numbers }
    mutating func set(_ channel: Channel, texts: [String]) { self.texts[channel] = texts }
    mutating func set(colors: [Color]) { self.colors = colors }
    mutating func set(shapes: [PointShape]) { self.shapes = shapes }
    mutating func set(series: [Int]) { self.series = series }

    /// The range of the finite numbers of some channels; nil when there is none.
    func range(_ channels: [Channel]) -> ClosedRange<Double>? {
        var low = Double.infinity
        var high = -Double.infinity
        for channel in channels {
            for value in values[channel] ?? [] where value.isFinite {
                (low, high) = (min(low, value), max(high, value))
            }
        }
        return low <= high ? low...high : nil
    }

    /// Indices of the rows of each series, series in order of their number.
    var bySeries: [[Int]] {
        var members: [Int: [Int]] = [:]
        for row in 0..<count { members[series[row], default: []].append(row) }
        return members.sorted { $0.key < $1.key }.map(\.value)
    }
}

/// What a mark leaves in a panel: shapes in the order of painting, and labels that still seek their place.
public struct Sketch {
    /// Shapes that labels may lie on, such as a band behind everything.
    public private(set) var backdrop: [Shape] = []
    /// Shapes that labels keep away from.
    public private(set) var shapes: [Shape] = []
    public private(set) var labels: [LabelRequest] = []
    public private(set) var notes: [String] = []

    mutating func addBackdrop(_ shape: Shape) { backdrop.append(shape) }
    mutating func add(_ shape: Shape) { shapes.append(shape) }
    mutating func add(_ label: LabelRequest) { labels.append(label) }
    mutating func addNote(_ note: String) { notes.append(note) }
}

/// Where a panel lies and what it shows: from scaled units to points.
public struct PanelFrame: Sendable {
    public let rect: Rect
    public let x: ClosedRange<Double>
    public let y: ClosedRange<Double>
    public let theme: Theme
    public let measure: any TextMeasure

    /// How far from the edge a value "at the margin" is drawn, so that its point is whole.
    private static let margin = 6.0

    func point(_ x: Double, _ y: Double) -> Point { Point(self.x(x), self.y(y)) }

    func x(_ position: Double) -> Double {
        if position.isInfinite { return position < 0 ? rect.minX + Self.margin : rect.maxX - Self.margin }
        return rect.minX + (position - x.lowerBound) / (x.upperBound - x.lowerBound) * rect.width
    }

    func y(_ position: Double) -> Double {
        if position.isInfinite { return position < 0 ? rect.maxY - Self.margin : rect.minY + Self.margin }
        return rect.maxY - (position - y.lowerBound) / (y.upperBound - y.lowerBound) * rect.height
    }

    /// Whether a place is shown: present, and inside the axes or at their margin.
    func shows(_ x: Double, _ y: Double) -> Bool {
        (self.x.contains(x) || x.isInfinite) && (self.y.contains(y) || y.isInfinite)
    }
}
