import TestSupport
import Testing

@testable import Compute

@Suite struct RepresentationTests {
    private let reference: RepresentationsReference
    private let blas: BLAS

    init() throws {
        reference = try RepresentationsReference.read()
        blas = try BLAS(threads: 2)
    }

    @Test func matricesAreFullRectanglesOfFiniteNumbers() throws {
        let matrix = try FeatureMatrix(rows: [[1, 2], [3, 4], [5, 6]])
        #expect(
            matrix.row(1) == [3, 4] && matrix.column(1) == [2, 4, 6] && matrix.rows(1..<3).values == [3, 4, 5, 6])
        #expect(throws: ComputeError.self) { try FeatureMatrix(rows: [[1, 2], [3]]) }
        #expect(throws: ComputeError.self) { try FeatureMatrix(rows: []) }
        #expect(throws: ComputeError.self) { try FeatureMatrix(rows: [[], []]) }
        #expect(throws: ComputeError.self) { try FeatureMatrix(rows: [[1, .nan]]) }
        #expect(throws: ComputeError.self) { try FeatureMatrix(rows: [[1, .infinity]]) }
        #expect(throws: ComputeError.self) { try FeatureMatrix(rows: Int.max, columns: 4, values: [1]) }
    }

    @Test func componentsAreScikitLearns() throws {
        for row in reference.scores {
            for method in PrincipalComponents.Method.allCases {
                let pca = try PrincipalComponents(row.matrix, components: 3, method: method, blas: blas)
                #expect(RepresentationsReference.difference(pca.scores, row.pca_scores) < 1e-9, "\(row.name) \(method)")
                #expect(RepresentationsReference.difference(pca.components, row.pca_components) < 1e-9, "\(row.name)")
                for (share, expected) in zip(pca.explained, row.pca_explained) {
                    #expect(isClose(share, expected), "\(row.name) \(method)")
                }
            }
        }
    }

    /// On a slowly falling spectrum: the largest components of many.
    @Test func randomisedComponentsAreTheLargest() throws {
        var generator = Philox(seed: 3, purpose: "test")
        let rows = (0..<300).map { _ in (0..<120).map { generator.normal() * 30 / Double(10 + $0) } }
        let features = try FeatureMatrix(rows: rows)
        let exact = try PrincipalComponents(features, components: 5, blas: blas)
        let random = try PrincipalComponents(features, components: 5, method: .randomised, seed: 1, blas: blas)
        for (share, expected) in zip(random.explained, exact.explained) {
            #expect(isClose(share, expected, relative: 1e-6))
        }
        let again = try PrincipalComponents(features, components: 5, method: .randomised, seed: 1, blas: blas)
        #expect(again.scores == random.scores)
    }

    @Test func thereAreNoMoreComponentsThanDirections() throws {
        let flat = try FeatureMatrix(rows: [[1, 2, 5], [2, 4, 5], [3, 6, 5]])
        #expect(try PrincipalComponents(flat, components: 1, blas: blas).explained.first.map { isClose($0, 1) } == true)
        #expect(throws: ComputeError.self) { try PrincipalComponents(flat, components: 2, blas: blas) }
        let same = try FeatureMatrix(rows: [[0.1, 0.3], [0.1, 0.3], [0.1, 0.3]])
        #expect(throws: ComputeError.self) { try PrincipalComponents(same, components: 1, blas: blas) }
        #expect(throws: ComputeError.self) {
            try PrincipalComponents(same, components: 1, method: .randomised, blas: blas)
        }
    }

    /// By features where these are few ("tall"), by examples where not ("wide").
    @Test func alignmentIsTheKernels() throws {
        for row in reference.scores {
            let (x, y) = (try row.matrix, try FeatureMatrix(rows: row.other))
            #expect(isClose(try KernelAlignment.linear(x, y, blas: blas), row.cka), "\(row.name)")
            #expect(isClose(try KernelAlignment.linear(x, x, blas: blas), 1), "\(row.name)")
        }
        let same = try FeatureMatrix(rows: [[1], [1]])
        #expect(throws: ComputeError.self) { try KernelAlignment.linear(same, same, blas: blas) }
        let two = try FeatureMatrix(rows: [[1], [2]])
        #expect(throws: ComputeError.self) { try KernelAlignment.linear(two, FeatureMatrix(rows: [[1]]), blas: blas) }
    }

    /// Where distances are not tied the neighbours are the same; where they are, ours are in order.
    @Test func neighboursAreTheNearest() throws {
        for row in reference.scores {
            let cases = [
                (Neighbours.Metric.euclidean, row.euclidean_distances, row.euclidean_indices),
                (.cosine, row.cosine_distances, row.cosine_indices),
            ]
            for (metric, distances, indices) in cases {
                let found = try Neighbours(among: row.matrix, k: 4, metric: metric, blas: blas)
                for (place, expected) in distances.joined().enumerated() {
                    #expect(isClose(found.distances[place], expected, absolute: 5e-8), "\(row.name) \(metric)")
                }
                guard row.name != "duplicates" else { continue }
                #expect(found.indices == Array(indices.joined()), "\(row.name) \(metric)")
            }
        }
    }

    /// Far from the origin products lose digits; the order of neighbours is still that of the differences.
    @Test func tiesAreInOrderAndEqualExamplesAtZero() throws {
        let square = [[0.0, 0], [1, 0], [0, 1], [1, 1], [0, 0]]
        for shift in [0, 1e7] {
            let features = try FeatureMatrix(rows: square.map { $0.map { $0 + shift } })
            let found = try Neighbours(among: features, k: 3, metric: .euclidean, blas: blas)
            #expect(found.indices == [4, 1, 2, 0, 3, 4, 0, 3, 4, 1, 2, 0, 0, 1, 2])
            #expect(found.distances[0] == 0 && found.distances[1] == 1)
        }
        let zero = try FeatureMatrix(rows: square)
        #expect(throws: ComputeError.self) { try Neighbours(among: zero, k: 1, metric: .cosine, blas: blas) }
        #expect(throws: ComputeError.self) { try Neighbours(among: zero, k: 5, metric: .euclidean, blas: blas) }
        #expect(throws: ComputeError.self) { try Neighbours(among: zero, k: 0, metric: .euclidean, blas: blas) }
    }
}
