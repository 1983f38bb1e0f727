import Testing

@testable import Compute

/// Every option of every declared network, and what happens out of range.
@Suite struct NetworkOptionsTests {
    private static func graph(_ name: String, _ change: (inout NetworkOptions) -> Void) throws -> Graph {
        var options = NetworkOptions()
        change(&options)
        return try NetworkCatalogueTests.variant(name).graph(options)
    }

    @Test(arguments: NetworkCatalogueTests.names) func widthChangesEveryStageAndKeepsTheNodes(_ name: String) throws {
        let plain = try Self.graph(name) { _ in }
        let narrow = try Self.graph(name) { $0.width = 0.5 }
        let wide = try Self.graph(name) { $0.width = 1.4 }
        #expect(narrow.nodes.map(\.name) == plain.nodes.map(\.name))
        #expect(NetworkCatalogueTests.body(narrow) < NetworkCatalogueTests.body(plain))
        #expect(NetworkCatalogueTests.body(wide) > NetworkCatalogueTests.body(plain))
        #expect(wide.featureCount > plain.featureCount)
    }

    @Test(arguments: NetworkCatalogueTests.names) func depthChangesTheNumberOfBlocksOnly(_ name: String) throws {
        let plain = try Self.graph(name) { _ in }
        let shallow = try Self.graph(name) { $0.depth = 0.01 }
        #expect(shallow.nodes.count < plain.nodes.count)
        if name.hasPrefix("densenet") {
            // One layer a stage: 64 channels, each stage adds 32 and all but the last halve.
            #expect(shallow.featureCount == (((64 + 32) / 2 + 32) / 2 + 32) / 2 + 32)
        } else {
            #expect(shallow.featureCount == plain.featureCount)
        }
        let deep = try Self.graph(name) { $0.depth = 1.5 }
        #expect(deep.nodes.count > plain.nodes.count)
    }

    @Test(arguments: NetworkCatalogueTests.names, [28, 32])
    func theSmallStemTakesSmallImages(_ name: String, _ side: Int) throws {
        let channels = side == 28 ? 1 : 3
        let graph = try Self.graph(name) {
            ($0.stem, $0.input, $0.channels, $0.classes) = (.small, side, channels, 10)
        }
        #expect(graph.input == [channels, side, side])
        #expect(graph.classes == 10)
        #expect(graph.nodes[graph.features].shape == [graph.featureCount])
        // The first convolution keeps the resolution.
        #expect(graph.nodes[1].shape.suffix(2) == [side, side])
    }

    @Test(arguments: NetworkCatalogueTests.names) func withoutScalesOnlyTheScalesAreMissing(_ name: String) throws {
        let plain = try Self.graph(name) { _ in }
        let bare = try Self.graph(name) { $0.batchNormScale = false }
        let scales = plain.parameters.filter {
            plain.nodes[$0.node].layer is BatchNorm && $0.spec.name == "weight"
        }
        #expect(!scales.isEmpty)
        let count = scales.reduce(0) { $0 + $1.spec.count }
        #expect(plain.parameterCount - bare.parameterCount == count)
        #expect(Set(bare.parameters.map(\.name)) == Set(plain.parameters.map(\.name)).subtracting(scales.map(\.name)))
    }

    @Test(arguments: NetworkCatalogueTests.names)
    func dropoutStandsBetweenFeaturesAndClassifier(_ name: String) throws {
        let plain = try Self.graph(name) { _ in }
        let graph = try Self.graph(name) { $0.dropout = 0.2 }
        let before = try #require(graph.nodes[graph.output].inputs.first)
        #expect(graph.nodes[before].layer is Dropout)
        #expect(graph.nodes[before].inputs == [graph.features])
        #expect(graph.parameters.map(\.name) == plain.parameters.map(\.name))
    }

    @Test(arguments: NetworkCatalogueTests.names) func classesChangeTheClassifierOnly(_ name: String) throws {
        let plain = try Self.graph(name) { _ in }
        let graph = try Self.graph(name) { $0.classes = 7 }
        #expect(graph.classes == 7)
        #expect(Array(graph.nodes.dropLast()) == Array(plain.nodes.dropLast()))
    }

    @Test func aDepthAboveOneLengthensInceptionToo() throws {
        let plain = try Self.graph("inception_v1") { _ in }
        let deep = try Self.graph("inception_v1") { $0.depth = 1.5 }
        #expect(deep.nodes.count > plain.nodes.count)
        #expect(deep.featureCount == plain.featureCount)
    }

    private static let outOfRange: [(option: String, change: @Sendable (inout NetworkOptions) -> Void)] = [
        ("classes", { $0.classes = 0 }), ("input", { $0.input = 0 }), ("input", { $0.input = 5000 }),
        ("channels", { $0.channels = 5 }), ("channels", { $0.channels = 0 }), ("width", { $0.width = 0 }),
        ("width", { $0.width = .nan }), ("width", { $0.width = 17 }), ("depth", { $0.depth = -1 }),
        ("depth", { $0.depth = .infinity }), ("dropout", { $0.dropout = 1 }), ("dropout", { $0.dropout = -0.1 }),
        ("dropout", { $0.dropout = .nan }), ("drop_path", { $0.dropPath = 1 }),
        ("bn_momentum", { $0.batchNormMomentum = 1.5 }), ("bn_epsilon", { $0.batchNormEpsilon = 0 }),
    ]

    @Test(arguments: outOfRange.indices)
    func anOptionOutOfRangeIsNamed(_ index: Int) throws {
        let (option, change) = Self.outOfRange[index]
        let error = try #require(throws: ComputeError.self) { _ = try Self.graph("resnet50", change) }
        #expect(error.kind == .badArgument)
        #expect(error.message.hasPrefix("'\(option)' takes "))
    }

    @Test(arguments: NetworkCatalogueTests.names) func batchNormalisationTakesMomentumAndEpsilon(_ name: String) throws
    {
        let graph = try Self.graph(name) { ($0.batchNormMomentum, $0.batchNormEpsilon) = (0.997, 0.002) }
        let layers = graph.nodes.compactMap { $0.layer as? BatchNorm }
        #expect(!layers.isEmpty)
        #expect(layers.allSatisfy { $0.momentum == 0.997 && $0.epsilon == 0.002 })
    }

    @Test(arguments: NetworkCatalogueTests.names) func anAuxiliaryHeadIsForThoseThatHaveOne(_ name: String) throws {
        let variant = try NetworkCatalogueTests.variant(name)
        guard variant.extras.contains(.auxiliaryHead) else {
            let error = #expect(throws: ComputeError.self) { try Self.graph(name) { $0.auxiliaryHead = true } }
            #expect(error?.kind == .badArgument)
            #expect(error?.message == "'aux_head' is not an option of \(name)")
            #expect(error?.remedy?.contains("inception_v3") == true)
            return
        }
        let plain = try Self.graph(name) { _ in }
        let headed = try Self.graph(name) { $0.auxiliaryHead = true }
        let head = try #require(headed.auxiliaries.first)
        #expect(head.weight == 0.4)
        #expect(headed.nodes[head.node].shape == [1000])
        // At native size the last convolution sees all of a 5×5 map.
        let window = headed.nodes.first { $0.name == "auxiliary.conv1.convolution1" }
        #expect(window?.shape == [768, 1, 1])
        #expect(headed.nodes.filter { !$0.name.hasPrefix("auxiliary") }.map(\.name) == plain.nodes.map(\.name))
        let small = try Self.graph(name) {
            ($0.auxiliaryHead, $0.stem, $0.input, $0.classes) = (true, .small, 32, 10)
        }
        #expect(small.auxiliaries.count == 1)
    }

    @Test(arguments: NetworkCatalogueTests.names) func dropPathIsNASNets(_ name: String) throws {
        guard name.hasPrefix("nasnet") else {
            #expect(throws: ComputeError.self) { try Self.graph(name) { $0.dropPath = 0.1 } }
            return
        }
        let rates = try Self.graph(name) { $0.dropPath = 0.3 }.nodes.compactMap { ($0.layer as? DropPath)?.rate }
        #expect(rates == rates.sorted())
        #expect(rates.last == 0.3)
        let cells = name == "nasnet_large" ? 22 : 16
        #expect(rates.first == Float(0.3 / Double(cells)))
        #expect(Set(rates).count == cells)
    }

    @Test(arguments: NetworkCatalogueTests.names) func bothOriginsAreNetworks(_ name: String) throws {
        let graphs = try NetworkOptions.Origin.allCases.map { origin in try Self.graph(name) { $0.origin = origin } }
        #expect(Set(graphs.map(\.featureCount)).count == 1)
        let own = try Self.graph(name) { _ in }
        #expect(graphs.contains(own))
    }

    @Test func aTooSmallImageIsRefusedWithTheSizeAndWhatToDo() throws {
        let error = try #require(throws: ComputeError.self) { _ = try Self.graph("densenet121") { $0.input = 8 } }
        #expect(error.kind == .badGraph)
        #expect(error.message.hasPrefix("densenet121 cannot take images of 8 × 8: "))
        #expect(error.remedy?.contains("'input'") == true)
    }

    /// Padding keeps a pixel alive in most networks; where nothing is left, the error is the network's.
    @Test(arguments: NetworkCatalogueTests.names) func onePixelIsTakenOrRefusedPolitely(_ name: String) throws {
        do {
            let graph = try Self.graph(name) { $0.input = 1 }
            #expect(!graph.nodes.flatMap(\.shape).contains(0))
        } catch let error as ComputeError {
            #expect(error.kind == .badGraph)
            #expect(error.remedy != nil)
        }
    }

    /// The rounding of Sandler et al. 2018: values of their function `_make_divisible(c · width, 8)`.
    @Test func channelsAreRoundedToEights() {
        var options = NetworkOptions()
        options.width = 1.4
        let wide = [16, 24, 32, 64, 96, 160, 320, 1280].map { options.scaled($0) }
        #expect(wide == [24, 32, 48, 88, 136, 224, 448, 1792])
        options.width = 0.35
        let narrow = [16, 24, 32, 64, 96, 160, 320].map { options.scaled($0) }
        #expect(narrow == [8, 8, 16, 24, 32, 56, 112])
        options.width = 1
        #expect(options.scaled(13) == 13)
    }
}
