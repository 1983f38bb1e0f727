import Glibc

/// Positive numbers by their decimal logarithm. Zero lies at the margin.
public struct LogScale: ContinuousScale {
    public let format: TickFormat

    public init(format: TickFormat = .plain) { self.format = format }

    public var allowed: ClosedRange<Double> { 0...Double.greatestFiniteMagnitude }
    public var title: String { "a log axis" }
    public var marginValues: String { "0" }
    public var advice: String { "a log axis takes positive numbers; filter the others out or use a linear axis" }
    public var baseline: Double { -.infinity }

    public func transform(_ value: Double) -> Double { log10(value) }
    public func inverse(_ position: Double) -> Double { pow(10, position) }

    /// Powers of ten, with 2 and 5 times them (or 3 times) where there is room; round numbers within a narrow range.
    public func ticks(in range: ClosedRange<Double>, most: Int) -> [Tick] {
        let exponents = Int(range.lowerBound.rounded(.down))...Int(range.upperBound.rounded(.up))
        for digits in [[1.0, 2, 5], [1, 3], [1]] {
            let values = exponents.flatMap { exponent in digits.map { (digit: $0, exponent: exponent) } }
            let ticks = values.compactMap { value -> Tick? in
                let position = Double(value.exponent) + log10(value.digit)
                return range.contains(position) ? Tick(position, label(value.digit, value.exponent)) : nil
            }
            if ticks.count >= 3 && ticks.count <= most { return ticks }
        }
        if range.upperBound - range.lowerBound < 1.5 {
            let ticks = Ticks.nice(in: inverse(range.lowerBound)...inverse(range.upperBound), most: most)
            return ticks.values.filter { $0 > 0 }.map {
                Tick(transform($0), format.label($0, decimals: ticks.decimals))
            }
        }
        let step = (exponents.count + most - 1) / most
        return exponents.filter { $0 % step == 0 && range.contains(Double($0)) }.map { Tick(Double($0), label(1, $0)) }
    }

    /// The digits 2 to 9 of every decade; 2 and 5 where those would run together; the powers of ten alone where the
    /// labels leave some out.
    public func minorTicks(in range: ClosedRange<Double>, apart: Double) -> [Double] {
        let exponents = Int(range.lowerBound.rounded(.down))...Int(range.upperBound.rounded(.up))
        let digits: [Double] =
            if log10(10.0 / 9) >= apart { Array(stride(from: 1, through: 9, by: 1)) } else if log10(2) >= apart {
                [1, 2, 5]
            } else if apart <= 1 { [1] } else { [] }
        return exponents.flatMap { exponent in digits.map { Double(exponent) + log10($0) } }.filter(range.contains)
    }

    private func label(_ digit: Double, _ exponent: Int) -> String {
        if format != .plain {
            return format.label(digit * pow(10, Double(exponent)), decimals: max(0, -exponent))
        }
        if (-3...4).contains(exponent) {
            return TickLabel.number(digit * pow(10, Double(exponent)), decimals: max(0, -exponent))
        }
        let power = "10" + TickLabel.superscript(exponent)
        return digit == 1 ? power : "\(Int(digit))×\(power)"
    }
}
