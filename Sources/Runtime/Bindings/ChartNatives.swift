import Compute
import Foundation
import Lang

/// A chart in a script, or several side by side.
final class ChartValue: Pictured {
    let content: Content
    enum Content: Sendable {
        case chart(Chart)
        case figure(Figure)
        case network(NetworkDiagram, name: String)
        case images(ImageGrid)
    }
    init(_ content: Content) { self.content = content }

    var typeName: String { "chart" }
    func display(width: Int) -> String {
        switch content {
        case .chart(let chart):
            "chart of \(Wording.counted(chart.table.rowCount, "row")) with "
                + "\(Wording.counted(chart.layers.count, "layer")); save(\"file.png\") draws it"
        case .figure(let figure): "figure of \(figure.charts.count) charts; save(\"file.png\") draws it"
        case .network(_, let name): "diagram of \(name); save(\"file.png\") draws it"
        case .images(let grid): "grid of \(Wording.counted(grid.entries.count, "picture")); save(\"file.png\") draws it"
        }
    }

    func picture() throws -> Picture { Picture(try drawing(size: nil)) }

    /// In points: what `save` takes unless told otherwise.
    static let size = Size(width: 560, height: 420)

    /// - Parameter size: nil takes the chart's own.
    func drawing(size: Size?) throws -> Drawing { try content.drawing(size: size) }
}

extension ChartValue.Content {
    fileprivate func drawing(size given: Size?) throws -> Drawing {
        let size = given ?? ChartValue.size
        let tools = ChartTools(measure: CairoTextMeasure()) { p, degrees in StudentT(degrees).quantile(p) }
        switch self {
        case .chart(let chart): return try BuildChart(chart, tools: tools).drawing(size: size)
        case .figure(let figure): return try figure.drawing(size: size, tools: tools)
        case .network(let diagram, _): return diagram.drawing(within: given)
        case .images(let grid): return grid.drawing(width: given?.width, theme: .paper, measure: tools.measure)
        }
    }
}

/// Charts for scripts: a layer a mark of the catalogue.
enum ChartNatives {
    private static let group = "Charts"
    private static var chart: Parameter { Parameter("chart", .foreign(typeName: "chart")) }
    private static let example = "chart(table(a: [1, 2, 3], b: [2, 4, 5]))"

    static func signatures(_ session: Session) -> [Signature] {
        MarkCatalogue.all.map(layer) + appearance + [
            .host(
                "chart", group: group, "A chart of a table, to which layers are added.",
                [Parameter("table", .foreign(typeName: "table"))], returns: .foreign(typeName: "chart"),
                example: example + " |> points(x: \"a\", y: \"b\")"
            ) { .foreign(ChartValue(.chart(Chart(try $0.table())))) },
            .host(
                "chart", group: group, "The figure of a model: its layers, block by block, equal blocks counted.",
                [Parameter("model", .foreign(typeName: "model"))], returns: .foreign(typeName: "chart"),
                example: "chart(inception_v1())"
            ) { call in
                let model = try call.foreign("model", as: ModelValue.self).model
                let diagram = NetworkDiagram(try model.summaryGraph(), measure: CairoTextMeasure())
                return .foreign(ChartValue(.network(diagram, name: model.name)))
            },
            .host(
                "panels", group: group, "Several charts as one figure.",
                [
                    Parameter("charts", .list(of: .foreign(typeName: "chart"))),
                    Parameter("columns", .integer(1...100), default: .number(2)),
                ],
                returns: .foreign(typeName: "chart"),
                example: "panels([\(example) |> points(x: \"a\", y: \"b\")], columns: 1)"
            ) { call in
                let charts = try call.foreigns("charts", as: ChartValue.self).map { try single($0) }
                return .foreign(ChartValue(.figure(try Figure(charts, columns: try call.integer("columns")))))
            },
            save(session),
        ]
    }

    // MARK: Layers

    private static func layer(_ mark: any Mark.Type) -> Signature {
        let channels = mark.required.union(mark.optional).map(\.rawValue).sorted()
        let options = mark.options.filter { !channels.contains($0.name) }.map(\.name)
        let parameters = (channels + options).map { optional($0, .any) }
        let text = mark.options.map { "\($0.name): \($0.summary)" }.joined(separator: "\n")
        return .host(
            mark.name, group: group, mark.summary, text: text, [chart] + parameters,
            returns: .foreign(typeName: "chart"),
            example: mark.example
        ) { call in
            var arguments: [String: Datum] = [:]
            for parameter in parameters where try call.has(parameter.name) {
                arguments[parameter.name] = try Bridge.datum(try call.value(parameter.name), in: "'\(parameter.name)'")
            }
            return .foreign(ChartValue(.chart(try single(try call.foreign("chart")).adding(mark, arguments))))
        }
    }

    private static func single(_ value: ChartValue) throws -> Chart {
        guard case .chart(let chart) = value.content else {
            throw NativeError(
                "layers and scales belong to the chart of a table, not to panels and diagrams",
                help: "finish each chart, then join them")
        }
        return chart
    }

    // MARK: Appearance

    private static var appearance: [Signature] {
        [
            .host(
                "scales", group: group,
                "How the axes run (linear, percent, log, logit, fisher, date or category), their limits, and the colours.",
                [
                    chart, optional("x", .choice(ScaleSetting.Kind.allCases.map(\.rawValue))),
                    optional("y", .choice(ScaleSetting.Kind.allCases.map(\.rawValue))),
                    optional("xlimits", .numbers, "[from, to]"), optional("ylimits", .numbers, "[from, to]"),
                    Parameter("x_reverse", .bool, default: .bool(false), "from high to low"),
                    Parameter("y_reverse", .bool, default: .bool(false), "from high to low"),
                    optional("x_format", .choice(TickFormat.allCases.map(\.rawValue)), "of the numbers"),
                    optional("y_format", .choice(TickFormat.allCases.map(\.rawValue)), "of the numbers"),
                    optional(
                        "color", .choice(ColorSetting.Kind.allCases.map(\.rawValue)),
                        "names by turns, or numbers from dark to light or away from a middle"),
                    optional("color_middle", .number(nil), "the middle of diverging colours; 0 unless given"),
                ], returns: .foreign(typeName: "chart"),
                example: "\(example) |> points(x: \"a\", y: \"b\") |> scales(x: \"log\")"
            ) { call in
                let chart = try single(try call.foreign("chart"))
                let kind = try call.optionalString("color").flatMap { ColorSetting.Kind(rawValue: $0) }
                let middle = try call.optionalNumber("color_middle")
                let colors = kind == nil && middle == nil ? nil : ColorSetting(kind, middle: middle)
                return .foreign(
                    ChartValue(
                        .chart(chart.scales(x: try scale(call, "x"), y: try scale(call, "y"), colors: colors))))
            },
            .host(
                "theme", group: group,
                "The looks of a chart: for paper, for notebooks on a screen, or on a dark ground.",
                [chart, Parameter("name", .choice(Theme.named.keys.sorted()))],
                returns: .foreign(typeName: "chart"),
                example: "\(example) |> points(x: \"a\", y: \"b\") |> theme(\"dark\")"
            ) { call in
                let chart = try single(try call.foreign("chart"))
                return .foreign(ChartValue(.chart(chart.theme(try Theme.theme(named: try call.string("name"))))))
            },
            .host(
                "labels", group: group, "Title, subtitle, caption and the names of the axes.",
                [chart] + ["title", "subtitle", "caption", "x", "y"].map { optional($0, .string) },
                returns: .foreign(typeName: "chart"),
                example: "\(example) |> points(x: \"a\", y: \"b\") |> labels(title: \"Growth\")"
            ) { call in
                let labels = ChartLabels(
                    title: try call.optionalString("title"), subtitle: try call.optionalString("subtitle"),
                    caption: try call.optionalString("caption"), x: try call.optionalString("x"),
                    y: try call.optionalString("y"))
                return .foreign(ChartValue(.chart(try single(try call.foreign("chart")).labels(labels))))
            },
            .host(
                "facet", group: group, "One panel for each entry of a column.",
                [chart, Parameter("by", .string), optional("columns", .integer(1...100))],
                returns: .foreign(typeName: "chart"),
                example: "\(example) |> points(x: \"a\", y: \"b\") |> facet(by: \"a\")"
            ) { call in
                let chart = try single(try call.foreign("chart"))
                return .foreign(
                    ChartValue(
                        .chart(try chart.facet(by: try call.string("by"), columns: try call.optionalInteger("columns")))
                    ))
            },
        ]
    }

    private static func scale(_ call: NativeCall, _ axis: String) throws -> ScaleSetting? {
        let kind = try call.optionalString(axis).map { try ScaleSetting.Kind(named: $0) }
        let limits = try call.optionalNumbers(axis + "limits")
        let format = try call.optionalString(axis + "_format").flatMap { TickFormat(rawValue: $0) }
        let isReversed = try call.bool(axis + "_reverse")
        guard kind != nil || limits != nil || format != nil || isReversed else { return nil }
        guard let limits else { return ScaleSetting(kind, isReversed: isReversed, format: format) }
        guard limits.count == 2, limits[0] < limits[1] else {
            throw NativeError(
                "'\(axis)limits' takes [from, to], the smaller first",
                help: "\(axis)_reverse: true turns the axis round",
                parameter: axis + "limits")
        }
        return ScaleSetting(kind, limits: limits[0]...limits[1], isReversed: isReversed, format: format)
    }

    // MARK: Saving

    private static func save(_ session: Session) -> Signature {
        .host(
            "save", group: group, "Draws a chart into a PNG, SVG or PDF file, by the ending of its name.",
            [
                chart, Parameter("path", .string),
                optional("width", .number(0.1...100_000), "none takes the chart's own"),
                optional("height", .number(0.1...100_000), "none takes the chart's own"),
                Parameter("scale", .number(0.1...10), default: .number(2), "pixels a point in PNG files"),
                Parameter(
                    "unit", .choice(["pt", "in", "px"]), default: .string("pt"),
                    "of width and height: points (1/72 inch), inches or pixels of the PNG file"),
                optional("dpi", .number(8...720), "pixels an inch in PNG files, instead of scale"),
            ], example: "\(example) |> points(x: \"a\", y: \"b\") |> save(\"growth.png\")"
        ) { call in
            let (size, scale) = try size(call)
            let path = try call.string("path")
            let format = try PictureFormat(path: path)
            let content = try call.foreign("chart", as: ChartValue.self).content
            let (drawing, bytes) = try Detached.run(check: call.checkInterruption) {
                let drawing = try content.drawing(size: size)
                return (drawing, try CairoSurface.bytes(of: drawing, as: format, scale: scale))
            }
            try session.save(bytes, as: format, to: path)
            session.onSave?(Picture(drawing, path: path))
            for note in drawing.notes { call.output("note: \(note)\n") }
            return .nothing
        }
    }

    /// The size in points, nil for the chart's own, and the pixels a point.
    private static func size(_ call: NativeCall) throws -> (Size?, scale: Double) {
        let dpi = try call.optionalNumber("dpi")
        let scale = try dpi.map { $0 / 72 } ?? call.number("scale")
        let (width, height) = (try call.optionalNumber("width"), try call.optionalNumber("height"))
        guard width != nil || height != nil else { return (nil, scale) }
        let points: Double =
            switch try call.string("unit") {
            case "in": 72
            case "px": 1 / scale
            default: 1
            }
        let size = Size(
            width: width.map { $0 * points } ?? ChartValue.size.width,
            height: height.map { $0 * points } ?? ChartValue.size.height)
        for (name, side) in [("width", size.width), ("height", size.height)] where !(50...10_000).contains(side) {
            throw NativeError(
                "'\(name)' is \(formatted(side, significantDigits: 4)) points, a chart has from 50 to 10000",
                help: "unit: \"in\" takes inches, unit: \"px\" pixels", parameter: name)
        }
        return (size, scale)
    }
}
