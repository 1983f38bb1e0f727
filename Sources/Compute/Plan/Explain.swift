/// A plan as a table: which implementation oneDNN chose for each step, and in which layouts it works.
public struct PlanRow: Hashable, Sendable {
    /// The node that the step belongs to.
    public var node: String
    /// What the step does, e.g. "convolution", "weight gradient", "reorder".
    public var action: String
    /// oneDNN's name, e.g. "jit:avx512_core"; "own" for kernels of ours. "ref" marks a slow fallback.
    public var implementation: String
    /// Layouts of what it reads and writes, as oneDNN names them, e.g. "source aBcd16b, weights ABcd16b16a".
    public var layouts: String
    /// Bytes of all buffers that it touches.
    public var bytes: Int
}

extension PlanRow {
    init(_ step: Step, _ buffers: [Buffer]) {
        node = step.subject
        action = step.action
        bytes = Set(step.buffers).reduce(0) { $0 + buffers[$1].bytes }
        switch step.work {
        case .kernel(let placed, _):
            implementation = "own"
            layouts = placed.map(\.layout.description).joined(separator: ", ")
        case .primitive(let primitive, let operands):
            implementation = primitive.implementation
            let shown = operands.filter { PlanRow.telling.contains($0.0) }
            layouts = shown.map { "\($0.0) \($0.1.layout)" }.joined(separator: ", ")
        }
    }

    /// Arguments whose layout is not always the same.
    private static let telling: Set<DNN.Argument> = [
        .source, .source2, .weights, .destination, .gradientOfSource, .gradientOfWeights, .gradientOfDestination,
    ]
}
