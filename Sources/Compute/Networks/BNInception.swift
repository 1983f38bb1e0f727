/// BN-Inception: Ioffe and Szegedy 2015, arXiv 1502.03167, figure 5, as in TF-Slim's inception_v2, which Kornblith et al. 2019
/// trained: 10.16 million parameters.
///
/// It begins with a depthwise separable 7×7 convolution, biased and without normalisation, and starts weights as TF-Slim's file
/// says; ε = 10⁻³. `origin: "pytorch"` is the
/// Caffe network whose weights pretrainedmodels has: a plain 7×7 convolution, biases, wider pool projections in 4c and 4d as
/// the paper prints them, padding that counts in means, ε = 10⁻⁵; 10.27 million parameters.
extension NetworkFamily {
    public static let bnInception = NetworkFamily(
        paper: "Ioffe and Szegedy 2015, arXiv 1502.03167, figure 5",
        variants: [
            Variant(
                "bn_inception", parameters: 10_163_224, features: 1024, input: 224, namings: [pretrainedmodels]
            ) { BNInception($0).body }
        ])
}

/// For `origin: "pytorch"`: TF-Slim's separable stem has no name there.
private let pretrainedmodels = WeightNaming(
    "pretrainedmodels",
    rules: [
        "stem.conv*.convolution1": "conv{1}", "stem.conv*.batch_norm1": "conv{1}_bn",
        "inception_*.*.convolution1": "inception_{1}_{2}", "inception_*.*.batch_norm1": "inception_{1}_{2}_bn",
        "classifier": "last_linear",
    ])

/// A row of figure 5: #1×1, #3×3 reduce, #3×3, double #3×3 reduce, double #3×3, and how the pool branch ends. No #1×1: stride 2.
private struct Module {
    let name: String
    let one: Int?
    let reduceThree, three, reduceDouble, double: Int
    /// Nil: a maximum of stride 2 and no projection.
    var pool: Int?
    var pools: Pooling.Function = .average

    init(_ name: String, _ one: Int?, _ three: [Int], _ double: [Int], _ pool: Int?, _ pools: Pooling.Function) {
        (self.name, self.one, self.pool, self.pools) = (name, one, pool, pools)
        (reduceThree, self.three, reduceDouble, self.double) = (three[0], three[1], double[0], double[1])
    }
}

private struct BNInception {
    private let options: NetworkOptions
    private let unit: ConvUnit
    private let isPort: Bool

    init(_ chosen: NetworkOptions) {
        var options = chosen
        options.origin = options.origin ?? .tensorflow
        self.options = options
        isPort = options.origin == .pytorch
        unit = ConvUnit(
            options: options, epsilon: isPort ? 1e-5 : 1e-3, start: .varianceScaling(.incoming), bias: isPort)
    }

    private var stages: [[Module]] {
        let wide = isPort ? 128 : 96
        return [
            [
                Module("3a", 64, [64, 64], [64, 96], 32, .average),
                Module("3b", 64, [64, 96], [64, 96], 64, .average),
                Module("3c", nil, [128, 160], [64, 96], nil, .maximum),
            ],
            [
                Module("4a", 224, [64, 96], [96, 128], 128, .average),
                Module("4b", 192, [96, 128], [96, 128], 128, .average),
                Module("4c", 160, [128, 160], [128, 160], wide, .average),
                Module("4d", 96, [128, 192], [160, 192], wide, .average),
                Module("4e", nil, [128, 192], [192, 256], nil, .maximum),
            ],
            [
                Module("5a", 352, [192, 320], [160, 224], 128, .average),
                Module("5b", 352, [192, 320], [192, 224], 128, .maximum),
            ],
        ]
    }

    var body: Block {
        let modules = stages.flatMap { stage -> [Block] in
            let repeated = options.repeated(stage.filter { $0.one != nil }) { "inception_\($0.name)" }
            let reduction = stage.filter { $0.one == nil }
            return (repeated + reduction.map { ($0, "inception_\($0.name)") }).map { module($0.0).named($0.1) }
        }
        return .sequential([stem.named("stem")] + modules + [.globalPool])
    }

    private var stem: Block {
        let first = options.scaled(64)
        guard options.stem == .imagenet else { return unit(first, kernel: 3).named("conv1_3x3") }
        let wide = Convolution.Start.truncatedNormal(deviation: 1)
        let separable = Block.sequential(
            .depthwise(kernel: 7, stride: 2, multiplier: 8, start: wide),
            .conv(first, kernel: 1, bias: true, start: wide), .relu)
        return .sequential(
            (isPort ? unit(first, kernel: 7, stride: 2) : separable).named("conv1_7x7_s2"),
            .maxPool(3, stride: 2, padding: .same), starting(0.1)(first, kernel: 1).named("conv2_3x3_reduce"),
            unit(options.scaled(192), kernel: 3).named("conv2_3x3"), .maxPool(3, stride: 2, padding: .same))
    }

    private func module(_ module: Module) -> Block {
        let stride: Extent = module.one == nil ? 2 : 1
        func conv(_ channels: Int, _ name: String, stride: Extent = 1) -> Block {
            unit(options.scaled(channels), kernel: 3, stride: stride).named(name)
        }
        func reduce(_ channels: Int, _ name: String) -> Block {
            starting(0.09)(options.scaled(channels), kernel: 1).named(name)
        }
        let first = module.one.map { [unit(options.scaled($0), kernel: 1).named("1x1")] } ?? []
        let branches = [
            .sequential(reduce(module.reduceThree, "3x3_reduce"), conv(module.three, "3x3", stride: stride)),
            .sequential(
                reduce(module.reduceDouble, "double_3x3_reduce"), conv(module.double, "double_3x3_1"),
                conv(module.double, "double_3x3_2", stride: stride)),
            pooled(module),
        ]
        return .parallel(first + branches, join: .concat)
    }

    private func pooled(_ module: Module) -> Block {
        guard let channels = module.pool else { return .maxPool(3, stride: 2, padding: .same) }
        let pool: Block =
            module.pools == .maximum
            ? .maxPool(3, stride: 1, padding: 1) : .avgPool(3, stride: 1, padding: 1, includesPadding: isPort)
        return .sequential(pool, starting(0.1)(options.scaled(channels), kernel: 1).named("pool_proj"))
    }

    private func starting(_ deviation: Float) -> ConvUnit {
        var unit = unit
        unit.start = .truncatedNormal(deviation: deviation)
        return unit
    }
}
