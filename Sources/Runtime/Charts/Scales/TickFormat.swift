import Glibc

/// How the numbers of an axis are written.
public enum TickFormat: String, CaseIterable, Hashable, Sendable {
    /// Commas from five digits on, powers of ten from a million on.
    case plain
    /// Shares of one as percentages.
    case percent
    /// The prefixes of the international system: 1k, 2.5M, 3µ. Numbers from 0.001 to 1000 stay as they are.
    case si
    /// Every digit, with commas between thousands.
    case thousands

    func label(_ value: Double, decimals: Int) -> String {
        switch self {
        case .plain: TickLabel.number(value, decimals: decimals)
        case .percent: TickLabel.percent(value, decimals: decimals - 2)
        case .si: Self.withPrefix(value, decimals: decimals)
        case .thousands: Self.whole(value, decimals: decimals)
        }
    }

    private static let prefixes: [Int: String] = [
        -5: "f", -4: "p", -3: "n", -2: "µ", -1: "m", 1: "k", 2: "M", 3: "G", 4: "T", 5: "P", 6: "E",
    ]

    private static func withPrefix(_ value: Double, decimals: Int) -> String {
        let size = abs(value)
        if value == 0 || (0.001..<1000).contains(size) { return TickLabel.number(value, decimals: min(decimals, 5)) }
        // A thousandth more, because log10 of 10⁶ may fall just below 6.
        let group = Int(((log10(size) + 1e-9) / 3).rounded(.down))
        guard let prefix = prefixes[group] else { return TickLabel.number(value, decimals: decimals) }
        return TickLabel.shortest(value / pow(1000, Double(group)), decimals: 3) + prefix
    }

    private static func whole(_ value: Double, decimals: Int) -> String {
        let text = formatted(abs(value), decimals: decimals)
        let digits = text.prefix { $0 != "." }
        return (value < 0 ? "−" : "") + TickLabel.groupedByThousands(digits) + text.dropFirst(digits.count)
    }
}
