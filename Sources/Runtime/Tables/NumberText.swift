/// Numbers written in decimal, read from bytes: `42`, `-0.5`, `1e-6`. CSV and JSON share it.
///
/// Most numbers of data files have at most 15 significant digits and a small power of ten: both are then exact doubles,
/// and one multiplication or division rounds correctly (Clinger 1990). All others go through the standard library.
struct NumberText {
    /// The digits as a whole number, while they fit.
    private var digits: UInt64 = 0
    private var digitCount = 0
    private var exponent = 0
    private var isNegative = false
    /// Whether neither a point nor an exponent stands in the text.
    private(set) var isInteger = true
    /// Whether the text begins with a zero that another digit follows ("007").
    private(set) var hasLeadingZero = false
    private var isShort: Bool { digitCount <= 19 }

    /// A decimal number that fills the bytes; nil when they are something else.
    /// - Complexity: linear in the number of bytes.
    init?(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        var position = bytes.startIndex
        let end = bytes.endIndex
        if position < end, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
            isNegative = bytes[position] == UInt8(ascii: "-")
            position += 1
        }
        let first = position
        scanDigits(bytes, &position)
        let wholeCount = position - first
        hasLeadingZero = wholeCount > 1 && bytes[first] == UInt8(ascii: "0")
        var fractionCount = 0
        if position < end, bytes[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            let start = position
            scanDigits(bytes, &position)
            fractionCount = position - start
        }
        guard wholeCount + fractionCount > 0 else { return nil }
        if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            guard scanExponent(bytes, &position) else { return nil }
        }
        guard position == end else { return nil }
        exponent -= fractionCount
    }

    /// The double nearest to the number.
    /// - Parameter bytes: those of `init`.
    func value(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Double {
        if isShort, digits <= 1 << 53, abs(exponent) < NumberText.powers.count {
            let magnitude =
                exponent < 0
                ? Double(digits) / NumberText.powers[-exponent] : Double(digits) * NumberText.powers[exponent]
            return isNegative ? -magnitude : magnitude
        }
        return Double(String(decoding: bytes, as: UTF8.self)) ?? .nan
    }

    /// Whether a double holds the whole number: false for long identifiers, which would be changed.
    var isExactInteger: Bool {
        guard isInteger else { return false }
        return digits <= 1 << 53 || isShort && UInt64(exactly: Double(digits)) == digits
    }

    private mutating func scanDigits(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ position: inout Int) {
        while position < bytes.endIndex {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            position += 1
            if digitCount == 0 && digit == 0 { continue }
            digitCount += 1
            if isShort { digits = digits &* 10 &+ UInt64(digit) }
        }
    }

    private mutating func scanExponent(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ position: inout Int) -> Bool {
        var isBelow = false
        if position < bytes.endIndex, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
            isBelow = bytes[position] == UInt8(ascii: "-")
            position += 1
        }
        let start = position
        var power = 0
        while position < bytes.endIndex {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            position += 1
            power = min(power * 10 + Int(digit), 100_000)  // Far beyond any double.
        }
        exponent = isBelow ? -power : power
        return position > start
    }

    /// Powers of ten that are exact doubles.
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
