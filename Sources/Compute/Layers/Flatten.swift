/// `[channels, height, width]` to `[channels · height · width]`, channels slowest, as PyTorch's `flatten`.
public struct Flatten: Layer {
    public static let kind = "flatten"

    public init() {}

    public func outputShape(of inputs: [[Int]]) throws -> [Int] { [try ShapeRule.single(inputs).reduce(1, *)] }

    public func window(for inputs: [[Int]]) -> Window? {
        inputs[0].count == 3 ? Window(Extent(inputs[0][1], inputs[0][2]), padding: .valid) : nil
    }
}

// MARK: Lowering

extension Flatten {
    /// Plain order is the vector; the gradient goes back into the map format.
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let input = try plan.value(operation.inputs[0])
        let (trueMap, plain) =
            input.isMap
            ? (try plan.layout(input.shape, .map), try plan.layout(input.shape, .plain))
            : (input.placed.layout, input.placed.layout)
        let flat = try plan.reordered(Placed(layout: trueMap, buffer: input.placed.buffer), to: plain)
        let shape = plan.graph.nodes[operation.result].shape
        let vector = Placed(layout: try plan.layout(shape, .plain), buffer: flat.buffer)
        plan.bind(
            operation.result, to: Value(shape: shape, isMap: false, placed: vector), within: operation.inputs[0])
        plan.onGradient(of: operation.result) { plan, gradient in
            guard plan.needsGradient(operation.inputs[0]) else { return }
            let map = try plan.reordered(Placed(layout: plain, buffer: gradient.buffer), to: trueMap)
            plan.contribute(Placed(layout: input.placed.layout, buffer: map.buffer), to: operation.inputs[0])
        }
    }
}
