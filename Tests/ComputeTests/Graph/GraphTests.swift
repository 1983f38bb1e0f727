import Testing

@testable import Compute

@Suite struct GraphTests {
    private static let residual = Block.residual(
        .sequential(.conv(16, kernel: 3).named("conv1"), .batchNorm().named("bn1"), .relu, .conv(16, kernel: 3)),
        shortcut: .conv(16, kernel: 1).named("short"))

    private static func graph(classes: Int = 10) throws -> Graph {
        try Graph(
            name: "g", input: [3, 32, 32],
            .sequential(
                .conv(8, kernel: 7, stride: 2, padding: 3, bias: true).named("stem"), .relu, residual.named("block0"),
                .relu,
                .maxPool(3, stride: 2, padding: 1), .globalPool, .dropout(0.5), .linear(classes).named("fc")))
    }

    @Test func namesArePathsAndUnnamedNodesAreNumberedInTheirScope() throws {
        #expect(
            try Self.graph().nodes.map(\.name) == [
                "input", "stem", "relu1", "block0.conv1", "block0.bn1", "block0.relu1", "block0.convolution1",
                "block0.short",
                "block0.add1", "relu2", "max_pool1", "global_pool1", "dropout1", "fc",
            ])
    }

    @Test func shapesFeaturesAndCountsFollowFromTheLayers() throws {
        let graph = try Self.graph()
        #expect(graph.nodes.map(\.shape).prefix(4) == [[3, 32, 32], [8, 16, 16], [8, 16, 16], [16, 16, 16]])
        #expect(graph.nodes[10].shape == [16, 8, 8])
        #expect(graph.nodes[graph.features].name == "global_pool1")
        #expect((graph.classes, graph.featureCount) == (10, 16))
        // Stem with bias, two convolutions and the shortcut, γ and β, classifier with bias.
        #expect(graph.parameterCount == 3 * 8 * 49 + 8 + 8 * 16 * 9 + 16 * 16 * 9 + 8 * 16 + 32 + 16 * 10 + 10)
        #expect(graph.multiplyAdds == 256 * (3 * 8 * 49 + 8 * 16 * 9 + 16 * 16 * 9 + 8 * 16) + 160)
    }

    @Test func samePaddingIsTensorFlows() throws {
        func output(_ input: Int, _ kernel: Int, _ stride: Int) throws -> (Int, Margins) {
            let window = Window(Extent(kernel), stride: Extent(stride))
            return (try window.output(of: Extent(input)).height, window.margins(on: Extent(input)))
        }
        let even = try output(6, 3, 2)
        #expect(even.0 == 3 && even.1 == Margins(top: 0, left: 0, bottom: 1, right: 1))
        let odd = try output(5, 3, 2)
        #expect(odd.0 == 3 && odd.1 == Margins(top: 1, left: 1, bottom: 1, right: 1))
        let skipping = try output(5, 1, 2)
        #expect(skipping.0 == 3 && skipping.1 == Margins(top: 0, left: 0, bottom: 0, right: 0))
        #expect(try Window(3, dilation: 2, padding: .valid).output(of: 9) == 5)
    }

    @Test func summaryTellsReceptiveFields() throws {
        let rows = GraphSummary(try Self.graph()).rows
        let fields = Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0.receptiveField) })
        #expect(fields["stem"] == Extent(7))
        #expect(fields["block0.conv1"] == Extent(7 + 2 * 2))
        #expect(fields["block0.short"] == Extent(7))
        #expect(fields["block0.add1"] == Extent(7 + 2 * 2 + 2 * 2))
        #expect(fields["max_pool1"] == Extent(15 + 2 * 2))
        #expect(fields["fc"] == Extent(19 + 7 * 4))
        #expect(rows.reduce(0) { $0 + $1.parameters } == (try Self.graph().parameterCount))
    }

    @Test func canonicalTextTellsGraphsApartAndIgnoresTheNetworksName() throws {
        let text = try Self.graph().canonicalText
        #expect(text == (try Self.graph().canonicalText))
        #expect(text != (try Self.graph(classes: 11).canonicalText))
        let one = try Graph(name: "a", input: [1, 8, 8], .sequential(.conv(4, kernel: 3), .globalPool, .linear(2)))
        let renamed = try Graph(name: "b", input: [1, 8, 8], .sequential(.conv(4, kernel: 3), .globalPool, .linear(2)))
        let valid = try Graph(
            name: "a", input: [1, 8, 8], .sequential(.conv(4, kernel: 3, padding: .valid), .globalPool, .linear(2)))
        #expect(one.canonicalText == renamed.canonicalText)
        #expect(one.canonicalText != valid.canonicalText)
        #expect(one != renamed)
        #expect(
            one.canonicalText == """
                graph 1
                input\tinput()\t[]\t1×8×8
                convolution1\tconvolution(4, 3×3, stride 1×1, padding same)\t[0]\t4×8×8
                global_pool1\tglobal_pool()\t[1]\t4
                linear1\tlinear(2)\t[2]\t2

                """)
    }

    @Test func initialWeightsDependOnSeedAndNameAlone() throws {
        let (graph, wider) = (try Self.graph(), try Self.graph().replacingClassifier(classes: 3))
        let (weights, others) = (graph.initialWeights(seed: 5), wider.initialWeights(seed: 5))
        #expect(weights["stem.weight"] == others["stem.weight"])
        #expect(weights["stem.weight"] != graph.initialWeights(seed: 6)["stem.weight"])
        #expect(others["fc.weight"]?.shape == [3, 16])
        #expect(weights["block0.bn1.variance"]?.values == [Float](repeating: 1, count: 16))
        // He: variance 2 / (channels out · area) for 2304 draws, whose estimate has a relative deviation of 0.029.
        let values = weights["block0.convolution1.weight"]?.values.map(Double.init) ?? []
        let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
        #expect(abs(variance * 144 / 2 - 1) < 0.12)
        #expect((weights["fc.weight"]?.values ?? [9]).allSatisfy { abs($0) <= 0.25 })
    }

    /// TensorFlow's `variance_scaling_initializer`: variance 2 / fan, within two deviations of √(1.3 · 2 / fan).
    @Test(arguments: [Convolution.Start.Fan.incoming, .outgoing])
    func varianceScalingHasTheVarianceOfItsFan(_ fan: Convolution.Start.Fan) throws {
        let graph = try Graph(
            name: "g", input: [16, 4, 4],
            .sequential(.conv(64, kernel: 3, start: .varianceScaling(fan)).named("c"), .globalPool, .linear(2)))
        let values = graph.initialWeights(seed: 2)["c.weight"]?.values.map(Double.init) ?? []
        let count = Double(fan == .incoming ? 16 * 9 : 64 * 9)
        let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
        // 1.3 is a rounding of 1 / 0.774.
        #expect(abs(variance * count / 2 - 1.3 * 0.774) < 0.05)
        #expect(values.allSatisfy { abs($0) <= 2 * (2.6 / count).squareRoot() + 1e-6 })
    }

    @Test func replacingTheClassifierKeepsEverythingElse() throws {
        let (graph, replaced) = (try Self.graph(), try Self.graph().replacingClassifier(classes: 47))
        #expect(replaced.classes == 47)
        #expect(replaced.nodes.dropLast() == graph.nodes.dropLast())
        #expect(replaced == (try Self.graph(classes: 47)))
        #expect(throws: ComputeError.self) { try graph.replacingClassifier(classes: 0) }
    }

    @Test func builderMakesGraphsThatNoTreeExpresses() throws {
        var builder = try GraphBuilder(name: "dag", input: [4, 8, 8])
        let a = try builder.add(.conv(4, kernel: 1), to: 0)
        let b = try builder.scoped("cell") { try $0.add(.conv(4, kernel: 3), to: a) }
        let c = try builder.add(Add(), to: [a, b, 0], name: "sum")
        let d = try builder.add(Concat(), to: [c, a])
        try builder.add(.sequential(.flatten, .linear(2)), to: d)
        let graph = try builder.graph()
        #expect(graph.nodes[b].name == "cell.convolution1")
        #expect(graph.nodes[c].inputs == [a, b, 0])
        #expect(graph.nodes[d].shape == [8, 8, 8])
    }

    @Test(arguments: [
        ("linear1 (linear)", Block.linear(3)),
        ("relu1 (relu)", .sequential(.globalPool, .linear(2), .relu)),
        ("add1 (add)", .sequential(.residual(.conv(4, kernel: 3)), .globalPool, .linear(2))),
        (
            "concat1 (concat)",
            .sequential(.parallel(.conv(4, kernel: 3), .maxPool(2, stride: 2)), .globalPool, .linear(2))
        ),
        (
            "s.convolution1 (convolution)",
            .sequential(.named("s", .sequential(.conv(4, kernel: 3, groups: 2))), .linear(1))
        ),
        ("convolution1 (convolution)", .conv(4, kernel: 9, padding: .valid)),
        ("convolution1 (convolution)", .conv(0, kernel: 1)), ("convolution1 (convolution)", .conv(1, kernel: 0)),
        ("convolution1 (convolution)", .conv(1, kernel: 3, padding: -1)),
        ("depthwise1 (depthwise)", .depthwise(kernel: 3, stride: 0)), ("dropout1 (dropout)", .dropout(1)),
        ("batch_norm1 (batch_norm)", .batchNorm(epsilon: 0)),
        ("max_pool1 (max_pool)", .maxPool(2, stride: 1, padding: 2)),
        ("drop_path1 (drop_path)", .dropPath(1)), ("times1 (times)", .times(.infinity)),
        ("shift1 (shift)", .shift(8)), ("shift1 (shift)", .shift(-1)),
        ("a (relu)", .sequential(.relu.named("a"), .relu.named("a"))),
        ("linear1 (linear)", .sequential(.flatten, .linear(1 << 40))),
        ("add1 (add)", .sequential(.parallel([], join: .add), .linear(1))),
    ]) func impossibleGraphsNameTheNode(_ subject: String, _ block: Block) throws {
        do {
            _ = try Graph(name: "g", input: [3, 8, 8], block)
            Issue.record("a graph was made")
        } catch let error as ComputeError {
            #expect(error.kind == .badGraph)
            #expect(error.subject == subject || error.message.contains("ends in the linear layer"))
        }
    }

    @Test func whatIsKeptIsRecalledInItsScopeAndInside() throws {
        let inner = Block.sequential(.keep("x"), .conv(4, kernel: 1), .sum(.recall("x"), .recall("outer", .relu)))
        let graph = try Graph(
            name: "g", input: [4, 8, 8],
            .sequential(
                .keep("outer"), .conv(4, kernel: 3), inner.named("s"), .keep("x"), .relu, .sum(.recall("x"), .identity),
                .globalPool, .linear(2)))
        let nodes = Dictionary(uniqueKeysWithValues: graph.nodes.enumerated().map { ($1.name, $0) })
        let inputs = graph.nodes.map { node in node.inputs.map { graph.nodes[$0].name } }
        #expect(nodes["s.relu1"].map { inputs[$0] } == ["input"])
        #expect(nodes["s.add1"].map { inputs[$0] } == ["convolution1", "s.relu1"])
        #expect(nodes["add1"].map { inputs[$0] } == ["s.add1", "relu1"])
    }

    @Test func whatIsNotKeptOrOutOfScopeCannotBeRecalled() {
        let blocks: [Block] = [
            .recall("x"), .sequential(.keep("x").named("s"), .recall("x")), .sequential(.recall("y"), .keep("y")),
        ]
        for block in blocks {
            let error = #expect(throws: ComputeError.self) {
                try Graph(name: "g", input: [4, 8, 8], .sequential(block, .globalPool, .linear(2)))
            }
            #expect(error?.kind == .badGraph)
            #expect(error?.remedy?.contains("keep(") == true)
        }
    }

    @Test func inputsMustBePositive() {
        for input in [[3, 8], [0, 8, 8], [3, -1, 8], [1, 1 << 40, 1 << 40], []] {
            #expect(throws: ComputeError.self) { try Graph(name: "g", input: input, .linear(2)) }
        }
    }

    @Test func truncatedNormalStaysWithinTwoDeviations() {
        let drawn = Initializer.truncatedNormal(deviation: 0.5).tensor([2000], name: "w", seed: 1).values
        #expect(drawn.allSatisfy { abs($0) <= 1 })
        // The deviation of a normal distribution cut at two is 0.880 of its own.
        let variance = drawn.reduce(0) { $0 + $1 * $1 } / 2000
        #expect(abs(variance.squareRoot() / 0.5 - 0.880) < 0.05)
    }
}
