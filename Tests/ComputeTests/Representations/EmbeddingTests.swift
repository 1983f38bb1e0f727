import Foundation
import TestSupport
import Testing

@testable import Compute

@Suite struct EmbeddingTests {
    private let reference: RepresentationsReference

    init() throws { reference = try RepresentationsReference.read() }

    private func affinities(_ features: FeatureMatrix, _ perplexity: Double) throws -> Affinities {
        try Affinities(features, perplexity: perplexity, blas: BLAS(threads: 2), check: {})
    }

    private func scattered(_ count: Int, _ columns: Int) throws -> FeatureMatrix {
        var generator = Philox(seed: 5, purpose: "test")
        return try FeatureMatrix(
            rows: count, columns: columns, values: (0..<count * columns).map { _ in generator.normal() })
    }

    /// Angles on four rings in five dimensions, as in the reference script.
    private var rings: FeatureMatrix {
        get throws {
            try FeatureMatrix(
                rows: (0..<600).map { index in
                    let (i, ring) = (Double(index), Double(index % 4))
                    return [
                        cos(i * 0.7) * (1 + ring), sin(i * 0.7) * (1 + ring), cos(i * i * 0.01), ring * 2, sin(i * 1.3),
                    ]
                })
        }
    }

    @Test func affinitiesHaveThePerplexity() throws {
        let small = reference.tsne.small
        let joint = try affinities(FeatureMatrix(rows: small.features), small.perplexity)
        var row = [Double](repeating: 0, count: joint.count)
        for place in joint.starts[0]..<joint.starts[1] { row[joint.columns[place]] = joint.values[place] }
        for (p, expected) in zip(row, small.p_first_row) {
            #expect(isClose(p, expected, relative: 1e-9, absolute: 1e-16))
        }
        #expect(isClose(joint.values.reduce(0, +), 1))
    }

    /// Equal neighbours, more of them than the perplexity, share alike; equal examples all.
    @Test func equalDistancesAreNoTrouble() {
        let third = 1.0 / 3
        let equal = Affinities.conditional([0, 0, 0], perplexity: 2)
        #expect(equal == [third, third, third])
        let shares = Affinities.conditional([0, 0, 0, 4, 9], perplexity: 2)
        #expect(shares.allSatisfy(\.isFinite) && isClose(shares[0], third) && shares[4] < 1e-12)
    }

    @Test func gradientIsTheSlopeOfTheDivergence() throws {
        let features = try scattered(40, 5)
        let gradient = EmbeddingGradient(affinities: try affinities(features, 8), angle: 0, threads: 2)
        var points = try scattered(40, 2).values
        var slope = [Double](repeating: 0, count: 80)
        gradient.evaluate(points, exaggeration: 1, into: &slope)
        let largest = slope.map(abs).max() ?? 0
        for index in stride(from: 0, to: 80, by: 7) {
            let (value, step) = (points[index], 1e-5)
            points[index] = value + step
            let above = gradient.divergence(points)
            points[index] = value - step
            let below = gradient.divergence(points)
            points[index] = value
            #expect(isClose((above - below) / (2 * step), slope[index], absolute: 1e-8 * max(1, largest)))
        }
    }

    @Test func treesRepelAsAllPairsDo() throws {
        let features = try rings
        let joint = try affinities(features, 30)
        let points = try scattered(600, 2).values.map { $0 * 10 }
        var slopes = [[Double]](repeating: [Double](repeating: 0, count: 1200), count: 3)
        for (index, angle) in [0, 1e-9, 0.5].enumerated() {
            EmbeddingGradient(affinities: joint, angle: angle, threads: 2)
                .evaluate(points, exaggeration: 1, into: &slopes[index])
        }
        let size = slopes[0].reduce(0) { $0 + $1 * $1 }.squareRoot()
        let errors = slopes.map { slope in
            zip(slope, slopes[0]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot() / size
        }
        #expect(errors[1] < 1e-12, "\(errors)")
        // Of the whole gradient, in which attraction and repulsion partly cancel.
        #expect(errors[2] < 0.04, "\(errors)")
    }

    @Test func treesTakeEqualPoints() {
        let tree = QuadTree([1, 1, 1, 1, 1, 1, 5, 2])
        #expect(tree.nodes.first?.mass == 4)
        #expect(tree.order.sorted() == [0, 1, 2, 3])
        #expect(QuadTree([2, 2, 2, 2]).nodes.count == 1)
        #expect(QuadTree([]).nodes.isEmpty)
    }

    @Test func divergenceIsAsLowAsScikitLearns() throws {
        let small = reference.tsne.small
        let embedding = try Embedding(FeatureMatrix(rows: small.features), perplexity: small.perplexity)
        #expect(embedding.divergence < small.kl * 1.03, "\(embedding.divergence), \(small.kl)")
        let big = try Embedding(rings, perplexity: 30)
        #expect(big.divergence < reference.tsne.big_kl * 1.03, "\(big.divergence), \(reference.tsne.big_kl)")
    }

    @Test func seedDecidesAndThreadsDoNot() throws {
        let features = try rings
        func embed(_ seed: UInt64, _ threads: Int, _ start: Embedding.Start) throws -> FeatureMatrix {
            try Embedding(features, steps: 40, seed: seed, start: start, threads: threads).points
        }
        #expect(try embed(1, 1, .principal) == embed(1, 2, .principal))
        #expect(try embed(1, 1, .random) == embed(1, 3, .random))
        #expect(try embed(1, 1, .random) != embed(2, 1, .random))
    }

    @Test func fewAndEqualExamples() throws {
        let line = try FeatureMatrix(rows: (0..<10).map { [Double($0)] })
        #expect(try Embedding(line, perplexity: 3, steps: 600).divergence < 0.1)
        let same = try FeatureMatrix(rows: [[Double]](repeating: [1, 2], count: 8))
        #expect(try Embedding(same, perplexity: 2, steps: 20).points.values.allSatisfy(\.isFinite))
        #expect(throws: ComputeError.self) { try Embedding(line, perplexity: 9) }
        #expect(throws: ComputeError.self) { try Embedding(line, perplexity: .nan) }
        #expect(throws: ComputeError.self) { try Embedding(FeatureMatrix(rows: [[1], [2]])) }
    }

    @Test func interruptionEndsIt() throws {
        struct Stop: Monitor {
            func advance(_ progress: Compute.Progress) throws {
                if progress.done >= 5 { throw ComputeError(.cancelled, "interrupted") }
            }
            func check() throws {}
        }
        #expect(throws: ComputeError.self) { try Embedding(rings, monitor: Stop()) }
    }
}
