/// `y[c, i, j] = x[c, i + distance, j + distance]`, zero beyond the edge: half of NASNet's factorised reduction looks at the
/// positions that a stride of 2 skips (Zoph et al. 2018, arXiv 1707.07012; TF-Slim's `factorized_reduction`).
public struct Shift: Layer {
    public static let kind = "shift"
    public var distance: Int

    public init(_ distance: Int) { self.distance = distance }

    public var settings: String { "\(distance)" }

    public func outputShape(of inputs: [[Int]]) throws -> [Int] {
        let (_, size) = try ShapeRule.map(inputs)
        guard (0..<min(size.height, size.width)).contains(distance) else {
            throw ComputeError(.badGraph, "shifts by at least 0 and less than the map of \(size), got \(distance)")
        }
        return inputs[0]
    }
}

// MARK: Lowering

extension Shift {
    public func lower(_ operation: Operation, into plan: inout Lowering) throws {
        let input = try plan.usual(operation.inputs[0])
        let result = try plan.newValue(input.shape)
        let rows = Rows(input.shape, distance, plan)
        plan.emit(Self.kind, on: [input.placed, result.placed]) { pointers, _ in
            rows.move(pointers[0], to: pointers[1], backwards: false)
        }
        plan.bind(operation.result, to: result)
        plan.onGradient(of: operation.result) { plan, gradient in
            guard plan.needsGradient(operation.inputs[0]) else { return }
            let before = plan.place(gradient.layout)
            plan.emit("shift gradient", on: [gradient, before]) { pointers, _ in
                rows.move(pointers[0], to: pointers[1], backwards: true)
            }
            plan.contribute(before, to: operation.inputs[0])
        }
    }

    /// Maps as planes of rows; a row holds a block of channels at each position.
    private struct Rows {
        private let planes, height, width, distance, block: Int

        init(_ shape: [Int], _ distance: Int, _ plan: Lowering) {
            block = plan.context.block
            planes = plan.batch * plan.context.rounded(shape[0]) / block
            (height, width, self.distance) = (shape[1], shape[2], distance)
        }

        /// Up and left, or back down and right.
        func move(
            _ source: UnsafeMutablePointer<Float>, to result: UnsafeMutablePointer<Float>, backwards: Bool
        ) {
            result.update(repeating: 0, count: planes * height * width * block)
            let (offset, length) = (distance * block, (width - distance) * block)
            for plane in 0..<planes {
                for row in 0..<height - distance {
                    let near = (plane * height + row) * width * block
                    let far = near + distance * width * block + offset
                    let (from, to) = backwards ? (near, far) : (far, near)
                    (result + to).update(from: source + from, count: length)
                }
            }
        }
    }
}
