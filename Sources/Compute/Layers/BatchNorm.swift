/// Batch normalisation (Ioffe and Szegedy 2015, arXiv 1502.03167) over batch and positions, a channel at a time.
///
/// `y = γ · (x − μ) / √(σ² + ε) + β`. Training uses the batch's mean and biased variance; inference the running ones, which
/// training moves by `running = momentum · running + (1 − momentum) · batch` with the unbiased variance. γ and the running
/// variance start from 1, β and the running mean from 0. The paper's comparison shows that γ (`scale`) and the momentum matter.
public struct BatchNorm: Layer {
    public static let kind = "batch_norm"
    /// Whether γ is trained; without it γ = 1.
    public var scale: Bool
    /// Weight of the old running value, TensorFlow's way; PyTorch's momentum is one minus it.
    public var momentum: Float
    public var epsilon: Float
    /// Whether γ starts from 0, so that a residual block begins as the identity (Goyal et al. 2017, section 5.1).
    public var startsAtZero: Bool

    public init(scale: Bool = true, momentum: Float = 0.9, epsilon: Float = 1e-5, startsAtZero: Bool = false) {
        self.scale = scale
        self.momentum = momentum
        self.epsilon = epsilon
        self.startsAtZero = startsAtZero
    }

    public var settings: String {
        "scale \(scale), momentum \(momentum), epsilon \(epsilon)\(startsAtZero ? ", starts at zero" : "")"
    }

    public func outputShape(of inputs: [[Int]]) throws -> [Int] {
        _ = try ShapeRule.map(inputs)
        guard (0...1).contains(momentum) else {
            throw ComputeError(.badGraph, "momentum must lie in [0, 1], got \(momentum)")
        }
        guard epsilon > 0, epsilon.isFinite else {
            throw ComputeError(.badGraph, "epsilon must be positive, got \(epsilon)")
        }
        return inputs[0]
    }

    public func parameters(for inputs: [[Int]]) -> [ParameterSpec] {
        let shape = [inputs[0][0]]
        let gamma = scale ? [ParameterSpec("weight", shape, initial: startsAtZero ? .zeros : .ones)] : []
        return gamma + [
            ParameterSpec("bias", shape, initial: .zeros),
            ParameterSpec("mean", shape, initial: .zeros, trained: false),
            ParameterSpec("variance", shape, initial: .ones, trained: false),
        ]
    }
}

// MARK: Lowering

extension BatchNorm {
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let input = try plan.usual(operation.inputs[0])
        let channels = plan.context.rounded(input.shape[0])
        let relu = operation.activation == .relu
        let forward = try DNN.Primitive(
            batchNorm: input.placed.layout, epsilon: epsilon, relu: relu, training: plan.training, in: plan.context)
        // Without a trained γ oneDNN still scales, by ones (zeros in padded lanes).
        let ones = Tensor([input.shape[0]], [Float](repeating: 1, count: input.shape[0]))
        let gamma = try plan.channelParameter(
            "weight", of: operation.node, channels: channels, source: scale ? nil : { _ in ones })
        let beta = try plan.channelParameter("bias", of: operation.node, channels: channels)
        let running = (
            mean: try plan.channelParameter("mean", of: operation.node, channels: channels),
            variance: try plan.channelParameter("variance", of: operation.node, channels: channels)
        )
        let statistics =
            plan.training
            ? (mean: plan.place(running.mean.value.layout), variance: plan.place(running.variance.value.layout))
            : (mean: running.mean.value, variance: running.variance.value)
        var shared: [(DNN.Argument, Placed)] = [
            (.source, input.placed), (.mean, statistics.mean), (.variance, statistics.variance),
            (.scale, gamma.value), (.shift, beta.value),
        ]
        if let mask = try forward.layout(.workspace) { shared.append((.workspace, plan.place(mask))) }
        let result = try plan.newValue(input.shape)
        try plan.emit(relu ? "batch_norm, relu" : Self.kind, forward, shared + [(.destination, result.placed)])
        plan.bind(operation.result, to: result)
        guard plan.training else { return }
        updateRunning([statistics.mean, statistics.variance, running.mean.value, running.variance.value], input, &plan)

        plan.onGradient(of: operation.result) { [shared] plan, gradient in
            let backward = try DNN.Primitive(
                batchNormBackward: input.placed.layout, epsilon: epsilon, relu: relu, forward: forward)
            let before = plan.place(input.placed.layout)
            let scaleGradient = gamma.gradient ?? plan.place(gamma.value.layout)
            let shiftGradient = beta.gradient ?? plan.place(beta.value.layout)
            try plan.emit(
                "batch_norm gradient", backward,
                shared + [
                    (.gradientOfDestination, gradient), (.gradientOfSource, before), (.gradientOfScale, scaleGradient),
                    (.gradientOfShift, shiftGradient),
                ])
            plan.contribute(before, to: operation.inputs[0])
        }
    }

    /// Moves the running statistics towards the batch's: buffers are batch mean and variance, running mean and variance.
    private func updateRunning(_ buffers: [Placed], _ input: Value, _ plan: inout Lowering) {
        let (channels, momentum) = (input.shape[0], plan.batchNormMomentum ?? self.momentum)
        let count = Float(plan.batch * input.shape[1] * input.shape[2])
        // oneDNN's variance divides by n, the running one estimates the population's.
        let unbiased = count > 1 ? count / (count - 1) : 1
        plan.emit("running statistics", on: buffers) { pointers, _ in
            for c in 0..<channels {
                pointers[2][c] = momentum * pointers[2][c] + (1 - momentum) * pointers[0][c]
                pointers[3][c] = momentum * pointers[3][c] + (1 - momentum) * unbiased * pointers[1][c]
            }
        }
    }
}
