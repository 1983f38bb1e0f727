import Glibc
import Lang

/// The digits of a column of numbers: enough of them to compare its entries, the same number of decimals in every row.
///
/// Each number needs as many decimals as four significant digits take, or fewer when it is exact with fewer; the column
/// takes the largest need. When that would be more than six decimals, or a number has more than fifteen digits before
/// the point, decimals cannot be shared, and every number is written by itself with four significant digits.
struct NumberColumnFormat {
    private static let significantDigits = 4
    private static let mostDecimals = 6

    /// Shared decimals; nil when each number is written by itself.
    private let decimals: Int?

    init(_ values: [Double]) {
        var decimals = 0
        for value in values where value.isFinite && value != 0 {
            let magnitude = abs(value)
            guard magnitude < 1e15 else {
                self.decimals = nil
                return
            }
            let needed = Self.significantDigits - 1 - Int(log10(magnitude).rounded(.down))
            let exact = (0...Self.mostDecimals).first { isWhole(magnitude * pow(10, Double($0))) }
            decimals = max(decimals, min(max(0, needed), exact ?? Int.max))
        }
        self.decimals = decimals <= Self.mostDecimals ? decimals : nil
    }

    func text(_ value: Double) -> String {
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        if let decimals { return formatted(value, decimals: decimals) }
        return NumberFormat.significant(value, digits: Self.significantDigits)
    }
}

/// Whether scaling left only the rounding error of a decimal fraction.
private func isWhole(_ value: Double) -> Bool { abs(value - value.rounded()) <= 1e-12 * value }

/// A number with a fixed number of decimals, as C's `%.*f`; a negative zero loses its sign.
func formatted(_ value: Double, decimals: Int) -> String {
    let text = printed("%.*f", [decimals, value])
    let isZero = !text.contains { ("1"..."9").contains($0) }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
}

/// A number with so many significant digits, trailing zeros dropped, as C's `%.*g`.
func formatted(_ value: Double, significantDigits: Int) -> String { printed("%.*g", [significantDigits, value]) }

/// C's formatted printing; 400 bytes hold any double in `%f`, whose longest has 309 digits before the point.
private func printed(_ format: String, _ arguments: [any CVarArg]) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    let length = withVaList(arguments) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(decoding: buffer.prefix(max(0, Int(length))).map(UInt8.init(bitPattern:)), as: UTF8.self)
}
