/// Inference: a batch normalisation behind a convolution becomes part of its weights and bias.
///
/// `γ (w·x + b − μ) / √(σ² + ε) + β = (s w)·x + (s b + β − s μ)` with `s = γ / √(σ² + ε)` for each output channel.
enum FoldBatchNorm {
    static func apply(to program: inout Program) {
        var index = 0
        while index < program.operations.count {
            let operation = program.operations[index]
            if program.layer(operation) is Convolution, let reader = program.onlyReader(of: operation.result),
                program.layer(program.operations[reader]) is BatchNorm
            {
                program.operations[index].folded = program.operations[reader].node
                program.operations[index].result = program.operations[reader].result
                program.operations.remove(at: reader)
            }
            index += 1
        }
    }

    /// The weights of convolution `name`, each output channel scaled.
    static func weight(of name: String, with layer: BatchNorm, called norm: String, in weights: Weights) throws
        -> Tensor
    {
        var tensor = try weights.tensor("\(name).weight")
        let scale = try scaleAndOffset(layer, norm, weights).scale
        let size = tensor.count / scale.count
        for i in tensor.values.indices { tensor.values[i] *= scale[i / size] }
        return tensor
    }

    /// The bias of convolution `name`, which may have none of its own.
    static func bias(of name: String, with layer: BatchNorm, called norm: String, in weights: Weights) throws -> Tensor
    {
        let (scale, offset) = try scaleAndOffset(layer, norm, weights)
        guard let own = weights["\(name).bias"] else { return Tensor([offset.count], offset) }
        return Tensor([offset.count], offset.indices.map { offset[$0] + scale[$0] * own.values[$0] })
    }

    /// What normalising with running statistics amounts to; in double precision, as it enters every product of the layer.
    private static func scaleAndOffset(
        _ layer: BatchNorm, _ name: String, _ weights: Weights
    ) throws -> (scale: [Float], offset: [Float]) {
        let (beta, mean) = (try weights.tensor("\(name).bias").values, try weights.tensor("\(name).mean").values)
        let variance = try weights.tensor("\(name).variance").values
        let gamma =
            layer.scale
            ? try weights.tensor("\(name).weight").values : [Float](repeating: 1, count: beta.count)
        let scale = zip(gamma, variance).map { Double($0) / (Double($1) + Double(layer.epsilon)).squareRoot() }
        let offset = beta.indices.map { Float(Double(beta[$0]) - scale[$0] * Double(mean[$0])) }
        return (scale.map { Float($0) }, offset)
    }
}

extension Weights {
    /// A parameter that must be there.
    /// - Throws: `.badArgument` naming it.
    func tensor(_ name: String) throws -> Tensor {
        guard let tensor = self[name] else {
            throw ComputeError(.badArgument, "the weights hold no '\(name)'", subject: name)
        }
        return tensor
    }
}
