/// One layer of a chart: a mark, and where each of its channels comes from.
public struct ChartLayer: Sendable {
    /// Where the entries of a channel come from.
    public enum Source: Hashable, Sendable {
        case column(String)
        case constant(Datum)
    }

    public let mark: any Mark
    public let channels: [Channel: Source]
    /// The column whose entries part the rows into series: that of the layer's own colour, or of the layers before
    /// where the mark inherits it (black error bars still stand on the bars of their colour).
    public let seriesColumn: String?

    /// From the arguments of a call, each a channel or an option. A string given to a channel names a column, unless it
    /// is text that the channel can take itself (a colour, a shape, a text to write).
    init(_ mark: any Mark.Type, _ arguments: [String: Datum], table: Table, after earlier: [ChartLayer]) throws {
        var channels: [Channel: Source] = [:]
        var options: [String: Datum] = [:]
        // A mark's own option wins where it shares its name with a channel (`size` of text).
        let known = mark.required.union(mark.optional).filter { channel in
            !mark.options.contains { $0.name == channel.rawValue }
        }
        for (name, value) in arguments.sorted(by: { $0.key < $1.key }) {
            if let channel = Channel(rawValue: name), known.contains(channel) {
                channels[channel] = try Self.source(value, for: channel, of: mark, table: table)
            } else {
                options[name] = value
            }
        }
        self.mark = try mark.init(MarkOptions(options, of: mark))
        for channel in mark.inherited.intersection(known) where channels[channel] == nil {
            channels[channel] = earlier.lazy.compactMap { $0.channels[channel] }.first
        }
        if let missing = Channel.allCases.first(where: { mark.required.contains($0) && channels[$0] == nil }) {
            throw ChartError(
                "\(mark.name) lacks '\(missing.rawValue)'", help: "name a column: \(missing.rawValue): \"…\"")
        }
        self.channels = channels
        let earlierColumn = earlier.lazy.compactMap { $0.column(of: .color) }.first
        if case .column(let own) = channels[.color] {
            seriesColumn = own
        } else {
            seriesColumn = mark.inherited.contains(.color) ? earlierColumn : nil
        }
    }

    private static func source(_ value: Datum, for channel: Channel, of mark: any Mark.Type, table: Table) throws
        -> Source
    {
        guard case .string(let name) = value else {
            let takesNumbers = channel.axis != nil || [.error, .xerror, .size].contains(channel)
            guard value.kind == .number, takesNumbers else {
                throw ChartError("\(mark.name): '\(channel.rawValue)' takes the name of a column")
            }
            return .constant(value)
        }
        if table.has(name) { return .column(name) }
        switch channel {
        case .text: return .constant(value)
        case .color where Color(named: name) != nil: return .constant(value)
        case .shape where PointShape(rawValue: name) != nil: return .constant(value)
        default: throw ChartError.unknownColumn(name, of: table)
        }
    }

    /// The name of the column behind a channel.
    func column(of channel: Channel) -> String? {
        guard case .column(let name) = channels[channel] else { return nil }
        return name
    }

    /// Whether the layer shows constants alone, and so a single row whatever the table.
    var isConstant: Bool {
        channels.values.allSatisfy { if case .constant = $0 { true } else { false } }
    }

    /// The entries of a channel for the rows of `table` (one when the layer is constant); nil when it is not mapped.
    func entries(of channel: Channel, in table: Table) -> [Datum]? {
        switch channels[channel] {
        case .column(let name): table[name]?.entries
        case .constant(let value): [Datum](repeating: value, count: isConstant ? 1 : table.rowCount)
        case nil: nil
        }
    }
}
