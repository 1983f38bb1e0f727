/// A number as the unevaluated sum of two doubles, some 31 decimal digits (Dekker 1971, "A floating-point technique for
/// extending the available precision").
///
/// Invariant for finite values: |low| ≤ ½ ulp(high). Operations and their error bounds of a few 2⁻¹⁰⁶ are those of
/// Joldes, Muller & Popescu 2017 ("Tight and rigorous error bounds for basic building blocks of double-word
/// arithmetic"). The exponents are those of doubles: what overflows becomes NaN.
struct DoubleDouble: Hashable, Sendable {
    let high, low: Double

    static let zero = DoubleDouble(0)
    static let one = DoubleDouble(1)

    init(_ value: Double) {
        high = value
        low = 0
    }

    /// - Precondition: |low| ≤ ½ ulp(high).
    private init(high: Double, low: Double) {
        self.high = high
        self.low = low
    }

    /// a + b, exactly (Knuth's TwoSum).
    init(sum a: Double, _ b: Double) {
        high = a + b
        let part = high - a
        low = (a - (high - part)) + (b - part)
    }

    /// a · b, exactly, by a fused multiply-add.
    init(product a: Double, _ b: Double) {
        high = a * b
        low = (-high).addingProduct(a, b)
    }

    /// a + b where |a| ≥ |b| (Dekker's Fast2Sum).
    private init(ordered a: Double, _ b: Double) {
        high = a + b
        low = b - (high - a)
    }

    /// The nearest double.
    var value: Double { high }

    var isFinite: Bool { high.isFinite && low.isFinite }
    var squared: DoubleDouble { self * self }

    /// NaN for negative values; one step of Newton's iteration from the double root (Karp & Markstein 1997).
    func squareRoot() -> DoubleDouble {
        guard high > 0 else { return DoubleDouble(high.squareRoot()) }
        let root = high.squareRoot()
        let rest = self - DoubleDouble(product: root, root)
        return DoubleDouble(ordered: root, rest.high / (2 * root))
    }

    /// The value times a power of two, exactly.
    func scaled(by power: Double) -> DoubleDouble { DoubleDouble(high: high * power, low: low * power) }

    // MARK: Arithmetic

    static prefix func - (x: DoubleDouble) -> DoubleDouble { DoubleDouble(high: -x.high, low: -x.low) }

    static func + (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
        let (highs, lows) = (DoubleDouble(sum: x.high, y.high), DoubleDouble(sum: x.low, y.low))
        let first = DoubleDouble(ordered: highs.high, highs.low + lows.high)
        return DoubleDouble(ordered: first.high, lows.low + first.low)
    }

    static func - (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble { x + -y }

    static func * (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
        let product = DoubleDouble(product: x.high, y.high)
        let cross = (x.low * y.low).addingProduct(x.high, y.low).addingProduct(x.low, y.high)
        return DoubleDouble(ordered: product.high, product.low + cross)
    }

    static func / (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
        let quotient = x.high / y.high
        let rest = x - y * DoubleDouble(quotient)
        return DoubleDouble(ordered: quotient, rest.high / y.high)
    }
}

extension DoubleDouble {
    static func sum(_ values: some Sequence<DoubleDouble>) -> DoubleDouble { values.reduce(zero, +) }
    static func sum(_ values: some Sequence<Double>) -> DoubleDouble { values.reduce(zero) { $0 + DoubleDouble($1) } }

    static func squares(_ values: [Double]) -> DoubleDouble { sum(values.lazy.map { DoubleDouble(product: $0, $0) }) }

    static func mean(_ values: [Double]) -> DoubleDouble { sum(values) / DoubleDouble(Double(values.count)) }

    /// Σ(x − mean)²; exactly 0 where all values are equal.
    static func squaredDeviations(_ values: [Double]) -> DoubleDouble {
        let mean = mean(values)
        return withoutNoise(sum(values.lazy.map { (DoubleDouble($0) - mean).squared }), of: values)
    }

    /// A sum of squares of differences between values, or zero where rounding alone explains it: different doubles
    /// differ by more than 10⁻¹⁶ of themselves, and this arithmetic errs by 10⁻³¹.
    static func withoutNoise(_ squares: DoubleDouble, of values: [Double]) -> DoubleDouble {
        let largest = values.reduce(0) { max($0, abs($1)) }
        return squares.high.squareRoot() <= 1e-25 * largest * Double(values.count).squareRoot() ? zero : squares
    }
}
