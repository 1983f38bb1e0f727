#if canImport(Glibc)
    import Glibc
#endif

/// The gradient of t-SNE's Kullback–Leibler divergence: what neighbours attract, summed over the affinities, less what all
/// points repel. Repulsion is exact, or by Barnes and Hut's squares (van der Maaten 2014).
struct EmbeddingGradient {
    let affinities: Affinities
    /// Side of a square over its distance below which it counts as one point; 0 is exact.
    let angle: Double
    let threads: Int

    /// - Parameters:
    ///   - points: x and y in turn.
    ///   - exaggeration: what the affinities are multiplied by.
    ///   - gradient: of the divergence in each coordinate, overwritten. Does not depend on `threads`.
    func evaluate(_ points: [Double], exaggeration: Double, into gradient: inout [Double]) {
        let repulsion = repulsion(points)
        let total = repulsion.sums.reduce(0, +)
        let (starts, columns, values) = (affinities.starts, affinities.columns, affinities.values)
        gradient.withUnsafeMutableBufferPointer { gradient in
            points.withUnsafeBufferPointer { points in
                columns.withUnsafeBufferPointer { columns in
                    values.withUnsafeBufferPointer { values in
                        Parallel.ranges(affinities.count, threads: threads) { range in
                            for row in range {
                                let (x, y) = (points[2 * row], points[2 * row + 1])
                                var (pullX, pullY) = (0.0, 0.0)
                                for place in starts[row]..<starts[row + 1] {
                                    let other = 2 * columns[place]
                                    let (dx, dy) = (x - points[other], y - points[other + 1])
                                    let pull = values[place] / (1 + dx * dx + dy * dy)
                                    pullX += pull * dx
                                    pullY += pull * dy
                                }
                                gradient[2 * row] = 4 * (exaggeration * pullX - repulsion.forces[2 * row] / total)
                                gradient[2 * row + 1] =
                                    4 * (exaggeration * pullY - repulsion.forces[2 * row + 1] / total)
                            }
                        }
                    }
                }
            }
        }
    }

    /// KL(p ‖ q) in nats, its normaliser by the same repulsion as the gradient's.
    func divergence(_ points: [Double]) -> Double {
        let logTotal = log(repulsion(points).sums.reduce(0, +))
        var sum = 0.0
        for row in 0..<affinities.count {
            for place in affinities.starts[row]..<affinities.starts[row + 1] where affinities.values[place] > 0 {
                let other = affinities.columns[place]
                let (dx, dy) = (points[2 * row] - points[2 * other], points[2 * row + 1] - points[2 * other + 1])
                let p = affinities.values[place]
                sum += p * (log(p) + log1p(dx * dx + dy * dy) + logTotal)
            }
        }
        return sum
    }

    /// Σ q² (point − other) of every point, x and y in turn, and its Σ q.
    private func repulsion(_ points: [Double]) -> (forces: [Double], sums: [Double]) {
        let count = points.count / 2
        var (forces, sums) = ([Double](repeating: 0, count: 2 * count), [Double](repeating: 0, count: count))
        let tree = angle > 0 ? QuadTree(points) : nil
        forces.withUnsafeMutableBufferPointer { forces in
            sums.withUnsafeMutableBufferPointer { sums in
                points.withUnsafeBufferPointer { points in
                    guard let tree else {
                        Parallel.ranges(count, threads: threads) { range in
                            for row in range {
                                let force = Self.exact(row, points)
                                (forces[2 * row], forces[2 * row + 1], sums[row]) = (force.x, force.y, force.sum)
                            }
                        }
                        return
                    }
                    tree.nodes.withUnsafeBufferPointer { nodes in
                        Parallel.ranges(count, threads: threads) { range in
                            for place in range {
                                let row = tree.order[place]
                                let force = tree.repulsion(
                                    ofPlace: place, points[2 * row], points[2 * row + 1], squaredAngle: angle * angle,
                                    nodes)
                                (forces[2 * row], forces[2 * row + 1], sums[row]) = (force.x, force.y, force.sum)
                            }
                        }
                    }
                }
            }
        }
        return (forces, sums)
    }

    private static func exact(
        _ row: Int, _ points: UnsafeBufferPointer<Double>
    ) -> (x: Double, y: Double, sum: Double) {
        let (x, y) = (points[2 * row], points[2 * row + 1])
        // The point itself has q = 1 and no force.
        var (forceX, forceY, sum) = (0.0, 0.0, -1.0)
        for other in 0..<points.count / 2 {
            let (dx, dy) = (x - points[2 * other], y - points[2 * other + 1])
            let q = 1 / (1 + dx * dx + dy * dy)
            sum += q
            forceX += q * q * dx
            forceY += q * q * dy
        }
        return (forceX, forceY, sum)
    }
}
