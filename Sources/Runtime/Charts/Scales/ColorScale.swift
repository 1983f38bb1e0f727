/// How the entries of a column become colours: categories take the theme's in turn, numbers a place on a map.
/// From the ninth category on colours repeat; marks that have shapes then change the shape too.
public enum ColorScale: Hashable, Sendable {
    case categories([String])
    /// From low to high, dark to light.
    case sequence(ClosedRange<Double>)
    /// Away from a middle, both sides alike: the range reaches equally far to both sides of it.
    case diverging(ClosedRange<Double>)

    /// Trained on the entries of a column, categories in order of first appearance.
    /// - Parameter areAmounts: whether numbers are amounts even where there are few of them.
    init(_ entries: [Datum], _ setting: ColorSetting = ColorSetting(), areAmounts: Bool = false) {
        let numbers = entries.compactMap { if case .number(let value) = $0, value.isFinite { value } else { nil } }
        let present = entries.filter { !$0.isMissing }
        // A few different whole numbers (a seed, a batch size) are names rather than amounts.
        let areAmounts =
            numbers.count == present.count && (areAmounts || Set(numbers).count > Palette.series.count)
        let kind = setting.kind ?? (setting.middle != nil ? .diverging : areAmounts ? .viridis : .category)
        if kind != .category, let low = numbers.min(), let high = numbers.max() {
            if kind == .viridis {
                self = .sequence(low...high)
            } else {
                let middle = setting.middle ?? 0
                let reach = max(abs(high - middle), abs(low - middle))
                self = .diverging(middle - reach...middle + reach)
            }
        } else {
            var categories: [String] = []
            var seen: Set<String> = []
            for entry in present where seen.insert(entry.text).inserted { categories.append(entry.text) }
            self = .categories(categories)
        }
    }

    func color(of entry: Datum, in theme: Theme = .paper) -> Color {
        switch self {
        case .categories:
            return category(of: entry).map { theme.series[$0 % theme.series.count] } ?? Palette.absent
        case .sequence, .diverging:
            guard case .number(let value) = entry, let range, !value.isNaN else { return Palette.absent }
            let width = range.upperBound - range.lowerBound
            return color(at: width > 0 ? (value - range.lowerBound) / width : 0.5)
        }
    }

    /// The colour of a place on the map of numbers, 0 for its low end and 1 for its high one.
    func color(at place: Double) -> Color {
        let stops = if case .diverging = self { Palette.diverging } else { Palette.sequence }
        let scaled = min(max(place, 0), 1) * Double(stops.count - 1)
        let stop = min(Int(scaled), stops.count - 2)
        return stops[stop].mixed(with: stops[stop + 1], scaled - Double(stop))
    }

    /// The numbers that the map spans; nil for categories.
    var range: ClosedRange<Double>? {
        switch self {
        case .categories: nil
        case .sequence(let range), .diverging(let range): range
        }
    }

    /// Which category an entry belongs to; nil for numbers on a map and for missing entries.
    func category(of entry: Datum) -> Int? {
        guard case .categories(let names) = self, !entry.isMissing else { return nil }
        return names.firstIndex(of: entry.text)
    }

    /// What a legend shows: each category, or round numbers of the map.
    var samples: [Datum] {
        switch self {
        case .categories(let names): names.map(Datum.string)
        case .sequence(let range), .diverging(let range):
            Ticks.nice(in: range, most: 5).values.map { Datum.number($0) }
        }
    }
}

/// What a script asks of the colours; nil leaves the choice to the data.
public struct ColorSetting: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable { case category, viridis, diverging }

    public var kind: Kind?
    /// The number that diverging colours lead away from; 0 when nil.
    public var middle: Double?

    public init(_ kind: Kind? = nil, middle: Double? = nil) {
        self.kind = kind
        self.middle = middle
    }
}
