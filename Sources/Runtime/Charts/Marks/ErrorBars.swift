/// Vertical and horizontal error bars: from `low` to `high`, or `error` to either side; the same with `xlow`, `xhigh`,
/// `xerror` for horizontal ones.
///
/// `error` is in the units of the data, so on a logit axis the two halves differ in length; with `error_scale:
/// "scaled"` it is in the units of the axis (log odds on a logit axis), as Morey's corrected standard errors of log
/// odds are.
public struct ErrorBars: Mark {
    public static let name = "errorbars"
    public static let summary =
        "Draws error bars: vertical by error or low and high, horizontal by xerror or xlow and xhigh."
    public static let example = """
        chart(table(net: ["a", "b"], top1: [0.7, 0.8], se: [0.02, 0.01]))
            |> points(x: "net", y: "top1") |> errorbars(error: "se")
        """
    public static let plane = Plane.errors
    public static let required: Set<Channel> = [.x, .y]
    public static let optional: Set<Channel> = [.error, .low, .high, .xerror, .xlow, .xhigh, .color]
    public static let options = [
        MarkOption("cap", .number(3), "half the width of the bars' ends, in points"),
        MarkOption("error_scale", .string("data"), "units of the errors: of the \"data\" or of the \"scaled\" axis"),
    ]

    private enum Units: String, CaseIterable { case data, scaled }

    private let cap: Double
    private let units: Units

    public init(_ options: MarkOptions) throws {
        cap = try options.number("cap", in: 0...40) ?? 3
        units = try options.choice("error_scale", Units.self) ?? .data
    }

    public func statistics(of rows: MarkRows, in context: MarkContext) throws -> MarkRows {
        let isVertical = rows.has(.error) || (rows.has(.low) && rows.has(.high))
        let isHorizontal = rows.has(.xerror) || (rows.has(.xlow) && rows.has(.xhigh))
        guard isVertical || isHorizontal else {
            throw ChartError(
                "errorbars lacks the lengths of its bars",
                help: "give error:, or low: and high: (xerror:, xlow: and xhigh: for horizontal bars)")
        }
        var bars = rows
        if rows.has(.error) { bars.setEnds(.low, .high, around: .y, by: rows.numbers(.error), ends(on: context.y)) }
        if rows.has(.xerror) { bars.setEnds(.xlow, .xhigh, around: .x, by: rows.numbers(.xerror), ends(on: context.x)) }
        // In the colour of its own bar an error bar would not show.
        if context.hasBars && rows.hasSeriesColor { bars.hasColor = false }
        return bars.dodged(in: context)
    }

    /// The two ends of a bar around a position, in scaled units.
    private func ends(on scale: any Scale) -> (_ position: Double, _ error: Double) -> (Double, Double) {
        guard units == .data, let scale = scale as? any ContinuousScale else { return { ($0 - $1, $0 + $1) } }
        return { position, error in
            let value = scale.inverse(position)
            return (scale.position(of: Datum(value - error)), scale.position(of: Datum(value + error)))
        }
    }

    public func draw(_ rows: MarkRows, in panel: PanelFrame, into sketch: inout Sketch) {
        let (x, y) = (rows.numbers(.x), rows.numbers(.y))
        let (low, high) = (rows.numbers(.low), rows.numbers(.high))
        let (xlow, xhigh) = (rows.numbers(.xlow), rows.numbers(.xhigh))
        for row in 0..<rows.count where panel.shows(x[row], y[row]) {
            let stroke = Stroke(rows.hasColor ? rows.colors[row] : panel.theme.line, width: 1.1)
            if !low[row].isNaN && !high[row].isNaN {
                let (bottom, top) = (panel.point(x[row], low[row]), panel.point(x[row], high[row]))
                sketch.add(.line([bottom, top], stroke))
                // An end at infinity is not an end: the bar runs on, so it has no cap.
                for (end, value) in [(bottom, low[row]), (top, high[row])] where cap > 0 && value.isFinite {
                    sketch.add(.line([end.moved(-cap, 0), end.moved(cap, 0)], stroke))
                }
            }
            if !xlow[row].isNaN && !xhigh[row].isNaN {
                let (left, right) = (panel.point(xlow[row], y[row]), panel.point(xhigh[row], y[row]))
                sketch.add(.line([left, right], stroke))
                for (end, value) in [(left, xlow[row]), (right, xhigh[row])] where cap > 0 && value.isFinite {
                    sketch.add(.line([end.moved(0, -cap), end.moved(0, cap)], stroke))
                }
            }
        }
    }

    public func key(_ style: KeyStyle, in box: Rect) -> [Shape] { [] }
}

extension MarkRows {
    fileprivate mutating func setEnds(
        _ low: Channel, _ high: Channel, around middle: Channel, by errors: [Double],
        _ ends: (Double, Double) -> (Double, Double)
    ) {
        let pairs = zip(numbers(middle), errors).map { $1.isNaN ? (Double.nan, Double.nan) : ends($0, abs($1)) }
        set(low, pairs.map(\.0))
        set(high, pairs.map(\.1))
    }
}
