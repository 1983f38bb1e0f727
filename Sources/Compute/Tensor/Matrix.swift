/// A row-major matrix of 32-bit floats: features (examples × features) and logits (examples × classes).
public struct Matrix: Hashable, Sendable {
    public var rows: Int
    public var columns: Int
    public var values: [Float]

    public init(rows: Int, columns: Int, values: [Float]) {
        precondition(rows * columns == values.count, "matrix of \(rows) × \(columns) needs \(rows * columns) values")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    public init(zeros rows: Int, _ columns: Int) {
        self.init(rows: rows, columns: columns, values: [Float](repeating: 0, count: rows * columns))
    }

    public subscript(row: Int, column: Int) -> Float {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }

    /// The rows at `indices`, in that order.
    public func selecting(rows indices: [Int]) -> Matrix {
        var picked: [Float] = []
        picked.reserveCapacity(indices.count * columns)
        for row in indices { picked.append(contentsOf: values[row * columns..<(row + 1) * columns]) }
        return Matrix(rows: indices.count, columns: columns, values: picked)
    }
}
