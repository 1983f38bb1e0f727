import Compute
import Lang

/// What a bootstrap found, in a script.
final class BootstrapValue: Foreign {
    let bootstrap: Bootstrap
    private let interval: Interval
    private let title: String
    private let examples: Int

    init(_ bootstrap: Bootstrap, _ interval: Interval, title: String, examples: Int) {
        (self.bootstrap, self.interval, self.title, self.examples) = (bootstrap, interval, title, examples)
    }

    var typeName: String { "bootstrap" }
    var fieldNames: [String] { ["estimate", "ci", "se", "bias", "replicates"] }

    func field(_ name: String) -> Value? {
        switch name {
        case "estimate": .number(bootstrap.estimate)
        case "ci": .numbers([interval.low, interval.high])
        case "se": .number(bootstrap.standardError)
        case "bias": .number(bootstrap.bias)
        case "replicates": .numbers(bootstrap.replicates)
        default: nil
        }
    }

    func display(width: Int) -> String {
        var block = RichDisplay(title)
        let ends = [interval.low, interval.high].map { NumberFormat.significant($0, digits: 4) }
        let level = NumberFormat.significant(100 * interval.level, digits: 4)
        block.add("estimate", bootstrap.estimate, remark: "\(level)% interval \(ends[0]) to \(ends[1])")
        block.add("se", bootstrap.standardError)
        block.add("bias", bootstrap.bias)
        block.add("examples", Double(examples))
        block.add("resamples", Double(bootstrap.replicates.count))
        if bootstrap.undefined > 0 { block.note("resamples without a value, left out: \(bootstrap.undefined)") }
        if interval.low.isNaN { block.note("no interval is defined: the statistic does not vary as BCa needs it") }
        return block.text(width: width)
    }
}

/// Intervals by drawing the examples anew.
enum BootstrapNatives {
    private static let group = "Statistics"

    static func signatures(_ session: Session) -> [Signature] { [general(session), line(session)] }

    private static func general(_ session: Session) -> Signature {
        .host(
            "bootstrap", group: group, "How a statistic varies when the examples are drawn anew.",
            text:
                "`f` gets a list or table like `data`, of as many entries drawn with replacement, and returns a number.\n"
                + "\"bca\" corrects percentiles for bias and acceleration (Efron 1987) and calls `f` once more for every\n"
                + "example. Fields: estimate, ci, se, bias, replicates. How results vary from run to run is not in it.",
            [
                Parameter("data", .oneOf([.list(), .foreign(typeName: "table")])), Parameter("f", .function),
                .resamples(), .level(), Parameter("method", .choice(["bca", "percentile"]), default: .string("bca")),
                .seed(),
            ], returns: .foreign(typeName: "bootstrap"),
            example: "bootstrap([3, 1, 4, 1, 5, 9, 2, 6], median, resamples: 999)"
        ) { call in
            let (count, take) = try sampler(call)
            let function = try call.function("f")
            let isCorrected = try call.string("method") == "bca"
            let statistic = { (positions: [Int]) in try number(function(take(positions))) }
            let bootstrap = try Bootstrap(
                of: count, resamples: call.integer("resamples"), seed: call.seed(session), monitor: session.progress,
                statistic: statistic)
            let level = try call.number("level")
            let interval =
                try isCorrected
                ? bootstrap.bcaInterval(jackknife: jackknife(count, statistic, call), level: level)
                : bootstrap.percentileInterval(level: level)
            return .foreign(
                BootstrapValue(
                    bootstrap, interval,
                    title: isCorrected ? "Bootstrap, BCa interval" : "Bootstrap, percentile interval",
                    examples: count))
        }
    }

    private static func jackknife(
        _ count: Int, _ statistic: ([Int]) throws -> Double, _ call: NativeCall
    ) throws -> [Double] {
        guard count > 1 else { return [] }
        return try (0..<count).map { left in
            try call.checkInterruption()
            return try statistic(Array(0..<left) + Array(left + 1..<count))
        }
    }

    /// How many entries the data have, and what takes those at given positions.
    private static func sampler(_ call: NativeCall) throws -> (Int, ([Int]) -> Value) {
        let data = try call.value("data")
        guard let list = data.asList else {
            let table = try call.table("data")
            return (table.rowCount, { .table(table.taking($0)) })
        }
        if let numbers = list.numbers { return (list.count, { .numbers($0.map { numbers[$0] }) }) }
        let values = list.values
        return (list.count, { .list($0.map { values[$0] }) })
    }

    private static func number(_ value: Value) throws -> Double {
        if let number = value.asNumber { return number }
        guard value.isNothing else {
            throw NativeError("'f' must return a number, got a \(value.typeName)", parameter: "f")
        }
        return .nan
    }

    private static func line(_ session: Session) -> Signature {
        .host(
            "bootstrap_line", group: group, "The line through points, with its bootstrap band.",
            text:
                "Points are drawn anew and the line of least squares is fitted again; ends are percentiles (Efron &\n"
                + "Tibshirani 1993). Fields: slope, slope_ci, intercept, intercept_ci, and band, a table of x, fit, low, high.",
            [
                .sample("x"), .sample("y"),
                optional(
                    "at", .numbers, "where the band is wanted; 41 places from the least to the largest x unless given"),
                .resamples(), .level(), .seed(),
            ], returns: .record, example: "bootstrap_line([1, 2, 3, 4], [1, 3, 2, 5], at: [1, 4], resamples: 500).band"
        ) { call in
            let (x, y) = try complete(call)
            let level = try call.number("level")
            let line = try LineBootstrap(
                x, y, resamples: call.integer("resamples"), seed: call.seed(session), monitor: session.progress)
            let (least, most) = (x.min() ?? 0, x.max() ?? 0)
            let places = try call.optionalNumbers("at") ?? (0...40).map { least + (most - least) * Double($0) / 40 }
            let band = try places.map { place in
                try call.checkInterruption()
                return try line.band(at: place, level: level)
            }
            let (slope, intercept) = (
                try line.interval(line.slopes, level: level), try line.interval(line.intercepts, level: level)
            )
            let table = try Table([
                ("x", .numbers(places)), ("fit", .numbers(places.map { line.intercept + line.slope * $0 })),
                ("low", .numbers(band.map(\.low))), ("high", .numbers(band.map(\.high))),
            ])
            return .record([
                "slope": .number(line.slope), "slope_ci": .numbers([slope.low, slope.high]),
                "intercept": .number(line.intercept), "intercept_ci": .numbers([intercept.low, intercept.high]),
                "band": .table(table),
            ])
        }
    }

    /// The points without a missing coordinate.
    private static func complete(_ call: NativeCall) throws -> ([Double], [Double]) {
        let (x, y) = (try call.sample("x"), try call.sample("y"))
        guard x.count == y.count else {
            throw NativeError("'x' has \(x.count) values, 'y' \(y.count)", parameter: "y")
        }
        let kept = x.indices.filter { !x[$0].isNaN && !y[$0].isNaN }
        return (kept.map { x[$0] }, kept.map { y[$0] })
    }
}
