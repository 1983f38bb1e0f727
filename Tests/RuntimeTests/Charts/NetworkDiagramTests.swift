import Compute
import Testing

@testable import Runtime

/// Figures of networks: what they say of the graph, and that nothing overlaps.
struct NetworkDiagramTests {
    private func graph(_ name: String) throws -> Graph {
        try #require(NetworkFamily.variant(name)).graph(NetworkOptions())
    }

    private func outline(_ blocks: Block...) throws -> NetworkOutline {
        NetworkOutline(try Graph(name: "n", input: [3, 16, 16], .sequential(blocks + [.globalPool, .linear(4)])))
    }

    @Test func normalisationAndActivationJoinTheirFilter() throws {
        let stretches = try outline(.conv(8, kernel: 3, stride: 2), .batchNorm(), .relu).stretches
        #expect(
            stretches.flatMap { $0.units.map(\.text) } == ["conv 3×3 /2, 8 · bn · relu", "global pool", "linear, 4"])
        let before = try outline(.batchNorm(), .relu, .conv(8, kernel: 1)).stretches
        #expect(before.first?.units.map(\.text) == ["bn · relu · conv 1×1, 8"])
    }

    @Test func branchesStandTogetherUntilTheyJoin() throws {
        let module = Block.parallel(.conv(4, kernel: 1), .sequential(.conv(2, kernel: 1), .conv(4, kernel: 3)))
        let stretch = try #require(try outline(.conv(8, kernel: 3), module).stretches.dropFirst().first)
        #expect(stretch.units.map(\.text) == ["conv 1×1, 4", "conv 1×1, 2", "conv 3×3, 4", "concat"])
        #expect(stretch.units.map(\.inputs) == [[nil], [nil], [1], [0, 2]] && stretch.shape == [8, 16, 16])
    }

    @Test func equalBlocksAreCounted() throws {
        let stretches = NetworkOutline(try graph("resnet50")).stretches
        let counts = stretches.filter { $0.title.hasPrefix("stage") }.map(\.count)
        #expect(counts == [1, 2, 1, 3, 1, 5, 1, 2])
        #expect(stretches.contains { $0.title == "stage3.block2 – stage3.block6" })
        let dense = NetworkOutline(try graph("densenet121")).stretches.filter { $0.title.hasPrefix("stage") }
        #expect(dense.map(\.count) == [6, 12, 24, 16] && dense.map { $0.shape[0] } == [256, 512, 1024, 1024])
    }

    /// Every filter, pooling and join of the graph stands in the figure once for each time it occurs.
    @Test(arguments: NetworkFamily.all.flatMap { $0.variants.map(\.name) })
    func nothingIsLostOrOverlaps(name: String) throws {
        let graph = try graph(name)
        let outline = NetworkOutline(graph)
        let filters = outline.stretches.map { stretch in
            stretch.count * stretch.units.filter { $0.kind == .filter }.count
        }
        #expect(filters.reduce(0, +) == graph.nodes.filter { $0.layer is Convolution }.count)

        let drawing = NetworkDiagram(graph, measure: CairoTextMeasure()).drawing()
        let boxes = drawing.shapes(.mark("layer")).compactMap(\.bounds)
        #expect(boxes.count == outline.stretches.reduce(0) { $0 + $1.units.count })
        for (index, box) in boxes.enumerated() {
            #expect(box.minX >= 0 && box.maxX <= drawing.size.width && box.maxY <= drawing.size.height)
            for other in boxes[(index + 1)...] where box.minX < other.maxX && other.minX < box.maxX {
                #expect(box.maxY <= other.minY || other.maxY <= box.minY)
            }
        }
        for text in drawing.texts(.label) {
            #expect(boxes.contains { $0.minX <= text.bounds.minX && text.bounds.maxX <= $0.maxX })
        }
    }

    @Test func aGivenSizeIsKept() throws {
        let drawing = NetworkDiagram(try graph("inception_v1"), measure: CairoTextMeasure()).drawing(
            within: Size(width: 300, height: 500))
        #expect(drawing.size == Size(width: 300, height: 500))
        let right = drawing.items.compactMap { $0.role == .background ? nil : $0.shape.bounds?.maxX }.max()
        #expect(try #require(right) <= 300)
    }
}
