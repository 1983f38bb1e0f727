import Testing

@testable import Compute

/// The one list of shapes that layers are tested with: forward against loops, gradients against finite differences.
///
/// Each case is a block between a convolution, whose weight gradient needs the block's source gradient, and a linear layer.
struct LayerCase: Sendable, CustomTestStringConvertible {
    var name: String
    /// Channels that the convolution before the block yields; nil puts the block right behind the images.
    var channels: Int?
    var input: [Int]
    var block: Block

    init(_ name: String, channels: Int? = 5, input: [Int] = [2, 7, 6], _ block: Block) {
        (self.name, self.channels, self.input, self.block) = (name, channels, input, block)
    }

    var testDescription: String { name }

    func graph() throws -> Graph {
        let before = channels.map { [Block.conv($0, kernel: 1).named("before")] } ?? []
        return try Graph(
            name: name, input: input, .sequential(before + [block, .flatten, .linear(3).named("classes")]))
    }

    static let all: [LayerCase] =
        convolutions + [
            LayerCase("batch_norm", .batchNorm()),
            LayerCase("batch_norm of whole blocks", channels: 16, .batchNorm()),
            LayerCase("batch_norm without scale", .batchNorm(scale: false, epsilon: 1e-3)),
            LayerCase("batch_norm and relu", channels: 20, .sequential(.batchNorm(), .relu)),
            LayerCase("batch_norm without scale and relu6", .sequential(.batchNorm(scale: false), .relu6)),
            LayerCase("batch_norm of images", channels: nil, .sequential(.batchNorm(), .conv(3, kernel: 1))),
            LayerCase("convolution, batch_norm, relu", .sequential(.conv(9, kernel: 3), .batchNorm(), .relu)),
            LayerCase("biased convolution, batch_norm", .sequential(.conv(9, kernel: 1, bias: true), .batchNorm())),
            LayerCase("relu", .relu), LayerCase("relu6", .sequential(.conv(4, kernel: 1), .relu6)),
            LayerCase("relu that others overtake", .parallel(.relu, .sequential(.relu, .conv(3, kernel: 1)))),
            LayerCase("max_pool", .maxPool(3, stride: 2, padding: 1)),
            LayerCase("max_pool, same", channels: 16, .maxPool(2, stride: 2, padding: .same)),
            LayerCase("max_pool of images", channels: nil, .maxPool(2, stride: 1)),
            LayerCase("avg_pool, inside", .avgPool(3, stride: 1, padding: 1)),
            LayerCase("avg_pool with padding", .avgPool(3, stride: 2, padding: 1, includesPadding: true)),
            LayerCase("avg_pool, same", channels: 17, .avgPool(Extent(3, 2), stride: 2, padding: .same)),
            LayerCase("global_pool", channels: 5, .globalPool),
            LayerCase("global_pool of whole blocks", channels: 16, .globalPool),
            LayerCase("linear and relu", .sequential(.globalPool, .linear(7), .relu)),
            LayerCase("linear without bias", .sequential(.flatten, .linear(7, bias: false), .relu6)),
            LayerCase("concat across blocks", .parallel(.conv(12, kernel: 1), .conv(7, kernel: 1), .relu)),
            LayerCase("concat of whole blocks", channels: 16, .parallel(.relu, .conv(32, kernel: 1))),
            LayerCase("concat of vectors", .parallel(.globalPool, .sequential(.globalPool, .linear(4)))),
            LayerCase("add", .residual(.conv(5, kernel: 3))),
            LayerCase(
                "add of three, relu",
                .sequential(
                    .parallel([.conv(6, kernel: 1), .conv(6, kernel: 3), .conv(6, kernel: 1, bias: true)], join: .add),
                    .relu)),
            LayerCase(
                "add with shortcut, relu6",
                .sequential(
                    .residual(.sequential(.conv(18, kernel: 3), .batchNorm()), shortcut: .conv(18, kernel: 1)), .relu6)),
            LayerCase(
                "residual chain", channels: 16,
                .sequential(
                    .residual(.conv(16, kernel: 1)), .relu, .residual(.depthwise(kernel: 3)),
                    .residual(.conv(16, kernel: 3)))),
            LayerCase("dropout", .dropout(0.4)),
            LayerCase("dropout of a vector", .sequential(.globalPool, .dropout(0.5))),
            LayerCase("dropout beside another reader", .residual(.sequential(.dropout(0.3), .relu))),
            LayerCase("drop_path", .dropPath(0.4)),
            LayerCase("drop_path of a vector", .sequential(.globalPool, .dropPath(0.5))),
            LayerCase("drop_path beside another reader", channels: 16, .residual(.sequential(.dropPath(0.3), .relu))),
            LayerCase("times", .times(-0.3)), LayerCase("times of images", channels: nil, .times(2)),
            LayerCase("times beside another reader", channels: 17, .residual(.sequential(.times(0.2), .relu))),
            LayerCase("shift", .shift(1)), LayerCase("shift by three", channels: 17, .shift(3)),
            LayerCase("shift of images", channels: nil, .sequential(.shift(2), .conv(3, kernel: 1, stride: 2))),
            LayerCase(
                "kept values",
                .sequential(
                    .keep("x"), .conv(4, kernel: 3), .relu, .keep("y"),
                    .sum(.recall("x", .conv(4, kernel: 1)), .recall("y", .times(2)), .recall("y")))),
            LayerCase("flatten", channels: 3, .flatten),
            LayerCase("flatten of images", channels: nil, .sequential(.flatten, .linear(4))),
        ]

    private static let convolutions = [
        LayerCase("convolution 3×3", .conv(7, kernel: 3, bias: true)),
        LayerCase("convolution of whole blocks", channels: 16, .conv(32, kernel: 3)),
        LayerCase("convolution, same, stride 2", .conv(7, kernel: 3, stride: 2)),
        LayerCase("convolution, same, stride 2, even kernel", .conv(7, kernel: 2, stride: 2)),
        LayerCase("convolution, dilated", .conv(4, kernel: 3, padding: 2, dilation: 2)),
        LayerCase("convolution 1×7", channels: 17, .conv(6, kernel: Extent(1, 7))),
        LayerCase("convolution, valid", .conv(6, kernel: Extent(5, 3), padding: .valid)),
        LayerCase(
            "convolution, one-sided padding",
            .conv(
                6, kernel: 3, padding: .explicit(Margins(top: 2, left: 0, bottom: 1, right: 2)))),
        LayerCase(
            "convolution 1×1, stride 2, relu6", channels: 20, .sequential(.conv(24, kernel: 1, stride: 2), .relu6)),
        LayerCase("convolution in groups", channels: 6, .conv(4, kernel: 3, groups: 2, bias: true)),
        LayerCase("convolution in whole groups", channels: 32, .conv(32, kernel: 3, groups: 2)),
        LayerCase("convolution in groups, relu", channels: 12, .sequential(.conv(24, kernel: 3, groups: 4), .relu)),
        LayerCase("depthwise", .depthwise(kernel: 3, bias: true)),
        LayerCase("depthwise of whole blocks", channels: 32, .depthwise(kernel: 3, stride: 2)),
        LayerCase("depthwise 5×5, relu", channels: 20, .sequential(.depthwise(kernel: 5), .relu)),
        LayerCase("depthwise that reaches over both edges", channels: 20, .depthwise(kernel: 7)),
        LayerCase(
            "depthwise that reaches over both edges, stride 2", channels: 17,
            .depthwise(kernel: Extent(5, 7), stride: 2)),
        LayerCase("depthwise, doubled", channels: 3, .depthwise(kernel: 3, multiplier: 2)),
        LayerCase("separable", .separable(9, kernel: 3)),
        LayerCase("first layer, 1 channel", channels: nil, input: [1, 8, 8], .conv(8, kernel: 3, bias: true)),
        LayerCase("first layer, 3 channels", channels: nil, input: [3, 9, 8], .conv(8, kernel: 5, stride: 2)),
        LayerCase("first layer, 4 channels", channels: nil, input: [4, 8, 8], .conv(8, kernel: 3)),
        LayerCase("first layer, depthwise", channels: nil, input: [3, 8, 8], .depthwise(kernel: 3)),
    ]
}

/// Numbers for tests that no symmetry hides behind.
func scattered(_ count: Int, seed: UInt64, deviation: Double = 1) -> [Float] {
    var generator = Philox(seed: seed, purpose: "test values")
    return (0..<count).map { _ in Float(deviation * generator.normal()) }
}

/// Weights with values everywhere: γ, β and statistics that matter, biases that are not zero.
func scatteredWeights(_ graph: Graph, seed: UInt64) -> Weights {
    var weights: Weights = [:]
    for (index, parameter) in graph.parameters.enumerated() {
        let spec = parameter.spec
        let isWide = spec.shape.count > 1
        let fan = Double(spec.shape.dropFirst().reduce(1, *))
        var values = scattered(
            spec.count, seed: seed &+ UInt64(index), deviation: isWide ? (2 / fan).squareRoot() : 0.3)
        if spec.name == "variance" || (spec.name == "weight" && !isWide) { values = values.map { 1 + abs($0) } }
        weights[parameter.name] = Tensor(spec.shape, values)
    }
    return weights
}
