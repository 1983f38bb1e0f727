import Glibc

/// How many rows fall into each of some equal bins of x.
///
/// Bins are equal on the scale of the axis (equal in log odds on a logit axis). Their number, unless given, follows
/// Freedman and Diaconis (1981): width 2·IQR/∛n, at least Sturges' ⌈log₂ n⌉ + 1 bins, at most 100.
public struct Histogram: Mark {
    public static let name = "histogram"
    public static let summary = "Counts the rows in equal bins of x and draws the counts as bars."
    public static let example = """
        chart(table(confidence: normal(200))) |> histogram(x: "confidence", bins: 20)
        """
    public static let plane = Plane.areas
    public static let required: Set<Channel> = [.x]
    public static let optional: Set<Channel> = []
    public static let inherited: Set<Channel> = [.x]
    public static let options = [
        MarkOption("bins", .missing, "how many; by the data when none"),
        MarkOption("density", .bool(false), "whether the area of all bars is 1, to compare with density"),
    ]

    private let bins: Int?
    private let isDensity: Bool

    public init(_ options: MarkOptions) throws {
        bins = try options.number("bins", in: 1...10_000).map { Int($0) }
        isDensity = options.bool("density")
    }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        let values = rows.numbers(.x).filter(\.isFinite).sorted()
        guard let first = values.first, let last = values.last else {
            throw ChartError("histogram has no finite value to count")
        }
        let (low, high) = first < last ? (first, last) : (first - 0.5, last + 0.5)
        let count = bins ?? Self.binCount(values)
        let width = (high - low) / Double(count)
        var counts = [Double](repeating: 0, count: count)
        for value in values { counts[min(count - 1, Int((value - low) / width))] += 1 }

        let unit = isDensity ? 1 / (Double(values.count) * width) : 1
        let heights = counts.map { context.y.position(of: .number($0 * unit)) }
        guard heights.allSatisfy({ !$0.isNaN && $0 < .infinity }) else {
            throw ChartError(
                "histogram counts rows, which its y axis cannot show", help: "leave the scale of y to the counts")
        }

        var binned = rows.like([Int](repeating: 0, count: count))
        let edges = (0...count).map { low + width * Double($0) }
        binned.set(.xlow, Array(edges.dropLast()))
        binned.set(.xhigh, Array(edges.dropFirst()))
        binned.set(.low, [Double](repeating: context.y.baseline, count: count))
        binned.set(.high, heights)
        return binned
    }

    /// - Parameter values: ascending.
    static func binCount(_ values: [Double]) -> Int {
        guard let first = values.first, let last = values.last, first < last else { return 1 }
        let sturges = Int.bitWidth - (values.count - 1).leadingZeroBitCount + 1
        let spread = values[values.count * 3 / 4] - values[values.count / 4]
        guard spread > 0 else { return sturges }
        let wanted = (last - first) / (2 * spread / cbrt(Double(values.count)))
        return min(100, max(sturges, Int(min(wanted, 1000).rounded(.up))))
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        for row in 0..<rows.count {
            guard let bar = panel.box(ofRow: row, in: rows) else { continue }
            let rim = Stroke(panel.theme.background, width: 0.8)
            sketch.add(.rectangle(bar, fill: rows.colors[row].with(alpha: 0.85), stroke: rim))
        }
    }

    public var yTitle: String? { isDensity ? "density" : "count" }
    public var standsOnAxis: Bool { true }
}
