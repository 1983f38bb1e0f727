// Functions of numbers that work element by element on lists.

import Glibc

extension CoreLibrary {
    static var elementary: [Signature] {
        [
            elementwise("abs", "The absolute value.", "abs(-3)") { Swift.abs($0) },
            elementwise("sqrt", "The square root.", "sqrt([4, 9])") { $0.squareRoot() },
            elementwise("exp", "e to the power of the number.", "exp(1)") { Glibc.exp($0) },
            elementwise("log", "The natural logarithm.", "log(exp(2))") { Glibc.log($0) },
            elementwise("log2", "The logarithm to base 2.", "log2(8)") { Glibc.log2($0) },
            elementwise("log10", "The logarithm to base 10.", "log10(1000)") { Glibc.log10($0) },
            elementwise("sin", "The sine of an angle in radians.", "sin(pi / 2)") { Glibc.sin($0) },
            elementwise("cos", "The cosine of an angle in radians.", "cos(0)") { Glibc.cos($0) },
            elementwise("tanh", "The hyperbolic tangent.", "tanh(0)") { Glibc.tanh($0) },
            elementwise("floor", "The largest whole number that is not larger.", "floor(-1.5)") { $0.rounded(.down) },
            elementwise("ceil", "The smallest whole number that is not smaller.", "ceil(1.2)") { $0.rounded(.up) },
            elementwise("sign", "-1, 0 or 1.", "sign([-5, 0, 5])") { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 },
            clamp, round,
        ]
    }

    private static let link = "language.md#numbers"

    private static func elementwise(
        _ name: String, _ summary: String, _ example: String, _ function: @escaping (Double) -> Double
    ) -> Signature {
        Signature(name, group: "numbers", summary: summary, example: example, link: link, elementwise: function)
    }

    private static var clamp: Signature {
        Signature(
            "clamp", group: "numbers", summary: "The number, or the nearest bound when it lies outside.",
            parameters: [
                Parameter("x", .numeric, "a number, or a list of numbers"),
                Parameter("low", .number(), "the least"), Parameter("high", .number(), "the most"),
            ], example: "clamp([-1, 0.5, 7], 0, 1)", link: link
        ) { call in
            let (low, high) = (try call.number("low"), try call.number("high"))
            guard low <= high else { throw NativeError("'low' takes a number up to 'high'", parameter: "low") }
            return try Broadcast.map(try call.value("x"), { min(max($0, low), high) }, name: "clamp")
        }
    }

    private static var round: Signature {
        Signature(
            "round", group: "numbers", summary: "The nearest number with so many decimals; halves go to the even one.",
            parameters: [
                Parameter("x", .numeric, "a number, or a list of numbers"),
                Parameter(
                    "digits", .integer(-300...300), default: 0, "decimals; negative ones round to tens, hundreds"),
            ], example: "round(2.71828, 2)", link: link
        ) { call in
            let digits = try call.integer("digits")
            return try Broadcast.map(try call.value("x"), { rounded($0, digits: digits) }, name: "round")
        }
    }

    /// Rounds the decimal text, as R and Python do: 2.675 · 100 would carry its binary error over the half.
    private static func rounded(_ number: Double, digits: Int) -> Double {
        guard number.isFinite else { return number }
        if digits == 0 { return number.rounded(.toNearestOrEven) }
        if digits < 0 {
            let unit = pow(10, Double(-digits))
            return (number / unit).rounded(.toNearestOrEven) * unit
        }
        // More decimals than a double has change nothing.
        return digits > 17 ? number : Double(NumberFormat.fixed(number, digits: digits)) ?? number
    }
}
