import Glibc

/// Round numbers for an axis: the multiples of 1, 2 or 5 times a power of ten, as close together as there is room for.
public struct Ticks: Hashable, Sendable {
    public var values: [Double]
    /// Decimals that all values need.
    public var decimals: Int

    /// The multiples inside `range` of the smallest round step that gives no more than `most` of them (at least 2).
    public static func nice(in range: ClosedRange<Double>, most: Int) -> Ticks {
        let most = max(2, most)
        let width = range.upperBound - range.lowerBound
        // Below, a power of ten for the step would not be a normal double.
        guard width > 1e-290, width.isFinite else { return Ticks(values: [range.lowerBound], decimals: 0) }
        var exponent = Int(log10(width / Double(most)).rounded(.down))
        while true {
            for digit in [1.0, 2, 5] {
                let multiples = multiplesInside(range, digit: digit, exponent: exponent)
                if multiples.count <= most {
                    return Ticks(values: multiples, decimals: max(0, -exponent))
                }
            }
            exponent += 1
        }
    }

    /// Divided by whole powers of ten, because 3 * 0.1 is not 0.3 but 3 / 10 is.
    private static func multiplesInside(_ range: ClosedRange<Double>, digit: Double, exponent: Int) -> [Double] {
        let power = pow(10, Double(abs(exponent)))
        let value = { (k: Double) in exponent < 0 ? k * digit / power : k * digit * power }
        let step = value(1)
        // An end that is a multiple but for rounding belongs to the axis.
        let slack = 1e-9
        let first = (range.lowerBound / step - slack).rounded(.up)
        let last = (range.upperBound / step + slack).rounded(.down)
        return stride(from: first, through: last, by: 1).map(value)
    }
}

/// Number labels of an axis.
enum TickLabel {
    /// Decimal with commas between thousands; very large and very small numbers as 2×10⁶.
    static func number(_ value: Double, decimals: Int) -> String {
        if value == 0 { return "0" }
        let exponent = Int(log10(abs(value)).rounded(.down))
        if abs(value) >= 1e6 || decimals > 5 {
            let mantissa = formatted(value / pow(10, Double(exponent)), significantDigits: 6)
            return mantissa == "1" ? "10" + superscript(exponent) : "\(mantissa)×10" + superscript(exponent)
        }
        let text = formatted(abs(value), decimals: decimals)
        let whole = text.prefix { $0 != "." }
        let grouped = whole.count < 5 ? String(whole) : groupedByThousands(whole)
        return (value < 0 ? "−" : "") + grouped + text.dropFirst(whole.count)
    }

    /// With the fewest of `decimals` decimals that lose nothing.
    static func shortest(_ value: Double, decimals: Int) -> String {
        let needed = (0...decimals).first { count in
            let shifted = value * pow(10, Double(count))
            return abs(shifted - shifted.rounded()) < 1e-6
        }
        return number(value, decimals: needed ?? decimals)
    }

    /// A share of one as percent.
    static func percent(_ value: Double, decimals: Int = 0) -> String {
        number(value * 100, decimals: max(0, decimals)) + "%"
    }

    static func superscript(_ number: Int) -> String {
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        return (number < 0 ? "⁻" : "") + String("\(abs(number))".compactMap { $0.wholeNumberValue.map { digits[$0] } })
    }

    static func groupedByThousands(_ digits: Substring) -> String {
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return grouped
    }
}
