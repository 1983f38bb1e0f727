// The arithmetic of single numbers that is more than one machine instruction.

import Glibc

enum Arithmetic {
    /// The remainder with the sign of the divisor, as in R, Julia's `mod` and Python: -1 % 3 is 2.
    @inline(__always)
    static func remainder(_ a: Double, _ b: Double) -> Double {
        // Whole numbers below 2^52 are exact as integers, whose remainder is many times faster. Adding 2^52 shifts the
        // integer into the low bits; when subtracting it again gives the same number, nothing was rounded off.
        if a >= 0, a < 0x1p52, b > 0, b < 0x1p52, (a + 0x1p52) - 0x1p52 == a, (b + 0x1p52) - 0x1p52 == b {
            let mask: UInt64 = 1 << 52 - 1
            let (whole, divisor) = ((a + 0x1p52).bitPattern & mask, (b + 0x1p52).bitPattern & mask)
            return Double(Int64(bitPattern: whole % divisor))
        }
        return slowRemainder(a, b)
    }

    @inline(never)
    private static func slowRemainder(_ a: Double, _ b: Double) -> Double {
        let remainder = fmod(a, b)
        return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
    }

    static func power(_ base: Double, _ exponent: Double) -> Double {
        exponent == 2 ? base * base : pow(base, exponent)
    }
}

extension Comparison {
    @inline(__always)
    func holds(_ a: Double, _ b: Double) -> Bool {
        switch self {
        case .less: a < b
        case .lessEqual: a <= b
        case .greater: a > b
        case .greaterEqual: a >= b
        case .equal: a == b
        case .notEqual: a != b
        }
    }

    /// Equality of any values; order of two numbers or two strings.
    func holds(_ left: Value, _ right: Value) throws -> Bool {
        switch (left, right) {
        case (.number(let a), .number(let b)): return holds(a, b)
        case _ where self == .equal: return Value.areEqual(left, right)
        case _ where self == .notEqual: return !Value.areEqual(left, right)
        case (.string(let a), .string(let b)): return holds(a.text, b.text)
        default:
            let wrong: Value =
                switch (left, right) {
                case (.number, _), (.string, _): right
                default: left
                }
            throw Broadcast.wrongOperand(sign, takes: "two numbers or two strings", wrong)
        }
    }

    private func holds(_ a: String, _ b: String) -> Bool {
        switch self {
        case .less: a < b
        case .lessEqual: a <= b
        case .greater: a > b
        case .greaterEqual: a >= b
        case .equal: a == b
        case .notEqual: a != b
        }
    }

    private var sign: String {
        switch self {
        case .less: "<"
        case .lessEqual: "<="
        case .greater: ">"
        case .greaterEqual: ">="
        case .equal: "=="
        case .notEqual: "!="
        }
    }
}
