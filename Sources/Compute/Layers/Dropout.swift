/// Inverted dropout (Srivastava et al. 2014): in training each value is zeroed with probability `rate` and the rest divided
/// by `1 − rate`; in inference it is the identity.
public struct Dropout: Layer {
    public static let kind = "dropout"
    public var rate: Float

    public init(rate: Float) { self.rate = rate }

    public var settings: String { "\(rate)" }

    public func outputShape(of inputs: [[Int]]) throws -> [Int] {
        guard rate >= 0, rate < 1 else { throw ComputeError(.badGraph, "rate must lie in [0, 1), got \(rate)") }
        return try ShapeRule.single(inputs)
    }
}

// MARK: Lowering

extension Dropout {
    /// Masks are drawn in plain order, so that they depend on seed, node and step alone and not on the processor's layouts.
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let value = try plan.usual(operation.inputs[0])
        guard plan.training, rate > 0 else {
            plan.bind(operation.result, to: value, within: operation.inputs[0])
            plan.onGradient(of: operation.result) { $0.contribute($1, to: operation.inputs[0]) }
            return
        }
        let plain = try plan.layout(value.shape, .plain)
        let own = value.isMap ? try plan.layout(value.shape, .map) : plain
        let mask = plan.place(plain)
        drawMask(into: mask, called: plan.graph.nodes[operation.node].name, &plan)
        let arranged = try plan.reordered(mask, to: own)
        let result = try plan.newValue(value.shape)
        multiply(value.placed, arranged, into: result.placed, &plan)
        plan.bind(operation.result, to: result)
        plan.onGradient(of: operation.result) { plan, gradient in
            guard plan.needsGradient(operation.inputs[0]) else { return }
            let before = plan.place(result.placed.layout)
            multiply(gradient, arranged, into: before, &plan)
            plan.contribute(before, to: operation.inputs[0])
        }
    }

    /// Zero with probability `rate`, else `1 / (1 − rate)`.
    private func drawMask(into mask: Placed, called name: String, _ plan: inout Lowering) {
        let (count, rate, kept) = (mask.layout.bytes / MemoryLayout<Float>.stride, Double(rate), 1 / (1 - rate))
        plan.emit("dropout mask", on: [mask]) { pointers, moment in
            var generator = Philox(seed: moment.seed, purpose: "dropout \(name)", index: moment.step)
            for i in 0..<count { pointers[0][i] = generator.uniform() < rate ? 0 : kept }
        }
    }

    private func multiply(_ one: Placed, _ other: Placed, into result: Placed, _ plan: inout Lowering) {
        let count = result.layout.bytes / MemoryLayout<Float>.stride
        plan.emit(Self.kind, on: [one, other, result]) { pointers, _ in
            for i in 0..<count { pointers[2][i] = pointers[0][i] * pointers[1][i] }
        }
    }
}
