import TestSupport

@testable import Compute

/// Values from Tests/Reference/representations/representations.py: numpy, scipy, scikit-learn.
struct RepresentationsReference: Decodable {
    struct ScoreRow: Decodable {
        let name: String
        let features, test, other: [[Double]]
        let labels: [Int]
        let logme, logme_authors, h_score, h_score_shrunk, shrinkage, cka: Double
        /// Accuracy and loss a penalty.
        let ridge, ridge_loo: [[Double]]
        let pca_scores, pca_components: [[Double]]
        let pca_explained: [Double]
        let euclidean_distances, cosine_distances: [[Double]]
        let euclidean_indices, cosine_indices: [[Int]]
        let knn_euclidean, knn_cosine: Double

        var matrix: FeatureMatrix { get throws { try FeatureMatrix(rows: features) } }
        var classes: ClassLabels { ClassLabels(labels) }
    }

    struct SourceRow: Decodable {
        let logits: [[Double]]
        let labels, source: [Int]
        let leep, nce: Double
    }

    struct KendallRow: Decodable {
        let x, y: [Double]
        let tau: Double
    }

    struct Plane: Decodable {
        struct Small: Decodable {
            let features: [[Double]]
            let perplexity, kl: Double
            let p_first_row: [Double]
        }

        let small: Small
        let big_kl: Double
    }

    let penalties: [Double]
    let scores: [ScoreRow]
    let sources: [SourceRow]
    let kendall: [KendallRow]
    let tsne: Plane

    static func read() throws -> RepresentationsReference {
        try ReferenceFile.read("representations/representations.json")
    }

    /// The largest difference of two matrices.
    static func difference(_ a: FeatureMatrix, _ b: [[Double]]) -> Double {
        zip(a.values, b.joined()).reduce(a.values.count == b.joined().count ? 0 : .infinity) {
            max($0, abs($1.0 - $1.1))
        }
    }
}
