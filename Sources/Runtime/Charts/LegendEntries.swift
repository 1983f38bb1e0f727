/// What a chart's legend says: each category of the colours (or round numbers of their sequence), each shape that is
/// not told by the same column, then what single layers say about themselves. Signs are drawn by the marks that use
/// them.
struct LegendEntries {
    private let chart: Chart
    private let prepare: PrepareLayers
    private let byColor: [ChartLayer]
    private let byShape: [ChartLayer]

    init(_ chart: Chart, _ prepare: PrepareLayers) {
        self.chart = chart
        self.prepare = prepare
        byColor = chart.layers.filter { $0.column(of: .color) != nil }
        byShape = chart.layers.filter { $0.column(of: .shape) != nil }
    }

    var entries: [Legend.Entry] { ofColors + ofShapes + ofLayers }

    /// The bar of a map from numbers to colours; nil for categories.
    func bar(measure: any TextMeasure) -> ColorBar? {
        guard let colors = prepare.colors, let range = colors.range else { return nil }
        let title = byColor.first?.column(of: .color) ?? ""
        return ColorBar(title: title, scale: colors, range: range, theme: chart.theme, measure: measure)
    }

    private var ofColors: [Legend.Entry] {
        guard let colors = prepare.colors, colors.range == nil, !namesItself else { return [] }
        return colors.samples.map { sample in
            let ofSeries = PointShape.ofSeries(colors.category(of: sample) ?? 0)
            let style = KeyStyle(
                color: colors.color(of: sample, in: chart.theme),
                shape: (shapesFollowColors ? shape(sample) : nil) ?? ofSeries)
            return Legend.Entry(text: sample.text) { box in byColor.flatMap { $0.mark.key(style, in: box) } }
        }
    }

    private var ofShapes: [Legend.Entry] {
        guard let shapes = prepare.shapes, !shapesFollowColors else { return [] }
        return shapes.samples.map { sample in
            let style = KeyStyle(color: chart.theme.faintText, shape: shape(sample) ?? .circle)
            return Legend.Entry(text: sample.text) { box in byShape.flatMap { $0.mark.key(style, in: box) } }
        }
    }

    private var ofLayers: [Legend.Entry] {
        chart.layers.compactMap { layer in
            guard let text = layer.mark.legend else { return nil }
            let standard = layer.mark is Rule ? chart.theme.faintText : chart.theme.line
            let style = KeyStyle(color: layer.constantColor ?? standard)
            return Legend.Entry(text: text) { layer.mark.key(style, in: $0) }
        }
    }

    /// Whether lines carry the names of their series themselves.
    private var namesItself: Bool {
        byColor.contains { $0.mark is Lines && $0.column(of: .label) == $0.column(of: .color) }
    }

    /// Whether one entry can tell colour and shape at once.
    private var shapesFollowColors: Bool {
        byShape.allSatisfy { layer in
            byColor.contains { $0.column(of: .color) == layer.column(of: .shape) }
        }
    }

    private func shape(_ entry: Datum) -> PointShape? {
        prepare.shapes?.category(of: entry).map { PointShape.allCases[$0 % PointShape.allCases.count] }
    }
}

extension ChartLayer {
    /// The colour that the call names, if it names one.
    fileprivate var constantColor: Color? {
        guard case .constant(.string(let name)) = channels[.color] else { return nil }
        return Color(named: name)
    }
}
