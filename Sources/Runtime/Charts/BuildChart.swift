/// From a chart to its drawing, in stages; nothing is painted here.
///
/// 1. columns become rows in scaled units, marks compute their statistics (`PrepareLayers`);
/// 2. the axes are trained on what the marks must show;
/// 3. legend, texts and tick labels are measured, and the panels get what room is left (`PanelLayout`);
/// 4. panel by panel: grid and axes, then the marks in the order of their planes, then labels where there is room
///    (`LabelPlacement`);
/// 5. titles, legend, caption and notes.
public struct BuildChart {
    private let chart: Chart
    private let tools: ChartTools
    private var theme: Theme { chart.theme }

    public static let standardSize = Size(width: 560, height: 420)

    public init(_ chart: Chart, tools: ChartTools) {
        self.chart = chart
        self.tools = tools
    }

    /// - Throws: `ChartError` when there is nothing to draw, an axis cannot show a value or the size is too small.
    public func drawing(size: Size = standardSize) throws -> Drawing {
        let prepare = try PrepareLayers(chart, tools: tools)
        let panels = try contents(prepare)
        let axes = axes(of: panels, prepare)
        let legend = Legend(
            LegendEntries(chart, prepare).entries, bar: LegendEntries(chart, prepare).bar(measure: tools.measure),
            width: size.width - 2 * theme.margin, theme: theme, measure: tools.measure)

        var drawing = Drawing(size: size)
        let canvas = Rect(minX: 0, minY: 0, maxX: size.width, maxY: size.height)
        drawing.add(.rectangle(canvas, fill: theme.background, stroke: nil), as: .background)
        for note in prepare.notes() { drawing.addNote(note) }
        var room = drawing.notes
        var (content, layout) = try draw(panels, axes, parts(size, panels, legend, notes: room))
        // Notes about labels and limits are known only after the panels are drawn, whose room depends on the notes.
        if !content.notes.isEmpty {
            room += content.notes
            (content, layout) = try draw(panels, axes, parts(size, panels, legend, notes: room))
        }
        drawing.add(content, at: Point(0, 0))
        drawTexts(parts(size, panels, legend, notes: drawing.notes), layout, into: &drawing)
        legend.draw(at: Point(theme.margin, layout.legendTop), into: &drawing)
        return drawing
    }

    // MARK: Data and axes

    private struct PanelContent {
        var title: String?
        var layers: [PreparedLayer]
    }

    /// One panel, or one for each entry of the facet's column.
    private func contents(_ prepare: PrepareLayers) throws -> [PanelContent] {
        guard let facet = chart.facet else {
            return [PanelContent(title: nil, layers: try prepare.layers(for: chart.table))]
        }
        return try chart.table.groups(by: [facet.column]).map { group in
            PanelContent(title: group.key.first?.text, layers: try prepare.layers(for: group.rows))
        }
    }

    /// Axes that show all panels' marks, or what the limits say.
    private func axes(of panels: [PanelContent], _ prepare: PrepareLayers) -> Axes {
        let extents = panels.flatMap(\.layers).map { $0.mark.extent(of: $0.rows) }
        return Axes(
            x: prepare.x, y: prepare.y,
            xDomain: domain(.x, prepare.x, chart.x, extents, values: prepare.orientation.values),
            yDomain: domain(.y, prepare.y, chart.y, extents, values: prepare.orientation.values), hasGrid: !isTiled,
            theme: theme, measure: tools.measure)
    }

    private func domain(
        _ axis: Channel, _ scale: any Scale, _ setting: ScaleSetting, _ extents: [[Channel: ClosedRange<Double>]],
        values valueAxis: Channel
    ) -> ClosedRange<Double> {
        let ranges = extents.compactMap { $0[axis] }
        let low = ranges.map(\.lowerBound).min()
        let high = ranges.map(\.upperBound).max()
        var shown = scale.domain(showing: low.flatMap { low in high.map { low...$0 } })
        if isTiled, let low, let high, low < high { shown = low...high }
        if axis == valueAxis, let low, let high { shown = withoutMargin(shown, low, high, scale, setting) }
        guard let limits = setting.limits else { return shown }
        // A limit that the scale can only show at its margin (100% on a logit axis) leaves that end to the data.
        let places = [limits.lowerBound, limits.upperBound].map { scale.position(of: .number($0)) }
        let (first, last) = (min(places[0], places[1]), max(places[0], places[1]))
        let ends = (first.isFinite ? first : shown.lowerBound, last.isFinite ? last : shown.upperBound)
        return ends.0 < ends.1 ? ends.0...ends.1 : shown
    }

    /// Bars stand on the axis: no margin below what they begin at.
    private func withoutMargin(
        _ shown: ClosedRange<Double>, _ low: Double, _ high: Double, _ scale: any Scale, _ setting: ScaleSetting
    ) -> ClosedRange<Double> {
        guard chart.layers.contains(where: \.mark.standsOnAxis) else { return shown }
        if low == scale.baseline { return low...max(low, shown.upperBound) }
        if setting.isReversed, high == scale.baseline { return min(high, shown.lowerBound)...high }
        return shown
    }

    private var isTiled: Bool { chart.layers.contains(where: \.mark.isTiled) }

    // MARK: Panels

    private func parts(_ size: Size, _ panels: [PanelContent], _ legend: Legend, notes: [String]) -> PanelLayout.Parts {
        let width = size.width - 2 * theme.margin
        let lines = { (text: String?, font: Font, role: Drawing.Role) in
            PanelLayout.wrapped(text ?? "", font, width: width, measure: tools.measure).map {
                PanelLayout.Line(text: $0, font: font, role: role)
            }
        }
        let labels = chart.labels
        let columns = chart.facet?.columns ?? standardColumns(panels.count)
        return PanelLayout.Parts(
            size: size, theme: theme, measure: tools.measure,
            above: lines(labels.title, theme.title, .title) + lines(labels.subtitle, theme.subtitle, .subtitle),
            below: lines(labels.caption, theme.caption, .caption) + notes.flatMap { lines($0, theme.caption, .note) },
            legendHeight: legend.height, xTitle: axisTitle(.x, labels.x), yTitle: axisTitle(.y, labels.y),
            panelCount: panels.count, columns: min(max(1, columns), max(1, panels.count)),
            hasStrips: chart.facet != nil)
    }

    /// What was asked for, else the name of the column, else what the mark computes; "" asks for none.
    private func axisTitle(_ axis: Channel, _ given: String?) -> String? {
        let column = chart.layers.lazy.compactMap { $0.column(of: axis) }.first
        let computed = axis == .y ? chart.layers.lazy.compactMap(\.mark.yTitle).first : nil
        return (given ?? column ?? computed).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Up to three panels stand in a row, more in the smallest square that holds them.
    private func standardColumns(_ count: Int) -> Int {
        count <= 3 ? count : (1...count).first { $0 * $0 >= count } ?? count
    }

    private func draw(
        _ panels: [PanelContent], _ axes: Axes, _ parts: PanelLayout.Parts
    ) throws -> (Drawing, PanelLayout) {
        var labels = axes.labels(forPanel: parts.size)
        var layout = try PanelLayout(parts, yLabels: labels.width, xLabels: labels.height)
        // Labels depend on the panels' size and the size on the labels: twice is enough, since only a tick more or less
        // can still change.
        for _ in 0..<2 {
            guard let first = layout.panels.first else { break }
            labels = axes.labels(forPanel: Size(width: first.width, height: first.height))
            layout = try PanelLayout(parts, yLabels: labels.width, xLabels: labels.height)
        }
        var drawing = Drawing(size: parts.size)
        for (index, (panel, rect)) in zip(panels, layout.panels).enumerated() {
            let frame = PanelFrame(rect: rect, x: axes.xDomain, y: axes.yDomain, theme: theme, measure: tools.measure)
            drawing.addPanel(rect)
            axes.draw(
                labels, in: frame, showingX: layout.isLowest(index), showingY: layout.isLeftmost(index), into: &drawing)
            draw(panel, in: frame, strip: layout.stripHeight, into: &drawing)
        }
        return (drawing, layout)
    }

    /// Marks and labels of one panel.
    private func draw(_ panel: PanelContent, in frame: PanelFrame, strip: Double, into drawing: inout Drawing) {
        let ordered = panel.layers.enumerated().sorted { first, second in
            let planes = (type(of: first.element.mark).plane, type(of: second.element.mark).plane)
            return (planes.0, first.offset) < (planes.1, second.offset)
        }
        let sketches = ordered.map { _, layer in
            var sketch = Sketch()
            layer.mark.draw(layer.rows, in: frame, into: &sketch)
            return (role: Drawing.Role.mark(type(of: layer.mark).name), sketch: sketch)
        }
        for (role, sketch) in sketches {
            for shape in sketch.backdrop { drawing.add(shape, as: role, clippedTo: frame.rect) }
        }
        for (role, sketch) in sketches {
            for shape in sketch.shapes { drawing.add(shape, as: role, clippedTo: frame.rect) }
            for note in sketch.notes { drawing.addNote(note) }
        }
        let requests = sketches.flatMap(\.sketch.labels)
        if !requests.isEmpty {
            drawLabels(requests, avoiding: sketches.flatMap(\.sketch.shapes), in: frame, into: &drawing)
        }
        if let title = panel.title {
            let box = TextBox(
                title, Font(size: theme.tick.size, isBold: true), theme.text,
                at: Point(frame.rect.minX, frame.rect.minY - strip / 2), .left, .middle, measure: tools.measure)
            drawing.add(.text(box), as: .strip)
        }
    }

    private func drawLabels(
        _ requests: [LabelRequest], avoiding shapes: [Shape], in frame: PanelFrame, into drawing: inout Drawing
    ) {
        let placement = LabelPlacement(
            panel: frame.rect, avoiding: shapes, font: theme.label, measure: tools.measure)
        let placed = placement.place(requests).compactMap { $0 }
        for label in placed {
            if let leader = label.leader {
                drawing.add(.line([leader.from, leader.to], Stroke(theme.axis, width: 0.7)), as: .leader)
            }
        }
        for label in placed {
            let box = TextBox(
                label.request.text, theme.label, label.request.color?.mixed(with: theme.text, 0.3) ?? theme.text,
                at: label.box.center, .center, .middle, hasHalo: true, measure: tools.measure)
            drawing.add(.text(box), as: .label)
        }
        let omitted = requests.count - placed.count
        if omitted > 0 { drawing.addNote("\(omitted) of \(requests.count) labels are left out for lack of room") }
    }

    // MARK: Around the panels

    private func drawTexts(_ parts: PanelLayout.Parts, _ layout: PanelLayout, into drawing: inout Drawing) {
        for (lines, top) in [(parts.above, layout.aboveTop), (parts.below, layout.belowTop)] {
            var top = top
            for line in lines {
                let color = line.role == .title || line.role == .subtitle ? theme.text : theme.faintText
                let box = TextBox(
                    line.text, line.font, color, at: Point(theme.margin, top), .left, .top, measure: tools.measure)
                drawing.add(.text(box), as: line.role)
                top = box.bounds.maxY + 2
            }
        }
        let corners = layout.panels.flatMap { [Point($0.minX, $0.minY), Point($0.maxX, $0.maxY)] }
        guard let all = Rect(around: corners) else { return }
        if let title = parts.xTitle {
            let box = TextBox(
                title, theme.axisTitle, theme.text, at: Point(all.center.x, layout.xTitleTop), .center, .top,
                measure: tools.measure)
            drawing.add(.text(box), as: .axisTitle)
        }
        if let title = parts.yTitle {
            let box = TextBox(
                title, theme.axisTitle, theme.text, at: Point(theme.margin, all.center.y), .center, .top,
                angle: .pi / 2, measure: tools.measure)
            drawing.add(.text(box), as: .axisTitle)
        }
    }
}
