import Compute
import Glibc

/// The least-squares line of y on x, one a series, with the confidence band of its mean.
///
/// Fitted in scaled units, so on logit axes it is the regression of log odds on log odds, and straight. The band at x
/// is ŷ ± t(1 − (1 − ci)/2, n − 2) · s · √(1/n + (x − x̄)² / Σ(xᵢ − x̄)²), with s² the residual sum of squares over n −
/// 2; or that of the lines of resampled points.
public struct Regression: Mark {
    public static let name = "regression"
    public static let summary = "Draws the least-squares line, fitted on the axes' scales, with its confidence band."
    public static let example = """
        chart(table(source: [0.7, 0.72, 0.75, 0.8], transfer: [0.8, 0.79, 0.85, 0.9]))
            |> points(x: "source", y: "transfer") |> regression(ci: 95%)
        """
    public static let plane = Plane.references
    public static let required: Set<Channel> = [.x, .y]
    public static let optional: Set<Channel> = [.color]
    public static let inherited: Set<Channel> = [.x, .y]
    public static let options = [
        MarkOption("ci", .number(0.95), "confidence of the band; none for no band"),
        MarkOption("bootstrap", .number(0), "resamples for a bootstrap band instead of the t distribution's"),
        MarkOption("legend", .string(""), "what the legend says"),
    ]

    private let confidence: Double?
    /// nil for the band of the t distribution.
    private let resamples: Int?
    private let givenLegend: String?

    /// Places along the line at which the band's edge is computed.
    private static let steps = 64

    public init(_ options: MarkOptions) throws {
        confidence = try options.number("ci", in: 0.01...0.9999)
        resamples = try options.number("bootstrap", in: 0...1_000_000).flatMap { $0 >= 1 ? Int($0) : nil }
        givenLegend = options.string("legend").flatMap { $0.isEmpty ? nil : $0 }
    }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        let (x, y) = (rows.numbers(.x), rows.numbers(.y))
        var templates: [Int] = []
        var places: [(x: Double, y: Double, low: Double, high: Double)] = []
        for members in rows.bySeries {
            let used = members.filter { x[$0].isFinite && y[$0].isFinite }
            let (usedX, usedY) = (used.map { x[$0] }, used.map { y[$0] })
            guard let first = used.first, let line = LeastSquares(usedX, usedY) else { continue }
            let steps = (0...Self.steps).map { line.low + (line.high - line.low) * Double($0) / Double(Self.steps) }
            let band =
                try resamples.map { try bootstrap(usedX, usedY, $0, at: steps) } ?? analytic(line, steps, context)
            templates += steps.map { _ in first }
            places += zip(steps, band).map { ($0, line.value(at: $0), $1.low, $1.high) }
        }
        guard !places.isEmpty else {
            throw ChartError(
                "regression needs at least two points with different x",
                help: "values at the margin of an axis do not count")
        }
        var fitted = rows.like(templates)
        fitted.set(.x, places.map(\.x))
        fitted.set(.y, places.map(\.y))
        fitted.set(.low, places.map(\.low))
        fitted.set(.high, places.map(\.high))
        return fitted
    }

    private typealias Ends = (low: Double, high: Double)

    private func analytic(_ line: LeastSquares, _ places: [Double], _ context: MarkContext) -> [Ends] {
        let t = confidence.map { context.tools.tQuantile(1 - (1 - $0) / 2, Double(line.count - 2)) } ?? .nan
        return places.map { place in
            let (fit, margin) = (line.value(at: place), t * line.standardError(at: place))
            return (fit - margin, fit + margin)
        }
    }

    /// Percentiles of the lines through points drawn anew; always the same draws, so that a chart has always the same bytes.
    private func bootstrap(_ x: [Double], _ y: [Double], _ resamples: Int, at places: [Double]) throws -> [Ends] {
        guard let confidence else { return places.map { _ in (.nan, .nan) } }
        let lines = try LineBootstrap(x, y, resamples: resamples)
        return try places.map { place in
            let interval = try lines.band(at: place, level: confidence)
            return (interval.low, interval.high)
        }
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        let (x, y, low, high) = (rows.numbers(.x), rows.numbers(.y), rows.numbers(.low), rows.numbers(.high))
        for members in rows.bySeries {
            guard let first = members.first else { continue }
            let color = rows.hasColor ? rows.colors[first] : panel.theme.line
            let band = members.filter { low[$0].isFinite && high[$0].isFinite }
            let edge = band.map { panel.point(x[$0], high[$0]) } + band.reversed().map { panel.point(x[$0], low[$0]) }
            if !edge.isEmpty { sketch.addBackdrop(.polygon(edge, fill: color.with(alpha: 0.13), stroke: nil)) }
            sketch.add(.line(members.map { panel.point(x[$0], y[$0]) }, Stroke(color, width: 1.6)))
        }
    }

    public func key(_ style: KeyStyle, in box: Rect) -> [Shape] {
        let line = [Point(box.minX, box.center.y), Point(box.maxX, box.center.y)]
        let band = Rect(around: box.center, width: box.width, height: 9)
        let shapes: [Shape] = [
            .rectangle(band, fill: style.color.with(alpha: 0.13), stroke: nil),
            .line(line, Stroke(style.color, width: 1.6)),
        ]
        return confidence == nil ? Array(shapes.dropFirst()) : shapes
    }

    public var legend: String? {
        let band =
            confidence.map {
                ", \(plainNumber(($0 * 1e4).rounded() / 100))% \(resamples == nil ? "" : "bootstrap ")band"
            } ?? ""
        return givenLegend ?? "least-squares line" + band
    }
}

/// A straight line through points by least squares.
struct LeastSquares: Hashable, Sendable {
    let count: Int
    let slope: Double
    let intercept: Double
    /// The range of x.
    let low: Double
    let high: Double
    private let meanX: Double
    private let sumOfSquaresX: Double
    private let residualVariance: Double

    /// Nil for fewer than two points or when all have the same x.
    init?(_ x: [Double], _ y: [Double]) {
        guard let low = x.min(), let high = x.max(), low < high else { return nil }
        let n = Double(x.count)
        let meanX = x.reduce(0, +) / n
        let meanY = y.reduce(0, +) / n
        let sumOfSquaresX = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
        let slope = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / sumOfSquaresX
        let intercept = meanY - slope * meanX
        let residuals = zip(x, y).reduce(0) { sum, point in
            let residual = point.1 - intercept - slope * point.0
            return sum + residual * residual
        }
        self.count = x.count
        self.slope = slope
        self.intercept = intercept
        self.low = low
        self.high = high
        self.meanX = meanX
        self.sumOfSquaresX = sumOfSquaresX
        residualVariance = x.count > 2 ? residuals / (n - 2) : .nan
    }

    func value(at x: Double) -> Double { intercept + slope * x }

    /// Of the line's height at x; NaN for two points, which leave no degree of freedom.
    func standardError(at x: Double) -> Double {
        (residualVariance * (1 / Double(count) + (x - meanX) * (x - meanX) / sumOfSquaresX)).squareRoot()
    }
}
