/// Joins maps of one size along the channels, in order; or vectors along their features.
public struct Concat: Layer {
    public static let kind = "concat"

    public init() {}

    public func outputShape(of inputs: [[Int]]) throws -> [Int] {
        let first = try ShapeRule.several(inputs)
        guard inputs.allSatisfy({ $0.dropFirst() == first.dropFirst() }) else {
            throw ComputeError(.badGraph, "joins maps of one height and width, got \(inputs)")
        }
        return [inputs.reduce(0) { $0 + $1[0] }] + first.dropFirst()
    }
}

// MARK: Lowering

extension Concat {
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let inputs = try operation.inputs.map { try plan.usual($0) }
        let result = try plan.newValue(plan.graph.nodes[operation.result].shape)
        plan.emit(Self.kind, on: inputs.map(\.placed) + [result.placed], Strips(result, inputs, plan).join)
        plan.bind(operation.result, to: result)
        plan.onGradient(of: operation.result) { plan, gradient in
            let parts = operation.inputs.indices.filter { plan.needsGradient(operation.inputs[$0]) }
            for part in parts {
                let before = plan.place(inputs[part].placed.layout)
                let strips = Strips(result, inputs, plan)
                plan.emit("concat gradient", on: [gradient, before]) { pointers, _ in
                    strips.cut(part, from: pointers[0], to: pointers[1])
                }
                plan.contribute(before, to: operation.inputs[part])
            }
        }
    }

    /// Which channels of the result belong to which input. Vectors count as maps of one position in blocks of one.
    private struct Strips {
        private let context: DNN.Context
        private let batch, positions, block, stored: Int
        /// For each input: channels, channels with padding, first channel in the result.
        private let parts: [(count: Int, stored: Int, first: Int)]

        init(_ result: Value, _ inputs: [Value], _ plan: Lowering) {
            context = plan.context
            batch = plan.batch
            positions = result.shape.dropFirst().reduce(1, *)
            block = result.isMap ? context.block : 1
            stored = result.isMap ? context.rounded(result.shape[0]) : result.shape[0]
            var (parts, first): ([(Int, Int, Int)], Int) = ([], 0)
            for input in inputs {
                let count = input.shape[0]
                parts.append((count, input.isMap ? context.rounded(count) : count, first))
                first += count
            }
            self.parts = parts
        }

        /// Buffers are the inputs, then the result.
        func join(_ pointers: [UnsafeMutablePointer<Float>], _: Moment) {
            let result = pointers[parts.count]
            for (part, source) in zip(parts, pointers) {
                context.copyChannels(
                    .init(data: source, stored: part.stored, first: 0),
                    to: .init(data: result, stored: stored, first: part.first), count: part.count, batch: batch,
                    positions: positions, block: block)
            }
            guard let last = parts.last else { return }
            clear(result, from: last.first + last.count, stored: stored)
        }

        func cut(_ index: Int, from gradient: UnsafeMutablePointer<Float>, to part: UnsafeMutablePointer<Float>) {
            let (count, own, first) = parts[index]
            context.copyChannels(
                .init(data: gradient, stored: stored, first: first), to: .init(data: part, stored: own, first: 0),
                count: count, batch: batch, positions: positions, block: block)
            clear(part, from: count, stored: own)
        }

        /// Padded lanes are zero everywhere.
        private func clear(_ map: UnsafeMutablePointer<Float>, from first: Int, stored: Int) {
            guard first < stored else { return }
            context.clearChannels(
                .init(data: map, stored: stored, first: first), count: stored - first, batch: batch,
                positions: positions, block: block)
        }
    }
}
