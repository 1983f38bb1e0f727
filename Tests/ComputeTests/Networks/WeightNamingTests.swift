import Foundation
import Testing

@testable import Compute

/// Names in other libraries: what the libraries themselves say (`Tests/Reference/networks/names.py`), for every network.
@Suite struct WeightNamingTests {
    private struct Names: Decodable {
        var count: Int
        var crc: UInt32
    }

    private static func references() throws -> [String: [String: Names]] {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Reference/networks/names.json")
        return try JSONDecoder().decode([String: [String: Names]].self, from: Data(contentsOf: path))
    }

    @Test(arguments: NetworkCatalogueTests.names) func everyNameIsTheLibrarys(_ name: String) throws {
        let variant = try NetworkCatalogueTests.variant(name)
        let references = try #require(try Self.references()[name])
        #expect(Set(variant.namings.map(\.library)) == Set(references.keys))
        var options = NetworkOptions()
        // Only the Caffe version of BN-Inception has names elsewhere.
        if name == "bn_inception" { options.origin = .pytorch }
        let ours = try variant.graph(options).parameters.map(\.name)
        for naming in variant.namings {
            let theirs = ours.compactMap { naming.name($0) }
            let expected = try #require(references[naming.library])
            #expect(theirs.count == ours.count)
            #expect(Set(theirs).count == ours.count)
            #expect(theirs.count == expected.count)
            #expect(
                NetworkReference.crc32(theirs.sorted().joined(separator: "\n")) == expected.crc, "\(naming.library)")
        }
    }

    @Test func rulesTakeNumbersAndWordsInTheirOrder() {
        let naming = WeightNaming(
            "test", units: ["stage#.*": "layers.{1-1}.{2}"],
            rules: ["block#_#": "b{2+10}.{1}", "*.fixed": "{1}{1}", "stage2.convolution9": "never"])
        #expect(naming.name("stage12.left.convolution1.weight") == "layers.11.left.conv.weight")
        #expect(naming.name("stage1.left.batch_norm1.mean") == "layers.0.left.bn.running_mean")
        #expect(naming.name("stage1.left.batch_norm1.variance") == "layers.0.left.bn.running_var")
        #expect(naming.name("block3_4.bias") == "b14.3.bias")
        #expect(naming.name("a.fixed.weight") == "aa.weight")
    }

    @Test func whatNoRuleFitsHasNoName() {
        let naming = WeightNaming("test", rules: ["block#": "b{1}", "a": "b"])
        for name in ["weight", "", ".", "block.weight", "blockx.weight", "block1.more.weight", "ab.weight", "aweight"] {
            #expect(naming.name(name) == nil, "\(name)")
        }
    }
}
