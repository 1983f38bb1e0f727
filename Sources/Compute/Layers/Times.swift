/// `factor · x`: scales residual branches down before they are added (Szegedy et al. 2016, arXiv 1602.07261, section 3.3).
public struct Times: Layer {
    public static let kind = "times"
    public var factor: Float

    public init(_ factor: Float) { self.factor = factor }

    public var settings: String { "\(factor)" }

    public func outputShape(of inputs: [[Int]]) throws -> [Int] {
        guard factor.isFinite else { throw ComputeError(.badGraph, "the factor must be finite, got \(factor)") }
        return try ShapeRule.single(inputs)
    }
}

// MARK: Lowering

extension Times {
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let input = try plan.usual(operation.inputs[0])
        let result = plan.mayOverwrite(operation.inputs[0]) ? input : try plan.newValue(input.shape)
        multiply(input.placed, into: result.placed, Self.kind, &plan)
        plan.bind(operation.result, to: result)
        plan.onGradient(of: operation.result) { plan, gradient in
            guard plan.needsGradient(operation.inputs[0]) else { return }
            let before = plan.place(gradient.layout)
            multiply(gradient, into: before, "times gradient", &plan)
            plan.contribute(before, to: operation.inputs[0])
        }
    }

    private func multiply(_ source: Placed, into result: Placed, _ action: String, _ plan: inout Lowering) {
        let (count, factor) = (source.layout.bytes / MemoryLayout<Float>.stride, factor)
        plan.emit(action, on: [source, result]) { pointers, _ in
            for i in 0..<count { pointers[1][i] = factor * pointers[0][i] }
        }
    }
}
