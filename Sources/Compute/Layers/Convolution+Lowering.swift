/// How a convolution becomes oneDNN primitives: forward (with folded batch normalisation, bias, sum and activation), and the
/// gradients of weights, bias and source. oneDNN chooses the layouts of weights, of plain images and of odd groups
/// (`format_tag::any`); all other maps are in the map format, which it chose once for all (see `cdnn_context_create`): left to
/// itself it likes other formats for inference here and there, no faster, and each change costs a reorder.
extension Convolution {
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let convolution = try LoweredConvolution(self, operation, in: &plan)
        try convolution.emitForward(in: &plan)
        plan.onGradient(of: operation.result) { plan, gradient in
            try convolution.emitGradients(of: gradient, in: &plan)
        }
    }
}

private struct LoweredConvolution {
    private let layer: Convolution
    private let operation: Operation
    private let storage: Storage
    private let forward: DNN.Primitive
    private let source: Placed
    private let weights: PlanParameter
    private let bias: PlanParameter?
    private let destination: Placed
    /// The destination in the map format: as oneDNN sees it, and as the plan's value.
    private let usual: Placed
    private let result: Value

    init(_ layer: Convolution, _ operation: Operation, in plan: inout Lowering) throws {
        self.layer = layer
        self.operation = operation
        let hasBias = layer.bias || operation.folded != nil
        let input: Value
        (input, storage, forward) = try LoweredConvolution.chosen(layer, operation, bias: hasBias, &plan)
        source = try plan.reordered(storage.view(input, plan), to: forward.needed(.source))
        let folded = LoweredConvolution.folded(operation, in: plan.graph)
        weights = plan.parameter(
            "weight", of: operation.node, stored: storage.stored, layout: try forward.needed(.weights),
            plain: try DNN.Layout(storage.weights, .plain, in: plan.context), source: folded?.weight)
        bias =
            hasBias
            ? try plan.channelParameter(
                "bias", of: operation.node, channels: storage.destination[1], source: folded?.bias) : nil
        let chosen = try forward.needed(.destination)
        destination = try LoweredConvolution.destination(operation.added, chosen, &plan)
        let map = try DNN.Layout(storage.destination, .map, in: plan.context)
        usual = chosen == map ? destination : plan.place(map)
        let resultShape = plan.graph.nodes[operation.result].shape
        let placed = Placed(layout: try plan.mapLayout(resultShape), buffer: usual.buffer)
        result = Value(
            shape: resultShape, isMap: true, placed: placed,
            isShared: plan.training && operation.activation != nil)
    }

    /// Images of at most three channels stay plain where oneDNN has first-layer kernels for them in all directions that the
    /// plan takes (with AVX2 it has none for one channel's gradient); everything else comes in the map format.
    private static func chosen(
        _ layer: Convolution, _ operation: Operation, bias: Bool, _ plan: inout Lowering
    ) throws -> (Value, Storage, DNN.Primitive) {
        let fused = DNN.Fused(sum: operation.added != nil, activation: operation.activation)
        func made(_ input: Value, _ plan: Lowering) throws -> (Value, Storage, DNN.Primitive) {
            let storage = Storage(layer, input: input, plan)
            let shape = try storage.shape(layer, bias: bias, plan)
            return (
                input, storage,
                try DNN.Primitive(convolution: shape, training: plan.training, fused: fused, in: plan.context)
            )
        }
        let value = try plan.value(operation.inputs[0])
        if !value.isMap, value.shape[0] <= 3, layer.groupCount(for: value.shape[0]) == 1 {
            let (input, storage, forward) = try made(value, plan)
            var used = [forward]
            if plan.training {
                var shape = try storage.shape(layer, bias: bias, plan)
                (shape.source, shape.destination) = (try forward.needed(.source), try forward.needed(.destination))
                used.append(try DNN.Primitive(convolutionWeights: shape, forward: forward))
            }
            if !used.contains(where: \.isReference) { return (input, storage, forward) }
        }
        return try made(try plan.usual(operation.inputs[0]), plan)
    }

    /// Memory for the result: new, or the value to add to when nobody needs it afterwards, or a copy of that.
    private static func destination(
        _ added: Int?, _ layout: DNN.Layout, _ plan: inout Lowering
    ) throws -> Placed {
        guard let added else { return plan.place(layout) }
        let value = try plan.usual(added)
        if plan.mayOverwrite(added), value.placed.layout == layout { return value.placed }
        let copy = plan.place(layout)
        try plan.reorder(value.placed, to: copy)
        return copy
    }

    func emitForward(in plan: inout Lowering) throws {
        var operands: [(DNN.Argument, Placed)] = [
            (.source, source), (.weights, weights.value), (.destination, destination),
        ]
        if let bias { operands.append((.bias, bias.value)) }
        try plan.emit(layer.label, forward, operands)
        if usual.buffer != destination.buffer { try plan.reorder(destination, to: usual) }
        plan.bind(operation.result, to: result)
    }

    func emitGradients(of gradient: Placed, in plan: inout Lowering) throws {
        let inner = try plan.gradient(gradient, before: operation.activation, of: result.placed)
        let chosen = try plan.reordered(Placed(layout: usual.layout, buffer: inner.buffer), to: destination.layout)
        try emitWeightGradient(from: chosen, in: &plan)
        if plan.needsGradient(operation.inputs[0]) { try emitSourceGradient(from: chosen, in: &plan) }
    }

    private func emitWeightGradient(from gradient: Placed, in plan: inout Lowering) throws {
        guard let target = weights.gradient else { return }
        var shape = try storage.shape(layer, bias: bias != nil, plan)
        (shape.source, shape.destination) = (source.layout, gradient.layout)
        let primitive = try DNN.Primitive(convolutionWeights: shape, forward: forward)
        let chosen = try primitive.needed(.gradientOfWeights)
        let result = chosen == target.layout ? target : plan.place(chosen)
        var operands: [(DNN.Argument, Placed)] = [
            (.source, source), (.gradientOfDestination, gradient), (.gradientOfWeights, result),
        ]
        if let target = bias?.gradient { operands.append((.gradientOfBias, target)) }
        try plan.emit("weight gradient", primitive, operands)
        if result.buffer != target.buffer { try plan.reorder(result, to: target) }
    }

    private func emitSourceGradient(from gradient: Placed, in plan: inout Lowering) throws {
        var shape = try storage.shape(layer, bias: false, plan)
        (shape.source, shape.destination) = (source.layout, gradient.layout)
        let primitive = try DNN.Primitive(convolutionData: shape, forward: forward)
        // Blocks of weights are transposed in this direction: they change every step, so does their copy.
        let turned = try plan.reordered(weights.value, to: primitive.needed(.weights))
        let result = plan.place(source.layout)
        try plan.emit(
            "source gradient", primitive,
            [(.weights, turned), (.gradientOfDestination, gradient), (.gradientOfSource, result)])
        let map = try plan.reordered(result, to: try DNN.Layout(storage.source, .map, in: plan.context))
        let shapeBefore = plan.graph.nodes[operation.inputs[0]].shape
        plan.contribute(
            Placed(layout: try plan.mapLayout(shapeBefore), buffer: map.buffer), to: operation.inputs[0])
    }

    /// Weights and bias with the normalisation behind the convolution folded in.
    private static func folded(
        _ operation: Operation, in graph: Graph
    ) -> (weight: PlanParameter.Source, bias: PlanParameter.Source)? {
        guard let folded = operation.folded, let norm = graph.nodes[folded].layer as? BatchNorm else { return nil }
        let (own, other) = (graph.nodes[operation.node].name, graph.nodes[folded].name)
        return (
            weight: { try FoldBatchNorm.weight(of: own, with: norm, called: other, in: $0) },
            bias: { try FoldBatchNorm.bias(of: own, with: norm, called: other, in: $0) }
        )
    }
}

/// How shapes are declared to oneDNN, with channels rounded up to whole blocks where that is possible.
private struct Storage {
    /// Dimensions with the batch, or the groups, first.
    private(set) var source, weights, destination: [Int]
    /// `weights` with groups and outputs joined: the parameter's own axes.
    private(set) var stored: [Int]
    /// What is asked of source and destination.
    private var sourceFormat, destinationFormat: DNN.Format

    init(_ layer: Convolution, input: Value, _ plan: Lowering) {
        let (incoming, kernel) = (input.shape[0], [layer.window.kernel.height, layer.window.kernel.width])
        let (outgoing, groups) = (layer.outputChannels(for: incoming), layer.groupCount(for: incoming))
        let size = (try? layer.window.output(of: Extent(input.shape[1], input.shape[2]))) ?? 0
        let rounded = plan.context.rounded
        var (ins, outs) = (incoming, outgoing)
        (sourceFormat, destinationFormat) = (input.isMap ? .map : .any, .map)
        if groups == 1 {
            (ins, outs) = (input.isMap ? rounded(incoming) : incoming, rounded(outgoing))
            weights = [outs, ins] + kernel
            stored = weights
        } else if groups == incoming, groups == outgoing {
            (ins, outs) = (rounded(incoming), rounded(outgoing))
            weights = [outs, 1, 1] + kernel
            stored = [outs, 1] + kernel
        } else {
            // Rounding would change which channels share a group, and blocks may straddle groups.
            (sourceFormat, destinationFormat) = (.any, .any)
            weights = [groups, outgoing / groups, incoming / groups] + kernel
            stored = [outgoing, incoming / groups] + kernel
        }
        source = [plan.batch, ins, input.shape[1], input.shape[2]]
        destination = [plan.batch, outs, size.height, size.width]
    }

    /// The input's memory under these dimensions: with or without the lanes that round its channels up.
    func view(_ input: Value, _ plan: Lowering) throws -> Placed {
        let layout = try DNN.Layout(source, input.isMap ? .map : .plain, in: plan.context)
        return Placed(layout: layout, buffer: input.placed.buffer)
    }

    func shape(
        _ layer: Convolution, bias: Bool, _ plan: Lowering
    ) throws -> DNN.Primitive.ConvolutionShape {
        DNN.Primitive.ConvolutionShape(
            source: try DNN.Layout(source, sourceFormat, in: plan.context),
            weights: try DNN.Layout(weights, .any, in: plan.context),
            bias: bias ? try DNN.Layout([destination[1]], .plain, in: plan.context) : nil,
            destination: try DNN.Layout(destination, destinationFormat, in: plan.context),
            window: layer.window, input: Extent(source[2], source[3]))
    }
}
