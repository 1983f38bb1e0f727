/// The directions in which centred features vary most.
///
/// Signs are those of scikit-learn's `svd_flip` on the components: the entry of a component with the largest magnitude, the
/// first of equals, is positive.
public struct PrincipalComponents: Sendable {
    public enum Method: String, Sendable, CaseIterable {
        /// By the eigenvectors of the smaller of XᵀX and XXᵀ.
        case exact
        /// Halko, Martinsson and Tropp 2011, "Finding structure with randomness", SIAM Review 53, algorithm 4.4 with ten
        /// directions more than asked for and seven power iterations.
        case randomised
    }

    /// Examples × components: the centred features on the components.
    public let scores: FeatureMatrix
    /// The share of all variance on each component.
    public let explained: [Double]
    /// Components × features, orthonormal rows.
    public let components: FeatureMatrix

    private static let oversampling = 10
    private static let powerIterations = 7

    /// - Parameter seed: of the randomised method.
    /// - Throws: `ComputeError` of kind `.badArgument` when the features vary in fewer directions than asked for, or are too
    ///   many for the exact method.
    public init(
        _ features: FeatureMatrix, components wanted: Int, method: Method = .exact, seed: UInt64 = 0, blas: BLAS
    ) throws {
        try self.init(features, wanted...wanted, method, seed, blas)
    }

    /// As many components as there are within the range.
    init(_ features: FeatureMatrix, _ wanted: ClosedRange<Int>, _ method: Method, _ seed: UInt64, _ blas: BLAS) throws {
        let centred = features.centred()
        let axes: SingularAxes
        switch method {
        case .exact: axes = try SingularAxes(centred, blas: blas)
        case .randomised: axes = try Self.randomised(centred, wanted.upperBound, seed, blas)
        }
        guard wanted.lowerBound >= 1, wanted.lowerBound <= axes.count else {
            throw ComputeError(
                .badArgument, "the features vary in \(axes.count) directions, asked for \(wanted.lowerBound)",
                subject: "components")
        }
        let count = min(axes.count, wanted.upperBound)
        let right = Array(axes.right[..<(count * features.columns)])
        let signs = (0..<count).map { component in
            let row = right[component * features.columns..<(component + 1) * features.columns]
            return (row.max { abs($0) < abs($1) } ?? 1) < 0 ? -1.0 : 1.0
        }
        components = FeatureMatrix(unchecked: count, features.columns, right).scalingRows(by: signs)
        scores = try centred.times(components, .plain, .transposed, blas: blas)
        let total = centred.sumOfSquares
        explained = axes.squares[..<count].map { $0 / total }
    }

    /// The largest axes, from the decomposition of the features within a random subspace that power iterations have turned
    /// towards them.
    private static func randomised(
        _ centred: FeatureMatrix, _ count: Int, _ seed: UInt64, _ blas: BLAS
    ) throws -> SingularAxes {
        let size = min(count + oversampling, min(centred.rows, centred.columns))
        var generator = Philox(seed: seed, purpose: "randomised pca")
        let random = (0..<centred.columns * size).map { _ in generator.normal() }
        var basis = try orthonormal(
            centred.times(FeatureMatrix(unchecked: centred.columns, size, random), blas: blas), blas)
        for _ in 0..<powerIterations {
            guard let known = basis else { break }
            let turned = try orthonormal(centred.times(known, .transposed, .plain, blas: blas), blas)
            basis = try turned.flatMap { try orthonormal(centred.times($0, blas: blas), blas) }
        }
        guard let basis else { return try SingularAxes(centred, blas: blas) }
        return try SingularAxes(basis.times(centred, .transposed, .plain, blas: blas), blas: blas)
    }

    /// An orthonormal basis of the columns, nil when they are zero: the left vectors, twice, since the first are orthonormal
    /// only as far as the singular values are alike.
    private static func orthonormal(_ matrix: FeatureMatrix, _ blas: BLAS) throws -> FeatureMatrix? {
        var result = matrix
        for _ in 0..<2 {
            let axes = try SingularAxes(result, blas: blas)
            guard axes.count > 0 else { return nil }
            let right = FeatureMatrix(unchecked: axes.count, result.columns, axes.right)
            result = try result.times(right, .plain, .transposed, blas: blas)
                .scalingColumns(by: axes.squares.map { 1 / $0.squareRoot() })
        }
        return result
    }
}
