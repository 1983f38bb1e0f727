#if canImport(Glibc)
    import Glibc
#endif

/// A plan with memory: steps bound to addresses once, then run without allocating.
///
/// Two arenas: one for parameters and statistics, which live as long as the plan, one that all other buffers share as
/// `PlanMemory` placed them. Both start as zeros. Not for several threads at a time.
final class Execution {
    private enum Bound {
        case call(DNN.Call)
        case kernel([UnsafeMutablePointer<Float>], Kernel)
    }

    let context: DNN.Context
    let steps: [Step]
    let buffers: [Buffer]
    let memory: PlanMemory
    private let persistent: PlanMemory
    private let arena: UnsafeMutableRawPointer
    private let parameterArena: UnsafeMutableRawPointer
    private var bound: [Bound] = []

    /// - Parameter visits: buffers that the caller touches, and before which step.
    init(_ plan: Lowering, visits: [PlanMemory.Visit], monitor: any Monitor = SilentMonitor()) throws {
        context = plan.context
        steps = plan.steps
        buffers = plan.buffers
        memory = PlanMemory(PlanMemory.lives(of: buffers, in: steps, visits: visits))
        persistent = PlanMemory(
            buffers.indices.filter { plan.buffers[$0].isPersistent }
                .map { PlanMemory.Life(buffer: $0, bytes: plan.buffers[$0].bytes, first: 0, last: 0) })
        arena = try Execution.zeroed(memory.size, monitor)
        parameterArena = Execution.zeroed(persistent.size)
        for step in steps { bound.append(try bind(step)) }
    }

    deinit {
        arena.deallocate()
        parameterArena.deallocate()
    }

    /// Where a buffer lies; touched by no step, it lies nowhere and the start of the arena stands for it.
    func address(_ buffer: Int) -> UnsafeMutablePointer<Float> {
        let raw = persistent.offsets[buffer].map { parameterArena + $0 } ?? arena + (memory.offsets[buffer] ?? 0)
        return raw.assumingMemoryBound(to: Float.self)
    }

    /// The values of a layout on a buffer, padding included.
    func floats(_ placed: Placed) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(
            start: address(placed.buffer), count: placed.layout.bytes / MemoryLayout<Float>.stride)
    }

    /// Runs steps in order.
    /// - Throws: `.engine` naming the node of the step that failed, `.cancelled` from the monitor.
    func run(_ range: Range<Int>, at moment: Moment, monitor: any Monitor = SilentMonitor()) throws {
        context.enter()
        for index in range {
            try monitor.check()
            switch bound[index] {
            case .kernel(let pointers, let kernel): kernel(pointers, moment)
            case .call(let call):
                do { try call.run() } catch var error as ComputeError {
                    error.subject = steps[index].subject
                    throw error
                }
            }
        }
    }

    /// Fills a parameter's memory from the weights.
    func load(_ parameter: PlanParameter, from weights: Weights) throws {
        guard let tensor = try parameter.source?(weights) ?? weights[parameter.name] else {
            throw ComputeError(.badArgument, "the weights hold no '\(parameter.name)'", subject: parameter.name)
        }
        var padded = tensor.padded(to: parameter.stored)
        try padded.values.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            try reorder(parameter.plain, base, to: parameter.value.layout, address(parameter.value.buffer))
        }
    }

    /// A parameter's value (or anything in its layout) in plain layout and true shape.
    func plain(_ parameter: PlanParameter, shape: [Int], from placed: Placed) throws -> Tensor {
        var padded = Tensor(zeros: parameter.stored)
        try padded.values.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            try reorder(placed.layout, address(placed.buffer), to: parameter.plain, base)
        }
        return padded.cropped(to: shape)
    }

    private func reorder(
        _ source: DNN.Layout, _ from: UnsafeMutableRawPointer, to destination: DNN.Layout, _ to: UnsafeMutableRawPointer
    ) throws {
        context.enter()
        let primitive = try DNN.Primitive(reorder: source, to: destination, in: context)
        let scratchpad = try primitive.layout(.scratchpad)
        let scratch = Execution.zeroed(scratchpad?.bytes ?? 0)
        defer { scratch.deallocate() }
        let extra = scratchpad.map { [(DNN.Argument.scratchpad, $0, scratch)] } ?? []
        try DNN.Call(primitive, [(.source, source, from), (.destination, destination, to)] + extra).run()
    }

    private func bind(_ step: Step) throws -> Bound {
        switch step.work {
        case .kernel(let placed, let kernel): return .kernel(placed.map { address($0.buffer) }, kernel)
        case .primitive(let primitive, let operands):
            let arguments = operands.map { ($0.0, $0.1.layout, UnsafeMutableRawPointer(address($0.1.buffer))) }
            return .call(try DNN.Call(primitive, arguments))
        }
    }

    /// Bytes of a large page on x86-64.
    private static let hugePage = 1 << 21

    private static func zeroed(_ bytes: Int) -> UnsafeMutableRawPointer {
        let (memory, size) = allocated(bytes)
        memset(memory, 0, size)
        return memory
    }

    /// As `zeroed(_:)`, for gigabytes, whose pages take seconds to come.
    /// - Throws: `.cancelled` from the monitor.
    private static func zeroed(_ bytes: Int, _ monitor: any Monitor) throws -> UnsafeMutableRawPointer {
        let (memory, size) = allocated(bytes)
        do {
            for start in stride(from: 0, to: size, by: piece) {
                try monitor.check()
                memset(memory + start, 0, min(piece, size - start))
            }
        } catch {
            memory.deallocate()
            throw error
        }
        return memory
    }

    /// Bytes between two questions whether to stop.
    private static let piece = 1 << 26

    private static func allocated(_ bytes: Int) -> (memory: UnsafeMutableRawPointer, size: Int) {
        let size = PlanMemory.aligned(max(1, bytes))
        guard size >= hugePage else {
            return (UnsafeMutableRawPointer.allocate(byteCount: size, alignment: PlanMemory.alignment), size)
        }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: hugePage)
        // Advice only: most of a plan's start-up is page faults otherwise, eight times as long in all.
        madvise(memory, size, MADV_HUGEPAGE)
        return (memory, size)
    }
}
