/// Features centred and turned onto their principal axes, on which L2-regularised linear models are solved.
///
/// Neither changes the problem. A shift of the features is taken up by the unpenalised bias, and ‖W‖ is the same in
/// every orthonormal basis; directions in which the features do not vary get no weight. What is gained: on these axes
/// features are uncorrelated, so that a diagonal describes the curvature well, and there are at most min(examples,
/// features) of them. Invariant: `values` = (features − mean) · basisᵀ, examples × axes, then rows of zeros up to a
/// multiple of 16.
struct RotatedFeatures: Sendable {
    let count: Int
    let axes: Int
    let values: [Float]
    private let mean: [Double]
    /// Axes × features, orthonormal rows; nil stands for the identity.
    private let basis: [Float]?

    /// Above this order the eigendecomposition (cubic; 0.9 s at 2048 on two cores) costs more than the steps it saves.
    private static let largestOrder = 4096
    /// Variances below this share of the largest are rounding of 32-bit features.
    private static let smallestShare = 1e-13

    /// - Throws: `ComputeError` of kind `.numerical` naming the first entry that is not finite.
    init(_ features: Matrix, blas: BLAS) throws {
        count = features.rows
        mean = try Self.columnMeans(features)
        let centred = Self.subtract(mean, from: features)
        let rows = Self.padded(count)
        let columns = features.columns
        guard count > 0, columns > 0, min(count, columns) <= Self.largestOrder else {
            let padding = [Float](repeating: 0, count: (rows - count) * columns)
            (axes, values, basis) = (columns, centred + padding, nil)
            return
        }
        let directions =
            try columns <= count
            ? Self.axesOfColumns(centred, count, columns, blas) : Self.axesOfRows(centred, count, columns, blas)
        let axes = directions.count / columns
        var turned = [Float](repeating: 0, count: rows * axes)
        try turned.withUnsafeMutableBufferPointer { turned in
            let output = UnsafeMutableBufferPointer(rebasing: turned[..<(features.rows * axes)])
            try centred.withUnsafeBufferPointer { centred in
                try directions.withUnsafeBufferPointer {
                    try blas.gemm(centred, .plain, $0, .transposed, into: output, m: features.rows, n: axes, k: columns)
                }
            }
        }
        (self.axes, basis, values) = (axes, directions, turned)
    }

    /// Rows that hold `count` examples: the softmax takes sixteen at a time.
    static func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }

    /// The sum of squares of every axis over the first `rows` examples.
    func squares(ofFirst rows: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: axes)
        values.withUnsafeBufferPointer { values in
            sums.withUnsafeMutableBufferPointer { sums in
                for row in 0..<min(rows, count) {
                    for axis in sums.indices {
                        let value = Double(values[row * axes + axis])
                        sums[axis] += value * value
                    }
                }
            }
        }
        return sums
    }

    /// Weights (classes × features) and biases in the features as they were given, from those on the axes.
    func restore(_ parameters: [Double], classes: Int, blas: BLAS) throws -> (weights: Matrix, bias: [Float]) {
        let onAxes = Matrix(rows: classes, columns: axes, values: parameters[..<(classes * axes)].map { Float($0) })
        var weights = onAxes
        if let basis {
            let columns = mean.count
            weights = try blas.multiply(onAxes, by: Matrix(rows: axes, columns: columns, values: basis))
        }
        var bias = parameters[(classes * axes)...].map { $0 }
        for label in 0..<classes {
            for (feature, mean) in mean.enumerated() { bias[label] -= Double(weights[label, feature]) * mean }
        }
        return (weights, bias.map { Float($0) })
    }

    private static func columnMeans(_ features: Matrix) throws -> [Double] {
        var sums = [Double](repeating: 0, count: features.columns)
        features.values.withUnsafeBufferPointer { values in
            for row in 0..<features.rows {
                for column in 0..<features.columns { sums[column] += Double(values[row * features.columns + column]) }
            }
        }
        if let column = sums.firstIndex(where: { !$0.isFinite }) {
            throw ComputeError(
                .numerical, "feature \(column) is not finite in every example",
                remedy: "look for a diverged network or broken images")
        }
        return sums.map { $0 / Double(max(features.rows, 1)) }
    }

    private static func subtract(_ mean: [Double], from features: Matrix) -> [Float] {
        var centred = features.values
        centred.withUnsafeMutableBufferPointer { centred in
            mean.withUnsafeBufferPointer { mean in
                for row in 0..<features.rows {
                    for column in mean.indices {
                        let index = row * mean.count + column
                        centred[index] = Float(Double(centred[index]) - mean[column])
                    }
                }
            }
        }
        return centred
    }

    /// Principal axes from the eigenvectors of XᵀX, smallest first: all of them, orthonormal whatever the variances.
    private static func axesOfColumns(_ x: [Float], _ rows: Int, _ columns: Int, _ blas: BLAS) throws -> [Float] {
        var gram = [Float](repeating: 0, count: columns * columns)
        try gram.withUnsafeMutableBufferPointer { gram in
            try x.withUnsafeBufferPointer { try blas.syrk($0, .transposed, into: gram, n: columns, k: rows) }
        }
        let eigen = try SymmetricEigen(gram.map(Double.init), order: columns, blas: blas)
        return eigen.vectors.map { Float($0) }
    }

    /// Principal axes from the eigenvectors u of XXᵀ, as Xᵀu / √value: in double, since they are orthonormal only as
    /// far as the small eigenvalues are right.
    private static func axesOfRows(_ x: [Float], _ rows: Int, _ columns: Int, _ blas: BLAS) throws -> [Float] {
        let wide = x.map(Double.init)
        var gram = [Double](repeating: 0, count: rows * rows)
        try gram.withUnsafeMutableBufferPointer { gram in
            try wide.withUnsafeBufferPointer { try blas.syrk($0, .plain, into: gram, n: rows, k: columns) }
        }
        let eigen = try SymmetricEigen(gram, order: rows, blas: blas)
        let smallest = (eigen.values.last ?? 0) * smallestShare
        let kept = eigen.values.indices.filter { eigen.values[$0] > smallest }
        var scaled: [Double] = []
        scaled.reserveCapacity(kept.count * rows)
        for index in kept {
            let size = eigen.values[index].squareRoot()
            scaled.append(contentsOf: eigen.vectors[index * rows..<(index + 1) * rows].map { $0 / size })
        }
        var directions = [Double](repeating: 0, count: kept.count * columns)
        try directions.withUnsafeMutableBufferPointer { directions in
            try scaled.withUnsafeBufferPointer { scaled in
                try wide.withUnsafeBufferPointer {
                    try blas.gemm(
                        scaled, .plain, $0, .plain, into: directions, m: kept.count, n: columns, k: rows)
                }
            }
        }
        return directions.map { Float($0) }
    }
}
