/// A chart: a table and what is to be seen of it. A pure value that scripts build up step by step; nothing is computed
/// before `BuildChart` makes a `Drawing` of it.
public struct Chart: Sendable {
    public let table: Table
    public private(set) var layers: [ChartLayer] = []
    public private(set) var x = ScaleSetting()
    public private(set) var y = ScaleSetting()
    public private(set) var colors = ColorSetting()
    public private(set) var labels = ChartLabels()
    public private(set) var facet: Facet?
    public private(set) var theme = Theme.paper

    public init(_ table: Table) { self.table = table }

    /// With one more layer, drawn over those before.
    /// - Parameter arguments: channels (the name of a column, or a constant) and options by name.
    /// - Throws: `ChartError` for an argument that the mark does not have, a column that the table does not have, or a
    ///   channel that is lacking.
    public func adding(_ mark: any Mark.Type, _ arguments: [String: Datum]) throws -> Chart {
        var chart = self
        chart.layers.append(try ChartLayer(mark, arguments, table: table, after: layers))
        return chart
    }

    /// As above, by the mark's name.
    public func adding(_ name: String, _ arguments: [String: Datum]) throws -> Chart {
        guard let mark = MarkCatalogue.all.first(where: { $0.name == name }) else {
            throw ChartError(
                "unknown mark '\(name)'", help: adviceForUnknown(name, among: MarkCatalogue.all.map { $0.name }))
        }
        return try adding(mark, arguments)
    }

    /// With other axes and colours; nil leaves them as they are.
    public func scales(x: ScaleSetting? = nil, y: ScaleSetting? = nil, colors: ColorSetting? = nil) -> Chart {
        var chart = self
        chart.x = x ?? self.x
        chart.y = y ?? self.y
        chart.colors = colors ?? self.colors
        return chart
    }

    /// With other texts; what is nil stays.
    public func labels(_ labels: ChartLabels) -> Chart {
        var chart = self
        chart.labels = self.labels.replaced(by: labels)
        return chart
    }

    /// One panel for each entry of a column, on common axes.
    public func facet(by column: String, columns: Int? = nil) throws -> Chart {
        guard table.has(column) else { throw ChartError.unknownColumn(column, of: table) }
        var chart = self
        chart.facet = Facet(column: column, columns: columns)
        return chart
    }

    public func theme(_ theme: Theme) -> Chart {
        var chart = self
        chart.theme = theme
        return chart
    }
}

/// What is written around a chart; nil where the data's own names do.
public struct ChartLabels: Hashable, Sendable {
    public var title: String?
    public var subtitle: String?
    public var caption: String?
    public var x: String?
    public var y: String?

    public init(
        title: String? = nil, subtitle: String? = nil, caption: String? = nil, x: String? = nil, y: String? = nil
    ) {
        self.title = title
        self.subtitle = subtitle
        self.caption = caption
        self.x = x
        self.y = y
    }

    fileprivate func replaced(by newer: ChartLabels) -> ChartLabels {
        ChartLabels(
            title: newer.title ?? title, subtitle: newer.subtitle ?? subtitle, caption: newer.caption ?? caption,
            x: newer.x ?? x, y: newer.y ?? y)
    }
}

/// Panels by the entries of a column.
public struct Facet: Hashable, Sendable {
    public let column: String
    /// How many panels stand side by side; nil for a nearly square arrangement.
    public let columns: Int?
}

extension ChartError {
    static func unknownColumn(_ name: String, of table: Table) -> ChartError {
        ChartError("unknown column '\(name)'", help: adviceForUnknown(name, among: table.names))
    }
}
