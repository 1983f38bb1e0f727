/// What a plan consists of: steps on buffers, which are numbers until memory is planned.

/// A stretch of memory.
struct Buffer: Hashable {
    var bytes: Int
    /// Parameters and statistics live as long as the plan; everything else from its first step to its last.
    var isPersistent: Bool
}

/// A layout on a buffer.
struct Placed {
    var layout: DNN.Layout
    var buffer: Int
}

/// The value of a node while a plan is made.
struct Value {
    /// True shape without the batch.
    var shape: [Int]
    /// In the map format, padded to whole blocks of channels; otherwise row-major.
    var isMap: Bool
    var placed: Placed
    /// Someone else relies on the memory: another node's value lies in it too, or a gradient reads it.
    var isShared = false
}

/// What a kernel may know about the run.
struct Moment {
    var seed: UInt64
    var step: UInt64
}

/// A function of ours on buffers in the order in which they were emitted.
typealias Kernel = (_ buffers: [UnsafeMutablePointer<Float>], _ moment: Moment) -> Void

/// One step of a plan.
struct Step {
    /// The node it belongs to.
    var subject: String
    /// What it does, e.g. "convolution" or "weight gradient".
    var action: String
    var work: Work

    enum Work {
        case primitive(DNN.Primitive, [(DNN.Argument, Placed)])
        case kernel([Placed], Kernel)
    }

    /// The buffers it touches.
    var buffers: [Int] {
        switch work {
        case .primitive(_, let operands): operands.map(\.1.buffer)
        case .kernel(let placed, _): placed.map(\.buffer)
        }
    }
}

/// A parameter's memory in a plan.
struct PlanParameter {
    /// Values computed from the weights, in the parameter's true shape.
    typealias Source = (Weights) throws -> Tensor

    /// "node.weight".
    var name: String
    /// Nil when the memory holds something derived.
    var spec: ParameterSpec?
    /// Shape with padded lanes, which are zero.
    var stored: [Int]
    /// Row-major layout of `stored`.
    var plain: DNN.Layout
    var value: Placed
    /// In the value's layout; nil unless trained.
    var gradient: Placed?
    var source: Source?
}
