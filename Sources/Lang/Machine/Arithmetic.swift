// The arithmetic of single numbers that is more than one machine instruction.

import Glibc

enum Arithmetic {
    /// The remainder with the sign of the divisor, as in R, Julia's `mod` and Python: -1 % 3 is 2.
    static func remainder(_ a: Double, _ b: Double) -> Double {
        if let whole = Int32(exactly: a), let divisor = Int32(exactly: b), divisor > 0 {
            let remainder = whole % divisor
            return Double(remainder < 0 ? remainder + divisor : remainder)
        }
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
        case (.string(let a), .string(let b)): return holds(a, b)
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
