// Operators on values. Arithmetic works on two numbers, and element by element on lists of numbers of one length and
// on a list with a number; a missing element (`none`) stays missing. Packed lists run in tight loops over plain
// doubles.

enum Broadcast {
    static func operate(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws -> Value {
        switch operation {
        case .equal: return .bool(Value.areEqual(left, right))
        case .notEqual: return .bool(!Value.areEqual(left, right))
        case .less: return .bool(try Comparison.less.holds(left, right))
        case .lessEqual: return .bool(try Comparison.lessEqual.holds(left, right))
        case .greater: return .bool(try Comparison.greater.holds(left, right))
        case .greaterEqual: return .bool(try Comparison.greaterEqual.holds(left, right))
        case .contains: return .bool(try Indexing.contains(right, left))
        case .excludes: return .bool(try !Indexing.contains(right, left))
        case .concat:
            var joined = left
            try Joining.join(right, onto: &joined)
            return joined
        case .add: return try arithmetic(left, right, "+") { $0 + $1 }
        case .subtract: return try arithmetic(left, right, "-") { $0 - $1 }
        case .multiply: return try arithmetic(left, right, "*") { $0 * $1 }
        case .divide: return try arithmetic(left, right, "/") { $0 / $1 }
        case .floorDivide: return try arithmetic(left, right, "//") { ($0 / $1).rounded(.down) }
        case .remainder: return try arithmetic(left, right, "%", Arithmetic.remainder)
        case .power: return try arithmetic(left, right, "^", Arithmetic.power)
        }
    }

    static func negate(_ value: Value) throws -> Value {
        switch value {
        case .number(let number): return .number(-number)
        case .list(let list): return try map(list, "-") { -$0 }
        default:
            throw wrongOperand("-", takes: "numbers and lists of numbers", value)
        }
    }

    /// A function of one number over a number or a list.
    static func map(_ value: Value, _ function: (Double) -> Double, name: String) throws -> Value {
        switch value {
        case .number(let number): return .number(function(number))
        case .list(let list): return try map(list, name, function)
        default: throw wrongOperand(name, takes: "numbers and lists of numbers", value)
        }
    }

    // MARK: Arithmetic

    @inline(__always)
    private static func arithmetic(
        _ left: Value, _ right: Value, _ sign: String, _ compute: (Double, Double) -> Double
    ) throws -> Value {
        switch (left, right) {
        case (.number(let a), .number(let b)): return .number(compute(a, b))
        case (.list(let a), .number(let b)): return try map(a, sign) { compute($0, b) }
        case (.number(let a), .list(let b)): return try map(b, sign) { compute(a, $0) }
        case (.list(let a), .list(let b)): return try zip(a, b, sign, compute)
        default:
            let isLeftWrong = !isNumeric(left)
            throw wrongOperand(sign, takes: "numbers and lists of numbers", isLeftWrong ? left : right)
        }
    }

    private static func isNumeric(_ value: Value) -> Bool {
        switch value {
        case .number, .list: true
        default: false
        }
    }

    @inline(__always)
    private static func map(_ list: List, _ sign: String, _ compute: (Double) -> Double) throws -> Value {
        if let numbers = list.numbers {
            return .numbers(
                vector(numbers.count) { result in
                    numbers.withUnsafeBufferPointer { numbers in
                        for index in 0..<numbers.count { result[index] = compute(numbers[index]) }
                    }
                })
        }
        return .list(
            try list.values.map { value in
                switch value {
                case .number(let number): .number(compute(number))
                case .nothing: .nothing
                default: throw wrongOperand(sign, takes: "numbers and lists of numbers", value, isElement: true)
                }
            })
    }

    @inline(__always)
    private static func zip(
        _ left: List, _ right: List, _ sign: String, _ compute: (Double, Double) -> Double
    ) throws -> Value {
        guard left.count == right.count else {
            let (first, second) = (left.count, right.count)
            throw Fault { RunMessages.differentLengths($0, sign, first, second) }
        }
        if let a = left.numbers, let b = right.numbers {
            return .numbers(
                vector(a.count) { result in
                    a.withUnsafeBufferPointer { a in
                        b.withUnsafeBufferPointer { b in
                            for index in 0..<a.count { result[index] = compute(a[index], b[index]) }
                        }
                    }
                })
        }
        return .list(
            try Swift.zip(left.values, right.values).map { pair in
                switch pair {
                case (.number(let a), .number(let b)): return .number(compute(a, b))
                case (.nothing, .number), (.number, .nothing), (.nothing, .nothing): return .nothing
                case (.number, let wrong), (.nothing, let wrong), (let wrong, _):
                    throw wrongOperand(sign, takes: "numbers and lists of numbers", wrong, isElement: true)
                }
            })
    }

    static let joinHelp = "strings are joined with '++'"

    /// So many numbers, which `fill` computes without bounds checks.
    @inline(__always)
    private static func vector(_ count: Int, _ fill: (UnsafeMutableBufferPointer<Double>) -> Void) -> [Double] {
        [Double](unsafeUninitializedCapacity: count) { buffer, filled in
            fill(buffer)
            filled = count
        }
    }

    static func wrongOperand(
        _ sign: String, takes: String, _ value: Value, isElement: Bool = false, help: String? = nil
    ) -> Fault {
        let got = (isElement ? "a list with " : "") + value.phrase
        let isJoin = value.asString != nil && sign == "+"
        let help = help ?? (isJoin ? joinHelp : nil)
        return Fault { RunMessages.wrongOperand($0, sign, takes: takes, got: got, help: help) }
    }
}
