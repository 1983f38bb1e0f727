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
            example: example + " |> points(x: \"a\", y: \"b\")"
                + (mark.name == "points" ? "" : "  # then \(mark.name)(…)")
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
                "scales", group: group, "How the axes run: linear, percent, log, logit or category, and their limits.",
                [
                    chart, optional("x", .choice(ScaleSetting.Kind.allCases.map(\.rawValue))),
                    optional("y", .choice(ScaleSetting.Kind.allCases.map(\.rawValue))),
                    optional("xlimits", .numbers, "[from, to]"), optional("ylimits", .numbers, "[from, to]"),
                ], returns: .foreign(typeName: "chart"),
                example: "\(example) |> points(x: \"a\", y: \"b\") |> scales(x: \"log\")"
            ) { call in
                let chart = try single(try call.foreign("chart"))
                return .foreign(
                    ChartValue(.chart(chart.scales(x: try scale(call, "x"), y: try scale(call, "y")))))
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
        guard kind != nil || limits != nil else { return nil }
        guard let limits else { return ScaleSetting(kind) }
        guard limits.count == 2, limits[0] < limits[1] else {
            throw NativeError("'\(axis)limits' takes [from, to], the smaller first", parameter: axis + "limits")
        }
        return ScaleSetting(kind, limits: limits[0]...limits[1])
    }

    // MARK: Saving

    private static func save(_ session: Session) -> Signature {
        .host(
            "save", group: group, "Draws a chart into a PNG, SVG or PDF file, by the ending of its name.",
            [
                chart, Parameter("path", .string),
                optional("width", .number(50...10_000), "in points; none takes the chart's own"),
                optional("height", .number(50...10_000), "in points; none takes the chart's own"),
                Parameter("scale", .number(0.1...10), default: .number(2), "pixels a point in PNG files"),
            ], example: "\(example) |> points(x: \"a\", y: \"b\") |> save(\"growth.png\")"
        ) { call in
            let (width, height) = (try call.optionalNumber("width"), try call.optionalNumber("height"))
            let size =
                width == nil && height == nil
                ? nil : Size(width: width ?? ChartValue.size.width, height: height ?? ChartValue.size.height)
            let path = try call.string("path")
            let format = try PictureFormat(path: path)
            let (content, scale) = (try call.foreign("chart", as: ChartValue.self).content, try call.number("scale"))
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
}
