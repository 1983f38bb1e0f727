/// Maximum or mean over a sliding window, a channel at a time.
///
/// The mean divides by the positions inside the map (`includesPadding: false`, TensorFlow's way) or by the window's area
/// (PyTorch's default); maxima never see the padding.
public struct Pooling: Layer {
    public static let kind = "pooling"
    public var function: Function
    public var window: Window
    /// For averages: whether padding counts as zeros in the mean.
    public var includesPadding: Bool

    public enum Function: String, Hashable, Sendable, CaseIterable {
        case maximum = "max_pool"
        case average = "avg_pool"
    }

    public init(_ function: Function, window: Window, includesPadding: Bool = false) {
        self.function = function
        self.window = window
        self.includesPadding = includesPadding
    }

    public var label: String { function.rawValue }
    public var settings: String { "\(window)\(includesPadding ? ", padding counts" : "")" }

    public func outputShape(of inputs: [[Int]]) throws -> [Int] {
        let (channels, size) = try ShapeRule.map(inputs)
        let output = try window.output(of: size)
        let (margins, span) = (window.margins(on: size), window.span)
        // A window that lies in the padding altogether has neither maximum nor mean.
        guard window.dilation == 1, max(margins.top, margins.bottom) < span.height,
            max(margins.left, margins.right) < span.width
        else { throw ComputeError(.badGraph, "pooling takes no dilation and padding smaller than its window") }
        return [channels, output.height, output.width]
    }

    public func window(for inputs: [[Int]]) -> Window? { window }
}

// MARK: Lowering

extension Pooling {
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let input = try plan.usual(operation.inputs[0])
        let result = try plan.newValue(plan.graph.nodes[operation.result].shape)
        try emit(operation, input, result.placed, into: &plan)
        plan.bind(operation.result, to: result)
    }

    /// Pools `input` into `destination`, and its gradient back; the gradient of the result must have `destination`'s layout.
    func emit(
        _ operation: Operation, _ input: Value, _ destination: Placed, into plan: inout Lowering,
        gradientOf arrange: @escaping (inout Lowering, Placed) throws -> Placed = { $1 }
    ) throws {
        let size = Extent(input.shape[1], input.shape[2])
        let forward = try DNN.Primitive(
            pooling: self, source: input.placed.layout, destination: destination.layout, input: size,
            training: plan.training, in: plan.context)
        // Maxima remember where they were found.
        let workspace = try forward.layout(.workspace).map { [(DNN.Argument.workspace, plan.place($0))] } ?? []
        try plan.emit(label, forward, [(.source, input.placed), (.destination, destination)] + workspace)
        plan.onGradient(of: operation.result) { plan, gradient in
            guard plan.needsGradient(operation.inputs[0]) else { return }
            let backward = try DNN.Primitive(
                poolingBackward: self, source: input.placed.layout, destination: destination.layout, input: size,
                forward: forward)
            let before = plan.place(input.placed.layout)
            let arranged = try arrange(&plan, gradient)
            try plan.emit(
                "\(label) gradient", backward,
                [(.gradientOfDestination, arranged), (.gradientOfSource, before)] + workspace)
            plan.contribute(before, to: operation.inputs[0])
        }
    }
}
