import Testing

@testable import Compute

/// Every declared network against its own facts, torchvision's counts, and the table of Kornblith et al. 2019.
@Suite struct NetworkCatalogueTests {
    static let variants = NetworkFamily.all.flatMap(\.variants)
    static let names = variants.map(\.name)

    static func variant(_ name: String) throws -> NetworkFamily.Variant {
        try #require(NetworkFamily.variant(name))
    }

    static func body(_ graph: Graph) -> Int { graph.parameterCount - (graph.featureCount + 1) * graph.classes }

    /// A row of table 1 of Kornblith et al. 2019, arXiv 1805.08974, and where the exact count comes from.
    struct Row: CustomTestStringConvertible {
        var name: String
        var width = 1.0
        /// Millions without the classifier, as printed.
        var millions: Double
        var features: Int
        /// Exact, where an implementation is public; torchvision's less its classifier.
        var exact: Int?
        var testDescription: String { "\(name) × \(width)" }
    }

    static let table = [
        Row(name: "inception_v1", millions: 5.6, features: 1024, exact: 5_599_904),
        // TF-Slim's inception_v2_test, which counts β, mean and variance of 9888 channels, where we count β and γ;
        // pretrainedmodels' Caffe network has 10.27 million.
        Row(name: "bn_inception", millions: 10.2, features: 1024, exact: 10_173_112 - 9888),
        // timm's less their classifiers; the table leaves running statistics and auxiliary heads out.
        Row(name: "inception_v3", millions: 21.8, features: 2048, exact: 23_834_568 - 2_049_000),
        Row(name: "inception_v4", millions: 41.1, features: 1536, exact: 42_679_816 - 1_537_000),
        Row(name: "inception_resnet_v2", millions: 54.3, features: 1536, exact: 55_843_464 - 1_537_000),
        Row(name: "nasnet_mobile", millions: 4.2, features: 1056, exact: 5_289_978 - 1_057_000),
        Row(name: "nasnet_large", millions: 84.7, features: 4032, exact: 88_753_150 - 4_033_000),
        Row(name: "resnet50", millions: 23.5, features: 2048, exact: 25_557_032 - 2_049_000),
        Row(name: "resnet101", millions: 42.5, features: 2048, exact: 44_549_160 - 2_049_000),
        Row(name: "resnet152", millions: 58.1, features: 2048, exact: 60_192_808 - 2_049_000),
        Row(name: "densenet121", millions: 7.0, features: 1024, exact: 7_978_856 - 1_025_000),
        Row(name: "densenet169", millions: 12.5, features: 1664, exact: 14_149_480 - 1_665_000),
        Row(name: "densenet201", millions: 18.1, features: 1920, exact: 20_013_928 - 1_921_000),
        Row(name: "mobilenet_v1", millions: 3.2, features: 1024, exact: 3_206_976),
        Row(name: "mobilenet_v2", millions: 2.2, features: 1280, exact: 3_504_872 - 1_281_000),
        Row(name: "mobilenet_v2", width: 1.4, millions: 4.3, features: 1792),
    ]

    @Test(arguments: table) func parametersAndFeaturesAreThePapers(_ row: Row) throws {
        var options = NetworkOptions()
        options.width = row.width
        let graph = try Self.variant(row.name).graph(options)
        let count = Self.body(graph)
        #expect((Double(count) / 1e5).rounded() / 10 == row.millions)
        #expect(graph.featureCount == row.features)
        if let exact = row.exact { #expect(count == exact) }
    }

    @Test(arguments: names) func theGraphKeepsItsDeclaration(_ name: String) throws {
        let variant = try Self.variant(name)
        let graph = try variant.graph(NetworkOptions())
        #expect(Self.body(graph) == variant.parameters)
        #expect(graph.featureCount == variant.features)
        #expect(graph.input == [3, variant.input, variant.input])
        #expect(graph.classes == 1000)
        #expect(graph.name == name)
        #expect(graph.nodes[graph.output].name == "classifier")
    }

    @Test func namesAreUniqueAndEveryVariantIsInTheTable() {
        #expect(Set(Self.names).count == Self.names.count)
        #expect(Set(Self.table.map(\.name)) == Set(Self.names))
    }

    @Test func anUnknownNameIsNoVariant() {
        #expect(NetworkFamily.variant("resnet5") == nil)
    }
}
