import Glibc

/// Round numbers for an axis, chosen as Talbot, Lin and Hanrahan (2010, "An extension of Wilkinson's algorithm for
/// positioning tick labels on axes") do: of all evenly spaced sets inside the axis the one that is simplest, covers it
/// best and is neither sparse nor crowded. Only multiples of the step count: 0.5, 0.7, 0.9 would be theirs, not ours.
public struct Ticks: Hashable, Sendable {
    public var values: [Double]
    /// Decimals that all values need.
    public var decimals: Int

    /// The best set inside `range` with no more than `most` numbers (at least 2).
    public static func nice(in range: ClosedRange<Double>, most: Int) -> Ticks {
        let most = max(2, most)
        let width = range.upperBound - range.lowerBound
        // Below, a power of ten for the step would not be a normal double.
        guard width > 1e-290, width.isFinite else { return Ticks(values: [range.lowerBound], decimals: 0) }
        var best: (set: TickSet, score: Double)?
        let smallest = Int(log10(width / Double(most)).rounded(.down)) - 1
        for (rank, tenths) in TickSet.steps.enumerated() {
            for exponent in smallest...(smallest + 3) {
                let step = TickStep(tenths: tenths, rank: rank, exponent: exponent)
                guard let set = TickSet(step, in: range, most: most) else { continue }
                let score = set.score(in: range, wanted: most)
                if best.map({ score > $0.score + 1e-12 }) ?? true { best = (set, score) }
            }
        }
        return best.map { Ticks(values: $0.set.values, decimals: $0.set.decimals) }
            ?? Ticks(values: [range.lowerBound], decimals: 0)
    }
}

/// A round number: 1, 5, 2, 2.5, 4 or 3 times a power of ten.
private struct TickStep {
    /// Ten times the round number's digits.
    let tenths: Int
    /// 0 for the roundest.
    let rank: Int
    let exponent: Int
}

/// Evenly spaced round numbers inside an axis, with what speaks for them (Talbot, Lin and Hanrahan 2010, section 4).
private struct TickSet {
    let step: TickStep
    let values: [Double]

    /// Ten times 1, 5, 2, 2.5, 4 and 3: the steps that people find simplest first.
    static let steps = [10, 50, 20, 25, 40, 30]

    /// Nil when fewer than two or more than `most` multiples lie inside.
    init?(_ step: TickStep, in range: ClosedRange<Double>, most: Int) {
        let exponent = step.exponent - 1
        // Divided by whole powers of ten, because 3 * 0.1 is not 0.3 but 3 / 10 is.
        let power = pow(10, Double(abs(exponent)))
        let unit = Double(step.tenths)
        let value = { (k: Double) in exponent < 0 ? k * unit / power : k * unit * power }
        // An end that is a multiple but for rounding belongs to the axis.
        let slack = 1e-9
        let first = (range.lowerBound / value(1) - slack).rounded(.up)
        let last = (range.upperBound / value(1) + slack).rounded(.down)
        guard last > first, last - first < Double(most) else { return nil }
        values = stride(from: first, through: last, by: 1).map(value)
        self.step = step
    }

    var decimals: Int { max(0, -step.exponent + (step.tenths == 25 ? 1 : 0)) }

    func score(in range: ClosedRange<Double>, wanted: Int) -> Double {
        let (low, high) = (values[0], values[values.count - 1])
        let width = range.upperBound - range.lowerBound
        let hasZero = values.contains(0)
        let simplicity = 1 - Double(step.rank) / Double(Self.steps.count - 1) + (hasZero ? 1 : 0)
        let gaps = [(range.upperBound - high) / width, (range.lowerBound - low) / width]
        let coverage = 1 - 0.5 * gaps.reduce(0) { $0 + $1 * $1 } / 0.01
        let density = Double(values.count - 1) / (high - low) * width / Double(wanted - 1)
        // The fourth criterion, legibility, is the same for all: only what has room is asked for.
        return 0.25 * simplicity + 0.2 * coverage + 0.5 * (2 - max(density, 1 / density))
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
