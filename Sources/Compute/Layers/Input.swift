/// The network's input: normalised images of one shape. Always node 0, and only there.
public struct Input: Layer {
    public static let kind = "input"
    /// `[channels, height, width]`.
    public var shape: [Int]

    public init(_ shape: [Int]) { self.shape = shape }

    public func outputShape(of inputs: [[Int]]) throws -> [Int] {
        guard inputs.isEmpty else { throw ComputeError(.badGraph, "the input takes no inputs") }
        guard shape.count == 3, shape.allSatisfy({ (1...Input.largest).contains($0) }) else {
            throw ComputeError(
                .badGraph, "the input's shape is [channels, height, width], each in 1...\(Input.largest), got \(shape)")
        }
        return shape
    }

    /// Keeps every product of three sizes far inside 64 bits.
    private static let largest = 16384
}

// MARK: Lowering

extension Input {
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        plan.bind(
            operation.result, to: Value(shape: shape, isMap: false, placed: plan.place(try plan.layout(shape, .plain))))
    }
}
