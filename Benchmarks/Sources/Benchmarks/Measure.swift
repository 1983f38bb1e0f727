/// Medians of several runs, after one that does not count.
enum Measure {
    static let runs = 7

    /// Seconds of the median run.
    static func median(_ work: () throws -> Void) rethrows -> Double {
        try work()
        let times = try (0..<runs).map { _ in try ContinuousClock().measure(work) / .seconds(1) }
        return times.sorted()[runs / 2]
    }

    /// Medians of two workloads run in turn, so that a busy machine disturbs both alike.
    static func medians(_ first: () throws -> Void, _ second: () throws -> Void) rethrows -> (Double, Double) {
        try first()
        try second()
        var times: ([Double], [Double]) = ([], [])
        for _ in 0..<runs {
            times.0.append(try ContinuousClock().measure(first) / .seconds(1))
            times.1.append(try ContinuousClock().measure(second) / .seconds(1))
        }
        return (times.0.sorted()[runs / 2], times.1.sorted()[runs / 2])
    }

    /// Three digits and a unit, columns aligned.
    static func report(_ name: String, _ value: Double, _ unit: String, _ remark: String = "") {
        let rounded = value >= 100 ? "\(Int(value.rounded()))" : "\((value * 100).rounded() / 100)"
        let pad = String(repeating: " ", count: max(1, 44 - name.count))
        print("\(name)\(pad)\(rounded) \(unit)\(remark.isEmpty ? "" : "  " + remark)")
    }
}
