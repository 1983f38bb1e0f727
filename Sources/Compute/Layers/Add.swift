/// Element-wise sum of inputs of one shape: the join of residual blocks (He et al. 2016, arXiv 1512.03385).
public struct Add: Layer {
    public static let kind = "add"

    public init() {}

    public func outputShape(of inputs: [[Int]]) throws -> [Int] {
        let first = try ShapeRule.several(inputs)
        guard inputs.allSatisfy({ $0 == first }) else {
            throw ComputeError(
                .badGraph, "adds inputs of one shape, got \(inputs)",
                remedy: "give the shortcut a 1×1 convolution with the block's channels and stride")
        }
        return first
    }
}

// MARK: Lowering

extension Add {
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let inputs = try operation.inputs.map { try plan.usual($0).placed }
        var result = try plan.newValue(plan.graph.nodes[operation.result].shape)
        result.isShared = plan.training && operation.activation != nil
        var total = inputs[0]
        for (index, term) in inputs.enumerated().dropFirst() {
            let isLast = index == inputs.count - 1
            let primitive = try DNN.Primitive(
                sumOf: term.layout, activation: isLast ? operation.activation : nil, in: plan.context)
            try plan.emit(
                Self.kind, primitive, [(.source, total), (.source2, term), (.destination, result.placed)])
            total = result.placed
        }
        plan.bind(operation.result, to: result)
        plan.onGradient(of: operation.result) { [result] plan, gradient in
            let inner = try plan.gradient(gradient, before: operation.activation, of: result.placed)
            for input in operation.inputs where plan.needsGradient(input) { plan.contribute(inner, to: input) }
        }
    }
}
