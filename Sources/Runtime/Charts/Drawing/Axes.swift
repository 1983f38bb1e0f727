/// The two axes of a chart's panels: what they show, their ticks, and how they are drawn.
struct Axes {
    let x: any Scale
    let y: any Scale
    let xDomain: ClosedRange<Double>
    let yDomain: ClosedRange<Double>
    let hasGrid: Bool
    let theme: Theme
    let measure: any TextMeasure

    /// Labels of the x axis that would run into each other are turned by this angle (35°).
    private static let turn = 0.61
    private static let longestName = 32

    /// Labels for a panel of a given size.
    struct Labels {
        var x: [Tick]
        var y: [Tick]
        /// 0 for level labels.
        var angle: Double
        /// The room they take beside and below the panel.
        var width: Double
        var height: Double
    }

    func labels(forPanel size: Size) -> Labels {
        let xTicks = xTicks(width: size.width)
        let yTicks = y.ticks(in: yDomain, most: max(2, Int(size.height / 38))).map(shortened)
        let isTurned = !fits(xTicks, width: size.width)
        let extents = xTicks.map { measure.extent(of: $0.label, in: theme.tick) }
        let lineHeight = measure.extent(of: "x", in: theme.tick).height
        let widest = extents.map(\.width).max() ?? 0
        // sin and cos of the turn: how much lower a turned label ends.
        let height = isTurned ? widest * 0.573 + lineHeight * 0.82 : lineHeight
        let width = yTicks.map { measure.extent(of: $0.label, in: theme.tick).width }.max() ?? 0
        return Labels(x: xTicks, y: yTicks, angle: isTurned ? Self.turn : 0, width: width, height: height)
    }

    /// As many ticks as there is room for their labels side by side.
    private func xTicks(width: Double) -> [Tick] {
        var most = max(2, Int(width / 56))
        var ticks = x.ticks(in: xDomain, most: most)
        while most > 2 && !fits(ticks, width: width) {
            most -= 1
            ticks = x.ticks(in: xDomain, most: most)
        }
        return ticks.map(shortened)
    }

    private func shortened(_ tick: Tick) -> Tick {
        Tick(tick.position, tick.label.truncated(toDisplayWidth: Self.longestName))
    }

    private func fits(_ ticks: [Tick], width: Double) -> Bool {
        let perUnit = width / (xDomain.upperBound - xDomain.lowerBound)
        let halves = ticks.map { measure.extent(of: $0.label, in: theme.tick).width / 2 + 3 }
        return zip(zip(ticks, halves), zip(ticks, halves).dropFirst()).allSatisfy { first, second in
            (second.0.position - first.0.position) * perUnit >= first.1 + second.1
        }
    }

    /// Grid lines, axis lines and, where asked for, labels.
    func draw(
        _ labels: Labels, in panel: PanelFrame, showingX: Bool, showingY: Bool, into drawing: inout Drawing
    ) {
        let rect = panel.rect
        let axis = Stroke(theme.axis, width: 0.9)
        if hasGrid { drawGrid(labels, in: panel, into: &drawing) }
        drawing.add(
            .line([Point(rect.minX, rect.minY), Point(rect.minX, rect.maxY), Point(rect.maxX, rect.maxY)], axis),
            as: .axis)
        drawMinorTicks(in: panel, axis, into: &drawing)
        let canvas = Rect(minX: 0, minY: 0, maxX: drawing.size.width, maxY: drawing.size.height).grown(by: -2)
        for tick in labels.x {
            let at = panel.x(tick.position)
            drawing.add(.line([Point(at, rect.maxY), Point(at, rect.maxY + 3)], axis), as: .axis)
            guard showingX else { continue }
            let anchor = Point(at, rect.maxY + PanelLayout.tickGap)
            let box = TextBox(
                tick.label, theme.tick, theme.faintText, at: labels.angle == 0 ? anchor : anchor.moved(3, 0),
                labels.angle == 0 ? .center : .right, .top, angle: labels.angle, measure: measure)
            drawing.add(.text(box.kept(inside: canvas)), as: .tickLabel)
        }
        for tick in labels.y {
            let at = panel.y(tick.position)
            drawing.add(.line([Point(rect.minX - 3, at), Point(rect.minX, at)], axis), as: .axis)
            guard showingY else { continue }
            let box = TextBox(
                tick.label, theme.tick, theme.faintText, at: Point(rect.minX - PanelLayout.tickGap, at), .right,
                .middle,
                measure: measure)
            drawing.add(.text(box), as: .tickLabel)
        }
    }

    /// Categories along x need no lines: bars and points stand on their names.
    private func drawGrid(_ labels: Labels, in panel: PanelFrame, into drawing: inout Drawing) {
        let (rect, stroke) = (panel.rect, Stroke(theme.grid, width: 0.8))
        for at in labels.x.map({ panel.x($0.position) }) where x is any ContinuousScale {
            drawing.add(.line([Point(at, rect.minY), Point(at, rect.maxY)], stroke), as: .grid)
        }
        for at in labels.y.map({ panel.y($0.position) }) {
            drawing.add(.line([Point(rect.minX, at), Point(rect.maxX, at)], stroke), as: .grid)
        }
    }

    /// Short strokes at least 3 points apart.
    private func drawMinorTicks(in panel: PanelFrame, _ stroke: Stroke, into drawing: inout Drawing) {
        let rect = panel.rect
        let perPoint = { (range: ClosedRange<Double>, room: Double) in (range.upperBound - range.lowerBound) / room }
        for place in x.minorTicks(in: xDomain, apart: 3 * perPoint(xDomain, rect.width)) {
            let at = panel.x(place)
            drawing.add(.line([Point(at, rect.maxY), Point(at, rect.maxY + 2)], stroke), as: .minorTick)
        }
        for place in y.minorTicks(in: yDomain, apart: 3 * perPoint(yDomain, rect.height)) {
            let at = panel.y(place)
            drawing.add(.line([Point(rect.minX - 2, at), Point(rect.minX, at)], stroke), as: .minorTick)
        }
    }
}
