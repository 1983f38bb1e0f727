import Glibc

/// A smooth estimate of how the values of x are distributed, one curve a series, each with area 1.
///
/// A sum of normal densities of standard deviation h around the values, computed on the scale of the axis. Unless given,
/// h = 0.9 · min(s, IQR / 1.34) · n^(−1/5) (Silverman 1986, equation 3.31: R's `bw.nrd0`).
public struct Density: Mark {
    public static let name = "density"
    public static let summary = "Draws a smooth estimate of the distribution of x, one curve a series."
    public static let example = """
        chart(table(confidence: normal(200))) |> density(x: "confidence")
        """
    public static let plane = Plane.courses
    public static let required: Set<Channel> = [.x]
    public static let optional: Set<Channel> = [.color]
    public static let inherited: Set<Channel> = [.x, .color]
    public static let options = [
        MarkOption("bandwidth", .missing, "in units of the axis; by Silverman's rule when none"),
        MarkOption("opacity", .number(0.2), "of the area under the curve"),
    ]

    private let bandwidth: Double?
    private let opacity: Double

    /// Places at which the curve is computed, and how many bandwidths it reaches beyond the values.
    private static let places = 512
    private static let reach = 3.0
    /// A normal density this many standard deviations away is below the rounding of the sum.
    private static let horizon = 8.5

    public init(_ options: MarkOptions) throws {
        bandwidth = try options.number("bandwidth", in: 1e-12...1e12)
        opacity = try options.number("opacity", in: 0...1) ?? 0.2
    }

    public var standsOnAxis: Bool { true }
    public var yTitle: String? { "density" }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        let x = rows.numbers(.x)
        var templates: [Int] = []
        var curve: [(x: Double, y: Double)] = []
        for members in rows.bySeries {
            let values = members.map { x[$0] }.filter(\.isFinite).sorted()
            guard let first = members.first, let low = values.first, let high = values.last,
                let width = bandwidth ?? Self.silverman(values)
            else { continue }
            let (from, to) = (low - Self.reach * width, high + Self.reach * width)
            let places = (0..<Self.places).map { from + (to - from) * Double($0) / Double(Self.places - 1) }
            templates += places.map { _ in first }
            curve += zip(places, Self.estimate(values, bandwidth: width, at: places)).map { (x: $0, y: $1) }
        }
        guard !curve.isEmpty else {
            throw ChartError(
                "density needs at least two different values", help: "give bandwidth: to draw fewer")
        }
        let heights = curve.map { context.y.position(of: .number($0.y)) }
        guard heights.allSatisfy({ !$0.isNaN && $0 < .infinity }) else {
            throw ChartError(
                "density has values that its y axis cannot show", help: "leave the scale of y to the density")
        }
        var curves = rows.like(templates)
        curves.set(.x, curve.map(\.x))
        curves.set(.y, heights)
        curves.set(.low, [Double](repeating: context.y.baseline, count: curve.count))
        return curves
    }

    /// - Parameter values: ascending.
    /// - Returns: nil when all values are equal, which leaves no width.
    static func silverman(_ values: [Double]) -> Double? {
        guard values.count > 1, let low = values.first, let high = values.last, low < high else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
        let spread = (values.quantile(0.75) - values.quantile(0.25)) / 1.34
        return 0.9 * (spread > 0 ? min(deviation, spread) : deviation) * pow(count, -0.2)
    }

    /// - Parameter values: ascending; places likewise.
    static func estimate(_ values: [Double], bandwidth: Double, at places: [Double]) -> [Double] {
        let scale = 1 / (Double(values.count) * bandwidth * (2 * Double.pi).squareRoot())
        var first = 0
        return places.map { place in
            while first < values.count, values[first] < place - horizon * bandwidth { first += 1 }
            var sum = 0.0
            var index = first
            while index < values.count, values[index] <= place + horizon * bandwidth {
                let distance = (values[index] - place) / bandwidth
                sum += exp(-0.5 * distance * distance)
                index += 1
            }
            return sum * scale
        }
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        let (x, y, low) = (rows.numbers(.x), rows.numbers(.y), rows.numbers(.low))
        for members in rows.bySeries {
            guard let first = members.first, let last = members.last else { continue }
            let curve = members.map { panel.point(x[$0], y[$0]) }
            let ground = [panel.point(x[last], low[last]), panel.point(x[first], low[first])]
            let color = rows.colors[first]
            sketch.addBackdrop(.polygon(curve + ground, fill: color.with(alpha: opacity), stroke: nil))
            sketch.add(.line(curve, Stroke(color, width: 1.6)))
        }
    }

    public func key(_ style: KeyStyle, in box: Rect) -> [Shape] {
        [
            .rectangle(box, fill: style.color.with(alpha: opacity), stroke: nil),
            .line([Point(box.minX, box.minY), Point(box.maxX, box.minY)], Stroke(style.color, width: 1.6)),
        ]
    }
}

extension [Double] {
    /// By linear interpolation between order statistics (type 7 of Hyndman and Fan 1996). Ends at infinity stay there.
    /// - Precondition: ascending and not empty.
    func quantile(_ share: Double) -> Double {
        let place = share * Double(count - 1)
        let below = Int(place)
        let (low, high) = (self[below], self[Swift.min(below + 1, count - 1)])
        let rest = place - Double(below)
        return rest == 0 || low == high
            ? low : low.isInfinite || high.isInfinite ? (rest < 0.5 ? low : high) : low + rest * (high - low)
    }
}
