import Lang

/// `out`: the values that the session's entries had, by their numbers.
final class Outputs: Foreign {
    private var values: [Int: Value] = [:]
    /// In order.
    private(set) var numbers: [Int] = []

    func add(_ value: Value, number: Int) {
        values[number] = value
        numbers.append(number)
    }

    var typeName: String { "outputs" }

    func display(width: Int) -> String { numbers.isEmpty ? "out is empty" : "out has \(phrase)" }

    /// Negative numbers count from the last.
    func lookUp(_ index: Value) throws -> Value? {
        guard let number = index.asNumber.flatMap({ Int(exactly: $0) }) else {
            throw NativeError("'out' takes the number of an entry")
        }
        let wanted = number < 0 && numbers.count + number >= 0 ? numbers[numbers.count + number] : number
        if let value = values[wanted] { return value }
        throw NativeError(
            "there is no out[\(number)]",
            help: numbers.isEmpty ? "no entry has had a value yet" : "entries with a value: \(phrase)")
    }

    /// "1..4, 7, 8"
    private var phrase: String {
        var runs: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = runs.last, last.upperBound == number - 1 {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        return runs.map { run in
            run.count > 2 ? "\(run.lowerBound)..\(run.upperBound)" : run.map { "\($0)" }.joined(separator: ", ")
        }.joined(separator: ", ")
    }
}
