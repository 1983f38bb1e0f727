// Functions of lists of numbers: sums, grids, summaries. Sums are compensated (Neumaier 1974), so that a mean of a
// million accuracies is right to the last digit.

extension CoreLibrary {
    static var numbers: [Signature] {
        [cor, cumsum, linspace, logspace, max, mean, median, min, prod, quantile, sd, sum, variance]
    }

    private static let link = "language.md#numbers"
    private static var x: Parameter { Parameter("x", .numbers, "a list of numbers") }

    private static func summary(
        _ name: String, _ summary: String, _ example: String, atLeast count: Int,
        _ compute: @escaping ([Double]) -> Double
    ) -> Signature {
        Signature(
            name, group: "numbers", summary: summary, parameters: [x], returns: .number(), example: example, link: link
        ) { call in
            .number(compute(try numbers(call, "x", atLeast: count)))
        }
    }

    private static func numbers(_ call: NativeCall, _ name: String, atLeast count: Int) throws -> [Double] {
        let numbers = try call.numbers(name)
        guard numbers.count >= count else {
            let least = count == 1 ? "one number" : "\(count) numbers"
            throw NativeError("'\(call.name)' takes a list of at least \(least)", parameter: name)
        }
        return numbers
    }

    private static func sorted(_ call: NativeCall) throws -> [Double] {
        let numbers = try numbers(call, "x", atLeast: 1)
        return try StableSort.sorted(numbers, check: call.checkInterruption) { $0 < $1 }
    }

    // MARK: Sums

    private static var sum: Signature {
        summary("sum", "The sum.", "sum([1, 2, 3])", atLeast: 0) { Summary.sum($0) }
    }

    private static var prod: Signature {
        summary("prod", "The product.", "prod([2, 3, 4])", atLeast: 0) { $0.reduce(1, *) }
    }

    private static var cumsum: Signature {
        Signature(
            "cumsum", group: "numbers", summary: "The sums of the first, the first two, … numbers.", parameters: [x],
            returns: .numbers, example: "cumsum([1, 2, 3])", link: link
        ) { call in
            var total = 0.0
            return .numbers(
                try call.numbers("x").map {
                    total += $0
                    return total
                })
        }
    }

    // MARK: Summaries

    private static var mean: Signature {
        summary("mean", "The arithmetic mean.", "mean([1, 2, 6])", atLeast: 1) { Summary.mean($0) }
    }

    private static var median: Signature {
        Signature(
            "median", group: "numbers", summary: "The middle number.", parameters: [x], example: "median([3, 1, 2])",
            link: link
        ) { call in
            .number(Summary.quantile(try sorted(call), 0.5))
        }
    }

    /// Not `var`, which is a word of the language.
    private static var variance: Signature {
        summary("variance", "The variance of a sample (divided by n - 1).", "variance([1, 2, 6])", atLeast: 2) {
            Summary.variance($0)
        }
    }

    private static var sd: Signature {
        summary("sd", "The standard deviation of a sample (divided by n - 1).", "sd([1, 2, 6])", atLeast: 2) {
            Summary.variance($0).squareRoot()
        }
    }

    private static var quantile: Signature {
        Signature(
            "quantile", group: "numbers", summary: "The number below which a share of the list lies.",
            text:
                "Interpolates linearly between the sorted numbers (definition 7 of Hyndman and Fan 1996, R's default).",
            parameters: [
                x, Parameter("p", .oneOf([.number(0...1), .list(of: .number(0...1))]), "the share or shares"),
            ],
            example: "quantile([1, 2, 3, 4], [25%, 75%])", link: link
        ) { call in
            let sorted = try sorted(call)
            return try Broadcast.map(try call.value("p"), { Summary.quantile(sorted, $0) }, name: "quantile")
        }
    }

    private static var cor: Signature {
        Signature(
            "cor", group: "numbers", summary: "Pearson's correlation of two lists.",
            parameters: [x, Parameter("y", .numbers, "a list of the same length")],
            returns: .number(), example: "cor([1, 2, 3], [2, 4, 7])", link: link
        ) { call in
            let (x, y) = (try numbers(call, "x", atLeast: 2), try call.numbers("y"))
            guard x.count == y.count else {
                throw NativeError("'cor' takes lists of one length, got \(x.count) and \(y.count)", parameter: "y")
            }
            return .number(Summary.correlation(x, y))
        }
    }

    private static var max: Signature {
        extreme("max", "The largest of the numbers, or of the numbers in lists.", "max(3, [1, 5])") {
            Swift.max($0, $1)
        }
    }

    private static var min: Signature {
        extreme("min", "The smallest of the numbers, or of the numbers in lists.", "min(3, [1, 5])") {
            Swift.min($0, $1)
        }
    }

    private static func extreme(
        _ name: String, _ summary: String, _ example: String, _ choose: @escaping (Double, Double) -> Double
    ) -> Signature {
        Signature(
            name, group: "numbers", summary: summary,
            parameters: [.rest("values", .numeric, "numbers and lists of numbers")], example: example, link: link
        ) { call in
            var best: Double?
            for value in try call.values("values") {
                for number in value.asList?.numbers ?? [value.asNumber ?? .nan] {
                    best = best.map { $0.isNaN || number.isNaN ? .nan : choose($0, number) } ?? number
                }
            }
            guard let best else { throw NativeError("'\(call.name)' takes at least one number") }
            return .number(best)
        }
    }

    // MARK: Grids

    private static var linspace: Signature {
        Signature(
            "linspace", group: "numbers", summary: "Numbers at equal distances, both ends included.",
            parameters: grid, returns: .numbers, example: "linspace(0, 1, 5)", link: link
        ) { call in .numbers(try points(call)) }
    }

    private static var logspace: Signature {
        Signature(
            "logspace", group: "numbers", summary: "Powers of ten whose exponents have equal distances.",
            parameters: grid, returns: .numbers, example: "logspace(-3, 2, 6)", link: link
        ) { call in .numbers(try points(call).map { Arithmetic.power(10, $0) }) }
    }

    private static var grid: [Parameter] {
        [
            Parameter("from", .number(), "the first"), Parameter("to", .number(), "the last"),
            Parameter("n", .integer(1...10_000_000), "how many"),
        ]
    }

    /// The last is exactly `to`, whatever rounding does to the steps.
    private static func points(_ call: NativeCall) throws -> [Double] {
        let (from, to, count) = (try call.number("from"), try call.number("to"), try call.integer("n"))
        guard count > 1 else { return [from] }
        return (0..<count).map { $0 == count - 1 ? to : from + (to - from) * Double($0) / Double(count - 1) }
    }
}

/// The numbers behind the summaries.
private enum Summary {
    static func sum(_ numbers: [Double]) -> Double {
        var total = 0.0
        var correction = 0.0
        for number in numbers {
            let next = total + number
            correction += abs(total) >= abs(number) ? (total - next) + number : (number - next) + total
            total = next
        }
        return total.isFinite ? total + correction : total
    }

    static func mean(_ numbers: [Double]) -> Double { sum(numbers) / Double(numbers.count) }

    static func variance(_ numbers: [Double]) -> Double {
        let mean = mean(numbers)
        return sum(numbers.map { ($0 - mean) * ($0 - mean) }) / Double(numbers.count - 1)
    }

    static func correlation(_ x: [Double], _ y: [Double]) -> Double {
        let (meanX, meanY) = (mean(x), mean(y))
        let products = sum(zip(x, y).map { ($0 - meanX) * ($1 - meanY) })
        let squares = sum(x.map { ($0 - meanX) * ($0 - meanX) }) * sum(y.map { ($0 - meanY) * ($0 - meanY) })
        return products / squares.squareRoot()
    }

    static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let position = share * Double(sorted.count - 1)
        let below = Int(position.rounded(.down))
        let above = Swift.min(below + 1, sorted.count - 1)
        return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
    }
}
