/// Fully connected layer: `y = W x + b`, W of shape `[features, incoming]`.
///
/// Weights and biases start uniform in ±1/√incoming, as PyTorch's `nn.Linear`.
public struct Linear: Layer {
    public static let kind = "linear"
    /// Outputs.
    public var features: Int
    public var bias: Bool

    public init(_ features: Int, bias: Bool = true) {
        self.features = features
        self.bias = bias
    }

    public var settings: String { "\(features)\(bias ? "" : ", no bias")" }

    public func outputShape(of inputs: [[Int]]) throws -> [Int] {
        let shape = try ShapeRule.single(inputs)
        guard shape.count == 1 else {
            throw ComputeError(
                .badGraph, "takes [features], got \(shape)", remedy: "put global_pool() or flatten() before it")
        }
        guard features > 0 else { throw ComputeError(.badGraph, "features must be positive, got \(features)") }
        return [features]
    }

    public func parameters(for inputs: [[Int]]) -> [ParameterSpec] {
        let incoming = inputs[0][0]
        let bound = Initializer.uniform(bound: 1 / Float(incoming).squareRoot())
        let weight = ParameterSpec("weight", [features, incoming], initial: bound, decays: true)
        return bias ? [weight, ParameterSpec("bias", [features], initial: bound)] : [weight]
    }

    public func multiplyAdds(for inputs: [[Int]]) -> Int { inputs[0][0] * features }
}

// MARK: Lowering

extension Linear {
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let input = try plan.value(operation.inputs[0])
        let weightShape = [features, input.shape[0]]
        var result = try plan.newValue([features])
        result.isShared = plan.training && operation.activation != nil
        let shape = DNN.Primitive.LinearShape(
            source: input.placed.layout, weights: try DNN.Layout(weightShape, .any, in: plan.context),
            bias: bias ? try DNN.Layout([features], .plain, in: plan.context) : nil,
            destination: result.placed.layout)
        let forward = try DNN.Primitive(
            linear: shape, training: plan.training, fused: DNN.Fused(activation: operation.activation), in: plan.context
        )
        let weight = plan.parameter(
            "weight", of: operation.node, stored: weightShape, layout: try forward.needed(.weights),
            plain: try DNN.Layout(weightShape, .plain, in: plan.context))
        let offset = bias ? try plan.channelParameter("bias", of: operation.node, channels: features) : nil
        try plan.emit(
            Self.kind, forward,
            [(.source, input.placed), (.weights, weight.value), (.destination, result.placed)]
                + (offset.map { [(.bias, $0.value)] } ?? []))
        plan.bind(operation.result, to: result)

        plan.onGradient(of: operation.result) { [result] plan, gradient in
            let inner = try plan.gradient(gradient, before: operation.activation, of: result.placed)
            try weightGradient(shape, forward, input.placed, inner, weight, offset, &plan)
            guard plan.needsGradient(operation.inputs[0]) else { return }
            let backward = try DNN.Primitive(linearData: shape, forward: forward)
            let turned = try plan.reordered(weight.value, to: backward.needed(.weights))
            let before = plan.place(input.placed.layout)
            try plan.emit(
                "source gradient", backward,
                [(.weights, turned), (.gradientOfDestination, inner), (.gradientOfSource, before)])
            plan.contribute(before, to: operation.inputs[0])
        }
    }

    private func weightGradient(
        _ shape: DNN.Primitive.LinearShape, _ forward: DNN.Primitive, _ source: Placed, _ gradient: Placed,
        _ weight: PlanParameter, _ offset: PlanParameter?, _ plan: inout Lowering
    ) throws {
        guard let target = weight.gradient else { return }
        let backward = try DNN.Primitive(linearWeights: shape, forward: forward)
        let chosen = try backward.needed(.gradientOfWeights)
        let result = chosen == target.layout ? target : plan.place(chosen)
        var operands: [(DNN.Argument, Placed)] = [
            (.source, source), (.gradientOfDestination, gradient), (.gradientOfWeights, result),
        ]
        if let target = offset?.gradient { operands.append((.gradientOfBias, target)) }
        try plan.emit("weight gradient", backward, operands)
        if result.buffer != target.buffer { try plan.reorder(result, to: target) }
    }
}
