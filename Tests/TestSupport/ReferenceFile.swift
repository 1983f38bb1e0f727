import Foundation

/// Values that a script under Tests/Reference made, read from the JSON file beside it.
public enum ReferenceFile {
    /// - Parameter path: within Tests/Reference, e.g. "linear/logistic.json".
    public static func read<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) throws -> Value {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try JSONDecoder().decode(type, from: Data(contentsOf: tests.appendingPathComponent("Reference/" + path)))
    }
}

/// Whether `value` is within a relative or an absolute tolerance of `expected`; NaN equals only NaN.
public func isClose(
    _ value: Double, _ expected: Double, relative: Double = 1e-10, absolute: Double = 0
) -> Bool {
    if value.isNaN || expected.isNaN { return value.isNaN && expected.isNaN }
    return value == expected || abs(value - expected) <= max(relative * abs(expected), absolute)
}
