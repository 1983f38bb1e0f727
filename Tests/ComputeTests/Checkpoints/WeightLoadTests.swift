import Testing

@testable import Compute

/// A file's arrays brought into a network.
struct WeightLoadTests {
    private let graph: Graph

    init() throws {
        graph = try Graph(
            name: "n", input: [2, 6, 6],
            .sequential(
                Block.conv(4, kernel: 3).named("conv"), Block.batchNorm().named("bn"), .relu, .globalPool,
                Block.linear(3).named("fc")))
    }

    private func file(_ tensors: [(String, [Int])]) -> Checkpoint {
        var file = Checkpoint(format: .torch)
        for (index, (name, shape)) in tensors.enumerated() {
            file.names.append(name)
            file.tensors[name] = Tensor(shape, [Float](repeating: Float(index + 1), count: shape.reduce(1, *)))
        }
        return file
    }

    private let torch = [
        ("conv.weight", [4, 2, 3, 3]), ("bn.weight", [4]), ("bn.bias", [4]), ("bn.running_mean", [4]),
        ("bn.running_var", [4]), ("fc.weight", [3, 4]), ("fc.bias", [3]),
    ]

    @Test func pyTorchsStatisticsAreKnown() throws {
        let load = WeightLoad(file(torch), into: graph, namings: [])
        #expect(load.library == "PyTorch" && load.matched.count == 7 && load.missing.isEmpty && load.unexpected.isEmpty)
        #expect(load.weights["bn.variance"]?.values == [5, 5, 5, 5])
        try graph.check(load.weights)
    }

    @Test func theLibraryWhoseNamesFitBestIsTaken() {
        let naming = WeightNaming(library: "other") { "their." + $0 }
        let names = graph.parameters.map { ("their." + $0.name, $0.spec.shape) }
        let load = WeightLoad(file(names + [("their.extra", [1])]), into: graph, namings: [naming])
        #expect(load.library == "other" && load.matched.count == 7 && load.unexpected == ["their.extra"])
    }

    @Test func whatIsMissingStaysAsItStarts() {
        let load = WeightLoad(file(Array(torch.dropLast(2))), into: graph, namings: [], seed: 5)
        #expect(load.missing == ["fc.weight", "fc.bias"])
        #expect(load.weights["fc.weight"] == graph.initialWeights(seed: 5)["fc.weight"])
    }

    @Test func theClassifierCanBeLeftOut() {
        let other = Array(torch.dropLast(2)) + [("fc.weight", [9, 4]), ("fc.bias", [9])]
        #expect(WeightLoad(file(other), into: graph, namings: []).misfits.count == 2)
        let load = WeightLoad(file(other), into: graph, namings: [], keepsClassifier: false)
        #expect(load.misfits.isEmpty && load.missing.isEmpty && load.dropped == ["fc.weight", "fc.bias"])
        #expect(load.matched.count == 5 && load.weights["fc.weight"]?.shape == [3, 4])
    }

    @Test func orderNeedsNoNames() {
        let renamed = torch.enumerated().map { ("t\($0.offset)", $0.element.1) }
        let load = WeightLoad(file(renamed), into: graph, namings: [], by: .order)
        #expect(load.matched.count == 7 && load.weights["fc.bias"]?.values == [7, 7, 7])
        let swapped = WeightLoad(file(renamed.reversed()), into: graph, namings: [], by: .order)
        #expect(!swapped.misfits.isEmpty)
    }

    @Test func extentsOfOneDoNotMatter() {
        var other = torch
        other[5].1 = [3, 4, 1, 1]
        #expect(WeightLoad(file(other), into: graph, namings: []).misfits.isEmpty)
    }
}
