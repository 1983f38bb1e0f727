/// Lets operations finish what they would otherwise hand on: activations, and in inference residual sums.
///
/// - Activations: behind convolutions, linear layers and sums any; behind batch normalisation ReLU alone, which oneDNN fuses in
///   both directions. Training can do so too, since the gradient of ReLU and ReLU6 follows from the result.
/// - Sums: `conv(x) + y` accumulates into y's memory. Training keeps them apart, as the convolution's result feeds a batch
///   normalisation there.
enum FusePostOps {
    static func apply(to program: inout Program, training: Bool) {
        if !training { fuseSums(in: &program) }
        fuseActivations(in: &program)
    }

    private static func fuseSums(in program: inout Program) {
        for sum in program.operations where program.layer(sum) is Add && sum.inputs.count == 2 {
            guard let first = program.producer(of: sum.inputs[0]), let second = program.producer(of: sum.inputs[1]),
                first != second, let position = program.operations.firstIndex(of: sum)
            else { continue }
            // The later of the two finds the other one ready.
            let (later, earlier) = first > second ? (first, second) : (second, first)
            let operation = program.operations[later]
            guard accumulates(operation, in: program), program.onlyReader(of: operation.result) == position else {
                continue
            }
            program.operations[later].added = program.operations[earlier].result
            program.operations[later].result = sum.result
            program.operations.remove(at: position)
        }
    }

    /// Grouped convolutions other than depthwise ones may want another layout than the maps they would add to.
    private static func accumulates(_ operation: Operation, in program: Program) -> Bool {
        guard let layer = program.layer(operation) as? Convolution, operation.activation == nil, operation.added == nil
        else { return false }
        return layer.groups == .count(1) || layer.groups == .depthwise
    }

    private static func fuseActivations(in program: inout Program) {
        for activation in program.operations {
            guard let layer = program.layer(activation) as? Activation, let input = activation.inputs.first,
                let producer = program.producer(of: input),
                let position = program.operations.firstIndex(of: activation),
                program.operations[producer].activation == nil, program.onlyReader(of: input) == position,
                finishes(program.layer(program.operations[producer]), with: layer.function)
            else { continue }
            program.operations[producer].activation = layer.function
            program.operations[producer].result = activation.result
            program.operations.remove(at: position)
        }
    }

    private static func finishes(_ layer: any Layer, with function: Activation.Function) -> Bool {
        switch layer {
        case is Convolution, is Linear, is Add: true
        case is BatchNorm: function == .relu
        default: false
        }
    }
}
