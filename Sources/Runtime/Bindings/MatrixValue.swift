import Compute
import Lang

/// A matrix in a script: rows are its elements.
final class MatrixValue: Foreign {
    let matrix: FeatureMatrix
    /// Further fields: what the function that made the matrix says of it.
    private let facts: [(name: String, value: Double)]

    init(_ matrix: FeatureMatrix, facts: [(name: String, value: Double)] = []) {
        self.matrix = matrix
        self.facts = facts
    }

    var typeName: String { "matrix" }
    var fieldNames: [String] { ["rows", "columns"] + facts.map(\.name) }

    func field(_ name: String) -> Value? {
        switch name {
        case "rows": .number(Double(matrix.rows))
        case "columns": .number(Double(matrix.columns))
        default: facts.first { $0.name == name }.map { .number($0.value) }
        }
    }

    var summary: String { "<matrix \(matrix.rows) × \(matrix.columns)>" }

    func isEqual(to other: any Foreign) -> Bool { (other as? MatrixValue)?.matrix == matrix }

    var count: Int? { matrix.rows }
    func element(at index: Int) -> Value { .numbers(matrix.row(index)) }

    func slice(_ range: Range<Int>) throws -> Value {
        guard !range.isEmpty else { throw NativeError("a matrix has at least one row") }
        return .foreign(MatrixValue(matrix.rows(range)))
    }

    // MARK: Display

    private static let shownRows = 6

    /// Size, further fields, and the first rows as far as they fit.
    func display(width: Int) -> String {
        let title = "matrix \(matrix.rows) × \(matrix.columns)"
        let notes = facts.map { "\($0.name) = \(NumberFormat.significant($0.value, digits: 4))" }
        let rows = (0..<min(matrix.rows, MatrixValue.shownRows)).map { row in
            (0..<min(matrix.columns, width / 2)).map { column in
                NumberFormat.significant(matrix.values[row * matrix.columns + column], digits: 4)
            }
        }
        let cell = rows.joined().map(\.count).max() ?? 1
        let fitting = max(1, (width - 4) / (cell + 2))
        let lines = rows.map { row in
            let cells = row.prefix(fitting).map { "  " + String(repeating: " ", count: cell - $0.count) + $0 }
            return cells.joined() + (fitting < matrix.columns ? "  …" : "")
        }
        let rest = matrix.rows > rows.count ? ["  …"] : []
        return ([([title] + notes).joined(separator: ", ")] + lines + rest).joined(separator: "\n")
    }
}

extension Value {
    static func matrix(_ matrix: FeatureMatrix, facts: [(name: String, value: Double)] = []) -> Value {
        .foreign(MatrixValue(matrix, facts: facts))
    }

    /// The matrix that a value stands for: itself, a list of rows, or a table of numeric columns.
    /// - Throws: `NativeError` and `ComputeError` for what is no full rectangle of finite numbers.
    func matrix(named name: String) throws -> FeatureMatrix {
        do {
            if case .foreign(let object) = self {
                if let known = object as? MatrixValue { return known.matrix }
                if let table = object as? TableValue { return try Value.matrix(of: table.table) }
            }
            guard let list = asList else {
                throw NativeError("'\(name)' takes a matrix, a list of rows or a table of numbers", parameter: name)
            }
            return try FeatureMatrix(
                rows: list.enumerated().map { row, value in
                    guard let numbers = value.asList?.numbers else {
                        throw NativeError(
                            "the rows of '\(name)' are lists of numbers, row \(row) is a \(value.typeName)",
                            parameter: name)
                    }
                    return numbers
                })
        } catch let error as ComputeError {
            throw NativeError("'\(name)': " + error.message, parameter: name, kind: error.kind.rawValue)
        }
    }

    private static func matrix(of table: Table) throws -> FeatureMatrix {
        let columns = try zip(table.names, table.columns).map { name, column in
            guard case .numbers(let numbers) = column else {
                throw TableError(
                    "a matrix takes columns of numbers, '\(name)' has \(column.kind)s",
                    help: "leave it out, or select the columns of numbers")
            }
            return numbers
        }
        if let place = columns.lazy.enumerated().compactMap({ column, numbers in
            numbers.firstIndex(where: \.isNaN).map { (column, $0) }
        }).first {
            throw TableError("column '\(table.names[place.0])' has no number in row \(place.1)")
        }
        return try FeatureMatrix(rows: (0..<table.rowCount).map { row in columns.map { $0[row] } })
    }

    /// Class labels: whole numbers or names.
    func labels(named name: String) throws -> [ClassLabels.Label] {
        guard let list = asList else { throw NativeError("'\(name)' takes a list of labels", parameter: name) }
        if let numbers = list.numbers {
            guard numbers.allSatisfy(\.isFinite) else {
                throw NativeError("a label of '\(name)' is missing", parameter: name)
            }
            return numbers.map { .number($0) }
        }
        return try list.map { value in
            guard let text = value.asString else {
                throw NativeError("'\(name)' takes labels of one kind, numbers or strings", parameter: name)
            }
            return .name(text)
        }
    }
}

extension NativeCall {
    /// A feature matrix in any of its forms.
    func matrix(_ name: String) throws -> FeatureMatrix { try value(name).matrix(named: name) }
    func labels(_ name: String) throws -> ClassLabels { ClassLabels(try value(name).labels(named: name)) }

    /// Work on matrices, which the user may interrupt.
    func computing<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) throws -> Result {
        try Detached.run(check: checkInterruption, work)
    }
}

extension Parameter {
    /// A feature matrix: an example a row.
    static func matrix(_ name: String, _ help: String = "an example a row") -> Parameter {
        Parameter(
            name, .oneOf([.foreign(typeName: "matrix"), .list(of: .numbers), .foreign(typeName: "table")]), help)
    }

    /// Class labels.
    static func labels(_ name: String, _ help: String = "a class an example: numbers or strings") -> Parameter {
        Parameter(name, .oneOf([.numbers, .strings]), help)
    }
}
