/// From a chart's layers to rows in scaled units: the stages that look at data.
///
/// 1. each axis gets the scale that was asked for, or that its entries suggest;
/// 2. colours and shapes get theirs, common to all layers;
/// 3. every layer's entries become rows (once for each panel), and its mark's statistics are computed from them.
struct PrepareLayers {
    let chart: Chart
    let tools: ChartTools
    let x: any Scale
    let y: any Scale
    let colors: ColorScale?
    let shapes: ColorScale?
    let isDodged: Bool
    let hasBars: Bool
    let orientation: Orientation

    init(_ chart: Chart, tools: ChartTools) throws {
        guard !chart.layers.isEmpty else {
            throw ChartError("the chart has nothing to draw", help: "add a layer: points(x: \"…\", y: \"…\")")
        }
        let isAllConstant = chart.layers.allSatisfy(\.isConstant)
        guard !chart.table.isEmpty || isAllConstant else { throw ChartError("the chart's table has no rows") }
        self.chart = chart
        self.tools = tools
        x = try Self.scale(.x, of: chart, chart.x)
        y = try Self.scale(.y, of: chart, chart.y)
        let orientation = Orientation(x: x, y: y)
        self.orientation = orientation
        colors = Self.trained(.color, of: chart)
        shapes = Self.trained(.shape, of: chart)
        hasBars = chart.layers.contains { $0.mark is Bars }
        // Bars coloured by their own category stand alone in it.
        isDodged = chart.layers.contains { layer in
            let color = layer.column(of: .color)
            return layer.mark.standsSideBySide && color != nil && color != layer.column(of: orientation.places)
        }
    }

    private static func scale(_ axis: Channel, of chart: Chart, _ setting: ScaleSetting) throws -> any Scale {
        let mapped = chart.layers.flatMap { layer in
            Channel.allCases.filter { $0.axis == axis }.compactMap { channel in
                layer.entries(of: channel, in: chart.table).map { (channel, layer, $0) }
            }
        }
        let scale = setting.scale(for: mapped.flatMap { $0.2 }, on: axis)
        for (channel, layer, entries) in mapped {
            let column = layer.column(of: channel) ?? channel.rawValue
            guard channel != axis || entries.contains(where: { !$0.isMissing }) else {
                throw ChartError(
                    "column '\(column)' has only missing values", help: "fill or filter them before drawing")
            }
            if let scale = scale as? any ContinuousScale {
                try scale.check(entries, column: column)
                if let name = entries.first(where: { !scale.takes($0) }) {
                    let needed = chart.setting(axis).kind == .date ? "ISO dates" : "numbers"
                    throw ChartError("column '\(column)' has '\(name.text)', where \(scale.title) needs \(needed)")
                }
            }
        }
        return scale
    }

    /// What to say about values that an axis can only show at its margin.
    func notes() -> [String] {
        var notes: [String] = []
        for (axis, scale) in [(Channel.x, x), (.y, y)] {
            guard let scale = scale as? any ContinuousScale else { continue }
            for name in Set(chart.layers.compactMap({ $0.column(of: axis) })).sorted() {
                let count = (chart.table[name]?.entries ?? []).count { scale.position(of: $0).isInfinite }
                guard count > 0 else { continue }
                let verb = count == 1 ? "1 value of '\(name)' is" : "\(count) values of '\(name)' are"
                notes.append("\(verb) exactly \(scale.marginValues), drawn at the margin of the axis")
            }
        }
        return notes
    }

    /// The scale of the columns mapped to a channel; nil when there are only constants.
    private static func trained(_ channel: Channel, of chart: Chart) -> ColorScale? {
        let names = chart.layers.compactMap { $0.column(of: channel) }
        guard !names.isEmpty else { return nil }
        var seen: Set<String> = []
        let areAmounts =
            channel == .color && chart.layers.contains { $0.column(of: .color) != nil && $0.mark.isTiled }
        return ColorScale(
            names.filter { seen.insert($0).inserted }.flatMap { chart.table[$0]?.entries ?? [] },
            channel == .color ? chart.colors : ColorSetting(), areAmounts: areAmounts)
    }

    /// The rows of every layer for the part of the table that one panel shows.
    func layers(for table: Table) throws -> [PreparedLayer] {
        let context = MarkContext(
            x: x, y: y, tools: tools, seriesCount: seriesCount, isDodged: isDodged, hasBars: hasBars,
            orientation: orientation)
        return try chart.layers.map { layer in
            let rows = try rows(of: layer, in: table)
            return PreparedLayer(mark: layer.mark, rows: try layer.mark.statistics(of: rows, in: context))
        }
    }

    private var seriesCount: Int {
        if case .categories(let names) = colors { return names.count }
        return 1
    }

    private func rows(of layer: ChartLayer, in table: Table) throws -> MarkRows {
        var rows = MarkRows(count: layer.isConstant ? 1 : table.rowCount)
        rows.set(colors: [Color](repeating: chart.theme.series[0], count: rows.count))
        if let name = layer.seriesColumn, let column = table[name], !layer.isConstant, let colors {
            rows.setSeries(column.entries, colors)
        }
        for channel in layer.channels.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard let entries = layer.entries(of: channel, in: table) else { continue }
            switch channel {
            case .x, .xlow, .xhigh: rows.set(channel, entries.map(x.position))
            case .y, .low, .high: rows.set(channel, entries.map(y.position))
            case .error, .xerror: rows.set(channel, try numbers(entries, of: channel, layer))
            case .size: rows.set(channel, sizes(try numbers(entries, of: channel, layer), layer))
            case .label, .text: rows.set(channel, texts: entries.map(\.text))
            case .color: rows.setColors(entries, layer.column(of: .color) == nil ? nil : colors, chart.theme)
            case .shape: rows.setShapes(entries, shapes)
            }
        }
        return rows
    }

    private func numbers(_ entries: [Datum], of channel: Channel, _ layer: ChartLayer) throws -> [Double] {
        try entries.map { entry in
            switch entry {
            case .number(let value): return value
            case .missing: return .nan
            case .string, .bool:
                let column = layer.column(of: channel) ?? channel.rawValue
                throw ChartError("'\(channel.rawValue)' needs numbers, column '\(column)' has '\(entry.text)'")
            }
        }
    }

    /// Radii in points: a constant is one, a column's numbers get signs of proportional area, the largest 10 points.
    private func sizes(_ values: [Double], _ layer: ChartLayer) -> [Double] {
        guard let column = layer.column(of: .size), case .numbers(let all) = chart.table[column] else { return values }
        let largest = all.filter(\.isFinite).max() ?? 0
        return values.map { value in
            guard value >= 0, largest > 0 else { return .nan }
            return max(1.5, 10 * (value / largest).squareRoot())
        }
    }
}

/// A layer of one panel, ready to be drawn.
struct PreparedLayer {
    var mark: any Mark
    var rows: MarkRows
}

extension MarkRows {
    /// Series, and with them the shapes that tell series of the same colour apart.
    fileprivate mutating func setSeries(_ entries: [Datum], _ scale: ColorScale) {
        let categories = entries.map { scale.category(of: $0) ?? 0 }
        set(series: categories)
        set(shapes: categories.map(PointShape.ofSeries))
    }

    /// Colours from a scale, or from names of colours when there is none.
    fileprivate mutating func setColors(_ entries: [Datum], _ scale: ColorScale?, _ theme: Theme) {
        hasColor = true
        set(colors: entries.map { scale?.color(of: $0, in: theme) ?? Color(named: $0.text) ?? theme.series[0] })
        hasSeriesColor = scale != nil
    }

    fileprivate mutating func setShapes(_ entries: [Datum], _ scale: ColorScale?) {
        let all = PointShape.allCases
        set(
            shapes: entries.map { entry in
                if let category = scale?.category(of: entry) { return all[category % all.count] }
                return PointShape(rawValue: entry.text) ?? .circle
            })
    }
}

extension Chart {
    /// What was asked of an axis.
    fileprivate func setting(_ axis: Channel) -> ScaleSetting { axis == .x ? x : y }
}

extension PointShape {
    /// Colours repeat after the palette's end; the shape tells such series apart.
    static func ofSeries(_ series: Int) -> PointShape {
        allCases[series / Palette.series.count % allCases.count]
    }
}
