// Numbers as text. The plain form is the shortest that reads back as the same double; whole numbers print without
// `.0`. Fixed and scientific forms round as the C library does, exactly.

import Glibc

/// Text forms of a number.
public enum NumberFormat {
    /// Whole numbers from here on, where doubles no longer hold every integer, print with an exponent.
    private static let largestPlain = 1e16

    /// The shortest text that reads back as the number: `3`, `0.1`, `1e-6`, `inf`.
    public static func text(_ number: Double) -> String {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        if abs(number) < largestPlain, number == number.rounded() { return text(Int(number)) }
        let text = number.description
        guard let exponent = text.firstIndex(of: "e"), let power = Int(text[text.index(after: exponent)...]) else {
            return text
        }
        var mantissa = text[..<exponent]
        if mantissa.hasSuffix(".0") { mantissa.removeLast(2) }
        return "\(mantissa)e\(power)"
    }

    /// The digits of a whole number: what most interpolations write. Up to 15 bytes are a small string, which is made
    /// here in half the time of `String(_: Int)`.
    private static func text(_ whole: Int) -> String {
        let capacity = 15
        guard whole.magnitude < 100_000_000_000_000 else { return String(whole) }
        return String(unsafeUninitializedCapacity: capacity) { buffer in
            var rest = whole.magnitude
            var start = capacity
            repeat {
                start -= 1
                buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if whole < 0 {
                start -= 1
                buffer[start] = UInt8(ascii: "-")
            }
            for index in start..<capacity { buffer[index - start] = buffer[index] }
            return capacity - start
        }
    }

    /// With so many decimals.
    public static func fixed(_ number: Double, digits: Int) -> String { print("%.*f", digits, number) }

    /// `1.2e-6`: the exponent without padding zeros.
    public static func scientific(_ number: Double, digits: Int) -> String {
        shortenExponent(print("%.*e", digits, number))
    }

    /// With so many significant digits, without trailing zeros.
    public static func significant(_ number: Double, digits: Int) -> String {
        shortenExponent(print("%.*g", max(digits, 1), number))
    }

    private static func shortenExponent(_ text: String) -> String {
        guard let exponent = text.firstIndex(of: "e"), let power = Int(text[text.index(after: exponent)...]) else {
            return text
        }
        return "\(text[..<exponent])e\(power)"
    }

    private static func print(_ format: String, _ digits: Int, _ number: Double) -> String {
        guard number.isFinite else { return text(number) }
        return withVaList([Int32(clamping: digits), number]) { arguments in
            // The longest: 309 digits before the point, `FormatSpec.largestPrecision` after it.
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
                let count = vsnprintf(buffer.baseAddress, buffer.count, format, arguments)
                let length = min(max(Int(count), 0), buffer.count - 1)
                return String(decoding: buffer[..<length].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            }
        }
    }
}
