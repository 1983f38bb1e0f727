/// Element-wise nonlinearity: `relu(x) = max(0, x)`, `relu6(x) = min(max(0, x), 6)` (Krizhevsky 2010).
public struct Activation: Layer {
    public static let kind = "activation"
    public var function: Function

    public enum Function: String, Hashable, Sendable, CaseIterable {
        case relu, relu6
    }

    public init(_ function: Function) { self.function = function }

    public var label: String { function.rawValue }

    public func outputShape(of inputs: [[Int]]) throws -> [Int] { try ShapeRule.single(inputs) }
}

// MARK: Lowering

extension Activation {
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let input = try plan.usual(operation.inputs[0])
        var result = plan.mayOverwrite(operation.inputs[0]) ? input : try plan.newValue(input.shape)
        // The gradient is read off the result.
        result.isShared = plan.training
        let forward = try DNN.Primitive(activation: function, input.placed.layout, in: plan.context)
        try plan.emit(label, forward, [(.source, input.placed), (.destination, result.placed)])
        plan.bind(operation.result, to: result)
        plan.onGradient(of: operation.result) { [result] plan, gradient in
            guard plan.needsGradient(operation.inputs[0]) else { return }
            plan.contribute(
                try plan.gradient(gradient, before: function, of: result.placed), to: operation.inputs[0])
        }
    }
}
