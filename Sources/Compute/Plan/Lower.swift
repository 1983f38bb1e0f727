/// The passes in order, from graph to steps.
enum Lower {
    /// A plan and where its ends lie.
    struct Result {
        var plan: Lowering
        var input: Placed
        /// Logits, then features in inference or auxiliary logits in training; plain, a row an example.
        var outputs: [Placed]
        /// The gradients of logits and auxiliary logits; none in inference.
        var outputGradients: [Placed]
        /// Steps of the forward direction.
        var forward: Range<Int>
        /// Steps of the backward direction.
        var backward: Range<Int>

        /// When the caller writes images and the logits' gradient and reads the outputs.
        var visits: [PlanMemory.Visit] {
            let between = forward.upperBound
            return [PlanMemory.Visit(buffer: input.buffer, before: 0)]
                + (outputs + outputGradients)
                .map { PlanMemory.Visit(buffer: $0.buffer, before: between) }
        }
    }

    /// For features and logits.
    static func inference(
        _ graph: Graph, batch: Int, in context: DNN.Context, monitor: any Monitor = SilentMonitor()
    ) throws -> Result {
        var program = Program(graph, observed: [graph.output, graph.features], nodes: graph.inferenceNodes)
        FoldBatchNorm.apply(to: &program)
        FusePostOps.apply(to: &program, training: false)
        return try lower(program, Lowering(program, batch: batch, training: false, in: context), monitor)
    }

    /// For logits, and the gradients of all parameters from the logits' gradient.
    static func training(
        _ graph: Graph, batch: Int, batchNormMomentum: Float?, in context: DNN.Context,
        monitor: any Monitor = SilentMonitor()
    ) throws -> Result {
        var program = Program(graph, observed: Set([graph.output] + graph.auxiliaries.map(\.node)))
        FusePostOps.apply(to: &program, training: true)
        let empty = Lowering(
            program, batch: batch, training: true, batchNormMomentum: batchNormMomentum, in: context)
        return try lower(program, empty, monitor)
    }

    /// Steps for operations as they are; `empty` says for which mode.
    static func lower(
        _ program: Program, _ empty: Lowering, _ monitor: any Monitor = SilentMonitor()
    ) throws -> Result {
        var plan = empty
        plan.context.enter()
        for operation in program.operations {
            try monitor.check()
            try plan.lower(operation)
        }
        let graph = program.graph
        let classifiers = [graph.output] + (plan.training ? graph.auxiliaries.map(\.node) : [])
        var outputs = try classifiers.map { try plan.value($0).placed }
        if !plan.training { outputs.append(try plan.plainRows(graph.features)) }
        let forward = 0..<plan.steps.count
        var outputGradients: [Placed] = []
        if plan.training {
            for (node, logits) in zip(classifiers, outputs) {
                outputGradients.append(plan.place(logits.layout))
                plan.contribute(outputGradients[outputGradients.count - 1], to: node)
            }
            try plan.playBackwards()
        }
        return Result(
            plan: plan, input: try plan.value(0).placed, outputs: outputs, outputGradients: outputGradients,
            forward: forward, backward: forward.upperBound..<plan.steps.count)
    }
}

extension Lowering {
    /// The value of a node as rows of plain values.
    fileprivate mutating func plainRows(_ node: Int) throws -> Placed {
        let value = try self.value(node)
        guard value.isMap else { return value.placed }
        let trueMap = Placed(layout: try layout(value.shape, .map), buffer: value.placed.buffer)
        return try reordered(trueMap, to: try layout(value.shape, .plain))
    }
}
