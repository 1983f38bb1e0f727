/// Drops whole branches (Larsson et al. 2017, arXiv 1605.07648; NASNet's ScheduledDropPath): in training the values of an
/// example are zeroed together with probability `rate` and otherwise divided by `1 − rate`; in inference it is the identity.
public struct DropPath: Layer {
    public static let kind = "drop_path"
    public var rate: Float

    public init(rate: Float) { self.rate = rate }

    public var settings: String { "\(rate)" }

    public func outputShape(of inputs: [[Int]]) throws -> [Int] {
        guard rate >= 0, rate < 1 else { throw ComputeError(.badGraph, "rate must lie in [0, 1), got \(rate)") }
        return try ShapeRule.single(inputs)
    }
}

// MARK: Lowering

extension DropPath {
    /// Masks depend on seed, node and step alone, one draw an example.
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let value = try plan.usual(operation.inputs[0])
        guard plan.training, rate > 0 else {
            plan.bind(operation.result, to: value, within: operation.inputs[0])
            plan.onGradient(of: operation.result) { $0.contribute($1, to: operation.inputs[0]) }
            return
        }
        let mask = plan.place(try DNN.Layout([plan.batch], .plain, in: plan.context))
        drawMask(into: mask, called: plan.graph.nodes[operation.node].name, &plan)
        let result = try plan.newValue(value.shape)
        multiply(value.placed, mask, into: result.placed, Self.kind, &plan)
        plan.bind(operation.result, to: result)
        plan.onGradient(of: operation.result) { plan, gradient in
            guard plan.needsGradient(operation.inputs[0]) else { return }
            let before = plan.place(gradient.layout)
            multiply(gradient, mask, into: before, "drop_path gradient", &plan)
            plan.contribute(before, to: operation.inputs[0])
        }
    }

    /// Zero with probability `rate`, else `1 / (1 − rate)`.
    private func drawMask(into mask: Placed, called name: String, _ plan: inout Lowering) {
        let (batch, rate, kept) = (plan.batch, Double(rate), 1 / (1 - rate))
        plan.emit("drop_path mask", on: [mask]) { pointers, moment in
            var generator = Philox(seed: moment.seed, purpose: "drop_path \(name)", index: moment.step)
            for example in 0..<batch { pointers[0][example] = generator.uniform() < rate ? 0 : kept }
        }
    }

    /// The batch is the slowest dimension of every layout.
    private func multiply(
        _ source: Placed, _ mask: Placed, into result: Placed, _ action: String, _ plan: inout Lowering
    ) {
        let (batch, count) = (plan.batch, source.layout.bytes / MemoryLayout<Float>.stride / plan.batch)
        plan.emit(action, on: [source, mask, result]) { pointers, _ in
            for example in 0..<batch {
                let (factor, start) = (pointers[1][example], example * count)
                for i in start..<start + count { pointers[2][i] = factor * pointers[0][i] }
            }
        }
    }
}
