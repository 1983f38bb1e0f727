/// How the entries of a column become colours: categories take the palette's in turn, numbers a place on the sequence.
/// From the ninth category on colours repeat; marks that have shapes then change the shape too.
public enum ColorScale: Hashable, Sendable {
    case categories([String])
    case sequence(ClosedRange<Double>)

    /// Trained on the entries of a column, categories in order of first appearance.
    init(_ entries: [Datum]) {
        let numbers = entries.compactMap { if case .number(let value) = $0 { value } else { nil } }
        let present = entries.filter { !$0.isMissing }
        // A few different whole numbers (a seed, a batch size) are names rather than amounts.
        if let low = numbers.min(), let high = numbers.max(), numbers.count == present.count,
            Set(numbers).count > Palette.series.count
        {
            self = .sequence(low...high)
        } else {
            var categories: [String] = []
            for entry in present where !categories.contains(entry.text) { categories.append(entry.text) }
            self = .categories(categories)
        }
    }

    func color(of entry: Datum) -> Color {
        switch self {
        case .categories:
            return category(of: entry).map { Palette.series[$0 % Palette.series.count] } ?? Color(0xB0B0B0)
        case .sequence(let range):
            guard case .number(let value) = entry else { return Color(0xB0B0B0) }
            let place = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
            let scaled = min(max(place, 0), 1) * Double(Palette.sequence.count - 1)
            let stop = min(Int(scaled), Palette.sequence.count - 2)
            return Palette.sequence[stop].mixed(with: Palette.sequence[stop + 1], scaled - Double(stop))
        }
    }

    /// Which category an entry belongs to; nil for numbers on a sequence and for missing entries.
    func category(of entry: Datum) -> Int? {
        guard case .categories(let names) = self, !entry.isMissing else { return nil }
        return names.firstIndex(of: entry.text)
    }

    /// What a legend shows: each category, or round numbers of the sequence.
    var samples: [Datum] {
        switch self {
        case .categories(let names): names.map(Datum.string)
        case .sequence(let range): Ticks.nice(in: range, most: 5).values.map { Datum.number($0) }
        }
    }
}
