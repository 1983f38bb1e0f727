import Foundation

@testable import Compute

/// Every layer as plain loops over its definition, in double precision: what the engine is checked against.
struct NaiveNetwork {
    let graph: Graph
    let batch: Int
    let training: Bool
    var seed: UInt64 = 0
    var step = 0

    /// Values of all nodes, batch first, in plain order.
    func values(_ images: [Double], _ weights: [String: [Double]]) -> [[Double]] {
        var values: [[Double]] = []
        for node in graph.nodes {
            if node.layer is Input {
                values.append(images)
                continue
            }
            values.append(apply(node, node.inputs.map { values[$0] }, weights))
        }
        return values
    }

    func logits(_ images: [Double], _ weights: [String: [Double]]) -> [Double] { values(images, weights)[graph.output] }

    private func apply(_ node: Node, _ inputs: [[Double]], _ weights: [String: [Double]]) -> [Double] {
        let shapes = graph.inputShapes(of: node)
        func weight(_ name: String) -> [Double]? { weights["\(node.name).\(name)"] }
        switch node.layer {
        case let layer as Convolution:
            return convolve(layer, inputs[0], shapes[0], node.shape, weight("weight") ?? [], weight("bias"))
        case let layer as BatchNorm: return normalise(layer, inputs[0], shapes[0], weight)
        case let layer as Activation:
            let highest = layer.function == .relu6 ? 6 : Double.infinity
            return inputs[0].map { min(max(0, $0), highest) }
        case let layer as Pooling: return pool(layer, inputs[0], shapes[0], node.shape)
        case is GlobalPool:
            let area = shapes[0][1] * shapes[0][2]
            return (0..<batch * shapes[0][0]).map { map in
                inputs[0][map * area..<(map + 1) * area].reduce(0, +) / Double(area)
            }
        case is Linear: return multiply(inputs[0], shapes[0][0], node.shape[0], weight("weight") ?? [], weight("bias"))
        case is Add: return inputs.dropFirst().reduce(inputs[0]) { zip($0, $1).map(+) }
        case is Concat:
            return (0..<batch).flatMap { image in
                zip(inputs, shapes).flatMap { values, shape in
                    let size = shape.reduce(1, *)
                    return values[image * size..<(image + 1) * size]
                }
            }
        case let layer as Dropout:
            guard training else { return inputs[0] }
            var generator = Philox(seed: seed, purpose: "dropout \(node.name)", index: UInt64(step))
            return inputs[0].map { generator.uniform() < Double(layer.rate) ? 0 : $0 / Double(1 - layer.rate) }
        case let layer as DropPath:
            guard training else { return inputs[0] }
            var generator = Philox(seed: seed, purpose: "drop_path \(node.name)", index: UInt64(step))
            let size = shapes[0].reduce(1, *)
            return (0..<batch).flatMap { example in
                let factor = generator.uniform() < Double(layer.rate) ? 0 : 1 / Double(1 - layer.rate)
                return inputs[0][example * size..<(example + 1) * size].map { factor * $0 }
            }
        case let layer as Times: return inputs[0].map { Double(layer.factor) * $0 }
        case let layer as Shift: return shift(layer.distance, inputs[0], shapes[0])
        case is Flatten: return inputs[0]
        default: return []
        }
    }

    private func shift(_ distance: Int, _ input: [Double], _ shape: [Int]) -> [Double] {
        (0..<input.count).map { index in
            let (row, column) = (index / shape[2] % shape[1], index % shape[2])
            guard row + distance < shape[1], column + distance < shape[2] else { return 0 }
            return input[index + distance * (shape[2] + 1)]
        }
    }

    private func convolve(
        _ layer: Convolution, _ input: [Double], _ from: [Int], _ to: [Int], _ weight: [Double], _ bias: [Double]?
    ) -> [Double] {
        let (w, m) = (layer.window, layer.window.margins(on: Extent(from[1], from[2])))
        let groups = layer.groupCount(for: from[0])
        let (ins, outs) = (from[0] / groups, to[0] / groups)
        var result = [Double](repeating: 0, count: batch * to.reduce(1, *))
        for n in 0..<batch {
            for o in 0..<to[0] {
                for y in 0..<to[1] {
                    for x in 0..<to[2] {
                        var sum = bias?[o] ?? 0
                        for c in 0..<ins {
                            for u in 0..<w.kernel.height {
                                for v in 0..<w.kernel.width {
                                    let row = y * w.stride.height + u * w.dilation.height - m.top
                                    let column = x * w.stride.width + v * w.dilation.width - m.left
                                    guard (0..<from[1]).contains(row), (0..<from[2]).contains(column) else { continue }
                                    let channel = o / outs * ins + c
                                    sum +=
                                        input[((n * from[0] + channel) * from[1] + row) * from[2] + column]
                                        * weight[((o * ins + c) * w.kernel.height + u) * w.kernel.width + v]
                                }
                            }
                        }
                        result[((n * to[0] + o) * to[1] + y) * to[2] + x] = sum
                    }
                }
            }
        }
        return result
    }

    private func normalise(
        _ layer: BatchNorm, _ input: [Double], _ shape: [Int], _ weight: (String) -> [Double]?
    ) -> [Double] {
        let (channels, area) = (shape[0], shape[1] * shape[2])
        var result = input
        for c in 0..<channels {
            var indices: [Int] = []
            for n in 0..<batch {
                let start = (n * channels + c) * area
                indices += Array(start..<start + area)
            }
            var (mean, variance) = (weight("mean")?[c] ?? 0, weight("variance")?[c] ?? 1)
            if training {
                mean = indices.map { input[$0] }.reduce(0, +) / Double(indices.count)
                let squares: [Double] = indices.map { (input[$0] - mean) * (input[$0] - mean) }
                variance = squares.reduce(0, +) / Double(indices.count)
            }
            let scale = (weight("weight")?[c] ?? 1) / (variance + Double(layer.epsilon)).squareRoot()
            let offset = weight("bias")?[c] ?? 0
            for i in indices { result[i] = scale * (input[i] - mean) + offset }
        }
        return result
    }

    private func pool(_ layer: Pooling, _ input: [Double], _ from: [Int], _ to: [Int]) -> [Double] {
        let (w, m) = (layer.window, layer.window.margins(on: Extent(from[1], from[2])))
        var result: [Double] = []
        for map in 0..<batch * to[0] {
            for position in 0..<to[1] * to[2] {
                let (top, left) = (
                    position / to[2] * w.stride.height - m.top, position % to[2] * w.stride.width - m.left
                )
                var seen: [Double] = []
                for row in top..<top + w.kernel.height where (0..<from[1]).contains(row) {
                    for column in left..<left + w.kernel.width where (0..<from[2]).contains(column) {
                        seen.append(input[(map * from[1] + row) * from[2] + column])
                    }
                }
                let mean = seen.reduce(0, +) / Double(layer.includesPadding ? w.kernel.area : seen.count)
                result.append(layer.function == .maximum ? seen.max() ?? 0 : mean)
            }
        }
        return result
    }

    private func multiply(_ input: [Double], _ ins: Int, _ outs: Int, _ weight: [Double], _ bias: [Double]?) -> [Double]
    {
        (0..<batch).flatMap { n in
            (0..<outs).map { o in
                (0..<ins).reduce(bias?[o] ?? 0) { $0 + weight[o * ins + $1] * input[n * ins + $1] }
            }
        }
    }
}
