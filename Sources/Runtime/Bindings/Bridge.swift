import Compute
import Lang

/// The way between tx values and Swift: errors of the engine become errors of the language, table entries become values.
extension Signature {
    /// A native whose body may throw the engine's, the tables' or the charts' errors.
    static func host(
        _ name: String, group: String, _ summary: String, text: String = "", _ parameters: [Parameter],
        exactlyOne: [String] = [], returns: ParameterKind? = nil, example: String = "",
        body: @escaping (NativeCall) throws -> Value
    ) -> Signature {
        Signature(
            name, group: group, summary: summary, text: text, parameters: parameters, exactlyOne: exactlyOne,
            returns: returns, example: example
        ) { call in
            do {
                return try body(call)
            } catch {
                throw Bridge.languageError(error)
            }
        }
    }
}

enum Bridge {
    static func languageError(_ error: any Error) -> any Error {
        switch error {
        case let error as ComputeError where error.kind == .cancelled: return Interruption()
        case let error as ComputeError:
            let subject = error.subject.map { $0 + ": " } ?? ""
            return NativeError(subject + error.message, help: error.remedy, kind: error.kind.rawValue)
        case let error as TableError: return NativeError(error.message, help: error.help, kind: "table")
        case let error as ChartError: return NativeError(error.message, help: error.help, kind: "chart")
        default: return error
        }
    }

    static func value(_ datum: Datum) -> Value {
        switch datum {
        case .missing: .nothing
        case .number(let number): .number(number)
        case .string(let text): .string(text)
        case .bool(let truth): .bool(truth)
        }
    }

    /// - Throws: `NativeError` naming what cannot stand in a table.
    static func datum(_ value: Value, in place: @autoclosure () -> String) throws -> Datum {
        switch value {
        case .nothing: return .missing
        case .number(let number): return .number(number)
        case .string(let box): return .string(box.text)
        case .bool(let truth): return .bool(truth)
        default:
            throw NativeError("\(place()) takes numbers, strings, true, false or none, got a \(value.typeName)")
        }
    }

    /// A column as a list; missing entries are none, which keeps a full column of numbers packed.
    static func list(_ column: Column) -> Value {
        if case .numbers(let numbers) = column, !numbers.contains(where: \.isNaN) { return .numbers(numbers) }
        return .list(column.entries.map(value))
    }

    static func column(_ list: List, named name: String) throws -> Column {
        if let numbers = list.numbers { return .numbers(numbers) }
        return try Column(list.values.map { try datum($0, in: "column '\(name)'") }, named: name)
    }

    /// A column from what a script says it is: a list, or one value for every row.
    static func column(_ value: Value, rows: Int, named name: String) throws -> Column {
        if let list = value.asList { return try column(list, named: name) }
        return try Column([Datum](repeating: try datum(value, in: "column '\(name)'"), count: rows))
    }
}

/// A native's optional argument whose default is none.
func optional(_ name: String, _ kind: ParameterKind, _ help: String = "") -> Parameter {
    Parameter(name, .optional(kind), default: .nothing, help)
}
