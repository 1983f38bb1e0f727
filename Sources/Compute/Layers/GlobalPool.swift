/// Mean over all positions of each channel (Lin et al. 2013, arXiv 1312.4400): `[channels, height, width]` to `[channels]`.
public struct GlobalPool: Layer {
    public static let kind = "global_pool"

    public init() {}

    public func outputShape(of inputs: [[Int]]) throws -> [Int] { [try ShapeRule.map(inputs).channels] }

    public func window(for inputs: [[Int]]) -> Window? {
        Window(Extent(inputs[0][1], inputs[0][2]), padding: .valid)
    }
}

// MARK: Lowering

extension GlobalPool {
    /// Pools to a 1×1 map, whose channels in plain order are the vector.
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let input = try plan.usual(operation.inputs[0])
        let size = Extent(input.shape[1], input.shape[2])
        let pointShape = [input.shape[0], 1, 1]
        let point = try plan.newValue(pointShape)
        // The same memory without the lanes that round the channels up.
        let trueMap = try plan.layout(pointShape, .map)
        let pooling = Pooling(.average, window: Window(size, padding: .valid))
        try pooling.emit(operation, input, point.placed, into: &plan) { plan, gradient in
            let plain = Placed(layout: try plan.layout(pointShape, .plain), buffer: gradient.buffer)
            let map = try plan.reordered(plain, to: trueMap)
            return Placed(layout: point.placed.layout, buffer: map.buffer)
        }
        let vector = try plan.reordered(
            Placed(layout: trueMap, buffer: point.placed.buffer), to: plan.layout(pointShape, .plain))
        let layout = try plan.layout([input.shape[0]], .plain)
        plan.bind(
            operation.result,
            to: Value(
                shape: [input.shape[0]], isMap: false, placed: Placed(layout: layout, buffer: vector.buffer)))
    }
}
