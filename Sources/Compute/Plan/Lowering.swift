/// The state of turning operations into engine steps: what layers see in `Layer.lower`.
///
/// A layer asks for the values it reads, makes its primitives, emits steps, binds its result, and in training pushes on the
/// tape what computes its gradients; the tape is played backwards after the last forward step. Nothing here touches memory:
/// buffers are numbers until `PlanMemory` has seen how long each lives.
///
/// Layout rule (the table in oneDNN's `memory_format_propagation` example): convolutions choose, everything else follows. A
/// value is either plain or in the map format with channels filling whole blocks; the lanes beyond the true channels are zero.
/// They stay zero through every layer, because padded weights, γ and β are zero: so oneDNN sees round channel counts only and
/// never falls back to its reference implementations, as it does for convolutions of fewer than 16 channels, sums and concats.
public struct Lowering {
    let graph: Graph
    let batch: Int
    let training: Bool
    /// Replaces the layers' own when given.
    let batchNormMomentum: Float?
    let context: DNN.Context

    private(set) var steps: [Step] = []
    private(set) var buffers: [Buffer] = []
    private(set) var parameters: [PlanParameter] = []
    private var values: [Int: Value] = [:]
    private var maps: [Int: Value] = [:]
    /// How often a value is read in all, and from now on.
    private var reads: [Int: Int] = [:]
    private var readsLeft: [Int: Int] = [:]
    private var tape: [(result: Int, play: Gradient)] = []
    private var gradients: [Int: [Placed]] = [:]
    private let needGradient: [Bool]
    /// Path of the operation at work, for names of steps and errors.
    private var subject = ""

    /// Emits the steps that take the gradient of an operation's result to its inputs and parameters.
    typealias Gradient = (_ plan: inout Lowering, _ gradient: Placed) throws -> Void

    init(_ program: Program, batch: Int, training: Bool, batchNormMomentum: Float? = nil, in context: DNN.Context) {
        graph = program.graph
        self.batch = batch
        self.training = training
        self.batchNormMomentum = batchNormMomentum
        self.context = context
        for value in program.operations.flatMap(\.reads) + program.observed { reads[value, default: 0] += 1 }
        readsLeft = reads
        var need = [Bool](repeating: false, count: graph.nodes.count)
        for (index, node) in graph.nodes.enumerated() {
            let trained = node.layer.parameters(for: graph.inputShapes(of: node)).contains(where: \.trained)
            need[index] = trained || node.inputs.contains { need[$0] }
        }
        needGradient = need
    }

    /// Lowers one operation; errors name its node.
    mutating func lower(_ operation: Operation) throws {
        let node = graph.nodes[operation.node]
        subject = node.name
        do {
            try node.layer.lower(operation, into: &self)
        } catch var error as ComputeError {
            error.subject = error.subject ?? "\(node.name) (\(node.layer.label))"
            throw error
        }
        for value in operation.reads { readsLeft[value, default: 0] -= 1 }
    }

    // MARK: Values

    /// The batch first.
    func batched(_ shape: [Int]) -> [Int] { [batch] + shape }

    /// The layout of a map whose channels fill whole blocks.
    func mapLayout(_ shape: [Int]) throws -> DNN.Layout {
        try DNN.Layout([batch, context.rounded(shape[0]), shape[1], shape[2]], .map, in: context)
    }

    func layout(_ shape: [Int], _ format: DNN.Format) throws -> DNN.Layout {
        try DNN.Layout(batched(shape), format, in: context)
    }

    /// A new value in the format that values of this shape have: maps in the map format, vectors plain.
    mutating func newValue(_ shape: [Int]) throws -> Value {
        let layout = shape.count == 3 ? try mapLayout(shape) : try layout(shape, .plain)
        return Value(shape: shape, isMap: shape.count == 3, placed: place(layout))
    }

    /// A buffer for a layout, planned by the steps that touch it.
    mutating func place(_ layout: DNN.Layout) -> Placed {
        buffers.append(Buffer(bytes: layout.bytes, isPersistent: false))
        return Placed(layout: layout, buffer: buffers.count - 1)
    }

    mutating func bind(_ result: Int, to value: Value) { values[result] = value }

    /// Binds a value that lies in the memory of `source`: nobody may overwrite it under either name.
    mutating func bind(_ result: Int, to value: Value, within source: Int) {
        values[source]?.isShared = true
        values[result] = value
        values[result]?.isShared = true
    }

    /// The value of a node, in whatever format it has.
    func value(_ node: Int) throws -> Value {
        guard let value = values[node] else {
            throw ComputeError(.engine, "the value of '\(graph.nodes[node].name)' is not computed yet")
        }
        return value
    }

    /// The value of a node in its usual format: maps in the map format.
    mutating func usual(_ node: Int) throws -> Value {
        let value = try self.value(node)
        guard value.shape.count == 3, !value.isMap else { return value }
        if let known = maps[node] { return known }
        let placed = try reordered(value.placed, to: try layout(value.shape, .map))
        let map = Value(
            shape: value.shape, isMap: true, placed: Placed(layout: try mapLayout(value.shape), buffer: placed.buffer))
        maps[node] = map
        return map
    }

    /// Whether an operation that reads `node` may write its result over it: it is the last reader, and in training the only
    /// one, since gradients of the others may need what they read.
    func mayOverwrite(_ node: Int) -> Bool {
        guard let value = values[node], !value.isShared, !(graph.nodes[node].layer is Input) else { return false }
        return (training ? reads[node] : readsLeft[node]) == 1
    }

    // MARK: Steps

    /// Runs `primitive` on operands; its scratchpad is added.
    mutating func emit(
        _ action: String, _ primitive: DNN.Primitive, _ operands: [(DNN.Argument, Placed)]
    ) throws {
        var all = operands
        if let scratchpad = try primitive.layout(.scratchpad) { all.append((.scratchpad, place(scratchpad))) }
        steps.append(Step(subject: subject, action: action, work: .primitive(primitive, all)))
    }

    /// Runs a function of our own on buffers, in the given order.
    mutating func emit(_ action: String, on buffers: [Placed], _ kernel: @escaping Kernel) {
        steps.append(Step(subject: subject, action: action, work: .kernel(buffers, kernel)))
    }

    /// The same values in another layout; `placed` itself when it has that layout already.
    mutating func reordered(_ placed: Placed, to layout: DNN.Layout) throws -> Placed {
        guard placed.layout != layout else { return placed }
        let result = place(layout)
        try reorder(placed, to: result)
        return result
    }

    /// Copies between layouts into a buffer that exists.
    mutating func reorder(_ source: Placed, to destination: Placed) throws {
        let primitive = try DNN.Primitive(reorder: source.layout, to: destination.layout, in: context)
        try emit("reorder", primitive, [(.source, source), (.destination, destination)])
    }

    // MARK: Parameters

    /// Memory for a parameter of `node`, filled from the weights when they are loaded.
    /// - Parameters:
    ///   - stored: the parameter's shape with padded lanes.
    ///   - layout: what the primitive wants; holds as many values as `stored`.
    ///   - plain: the row-major layout of `stored`, with the layout's number of dimensions.
    ///   - source: values other than the parameter's own, e.g. with a batch normalisation folded in.
    mutating func parameter(
        _ name: String, of node: Int, stored: [Int], layout: DNN.Layout, plain: DNN.Layout,
        source: PlanParameter.Source? = nil
    ) -> PlanParameter {
        let owner = graph.nodes[node]
        let spec = owner.layer.parameters(for: graph.inputShapes(of: owner)).first { $0.name == name }
        let full = "\(owner.name).\(name)"
        let isTrained = training && spec?.trained == true
        let parameter = PlanParameter(
            name: full, spec: source == nil ? spec : nil, stored: stored, plain: plain, value: persistent(layout),
            gradient: isTrained ? persistent(layout) : nil, source: source)
        parameters.append(parameter)
        return parameter
    }

    /// A parameter with a value for each channel of a map.
    mutating func channelParameter(
        _ name: String, of node: Int, channels: Int, source: PlanParameter.Source? = nil
    ) throws -> PlanParameter {
        let layout = try DNN.Layout([channels], .plain, in: context)
        return parameter(name, of: node, stored: [channels], layout: layout, plain: layout, source: source)
    }

    private mutating func persistent(_ layout: DNN.Layout) -> Placed {
        buffers.append(Buffer(bytes: layout.bytes, isPersistent: true))
        return Placed(layout: layout, buffer: buffers.count - 1)
    }

    // MARK: Gradients

    /// Whether anything trained lies at or before `node`.
    func needsGradient(_ node: Int) -> Bool { training && needGradient[node] }

    /// What to do with the gradient of `result` once it is known; ignored outside training.
    mutating func onGradient(of result: Int, _ play: @escaping Gradient) {
        if training { tape.append((result, play)) }
    }

    /// Adds to the gradient of a node; never overwritten afterwards, so that one buffer may serve several nodes.
    mutating func contribute(_ gradient: Placed, to node: Int) { gradients[node, default: []].append(gradient) }

    /// Plays the tape backwards from the gradient of the output.
    mutating func playBackwards() throws {
        for (result, play) in tape.reversed() {
            guard let parts = gradients.removeValue(forKey: result), let first = parts.first else { continue }
            subject = graph.nodes[result].name
            let total = try parts.dropFirst().reduce(first) { try sum($0, $1) }
            try play(&self, total)
        }
        tape = []
    }

    /// The gradient before a fused activation, from the one behind it and the result.
    mutating func gradient(
        _ gradient: Placed, before activation: Activation.Function?, of result: Placed
    ) throws -> Placed {
        guard let activation else { return gradient }
        let primitive = try DNN.Primitive(activationBackward: activation, result.layout, in: context)
        let before = place(result.layout)
        try emit(
            "\(activation.rawValue) gradient", primitive,
            [(.destination, result), (.gradientOfDestination, gradient), (.gradientOfSource, before)])
        return before
    }

    private mutating func sum(_ one: Placed, _ other: Placed) throws -> Placed {
        let result = place(one.layout)
        let primitive = try DNN.Primitive(sumOf: one.layout, in: context)
        try emit("gradient sum", primitive, [(.source, one), (.source2, other), (.destination, result)])
        return result
    }
}
