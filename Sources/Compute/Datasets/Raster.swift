import Glibc

/// A small picture being drawn from signed distances, antialiased; what synthetic data sets are made with.
///
/// Coordinates run from −1 to 1 across the picture, x to the right, y down; intensities from 0 to 1.
struct Raster {
    let height: Int
    let width: Int
    private(set) var values: [Double]

    init(height: Int, width: Int, filledWith value: Double) {
        self.height = height
        self.width = width
        values = [Double](repeating: value, count: height * width)
    }

    /// Half a pixel in coordinates: over this distance edges blend.
    private var blur: Double { 1 / Double(min(height, width)) }

    /// Replaces every pixel.
    mutating func fill(_ intensity: (_ x: Double, _ y: Double) -> Double) {
        for row in 0..<height {
            for column in 0..<width { values[row * width + column] = intensity(x(column), y(row)) }
        }
    }

    /// Paints where `distance` is negative; `distance` is in the picture's coordinates.
    mutating func paint(_ intensity: Double, where distance: (_ x: Double, _ y: Double) -> Double) {
        for row in 0..<height {
            for column in 0..<width {
                let cover = min(1, max(0, 0.5 - distance(x(column), y(row)) / (2 * blur)))
                let index = row * width + column
                values[index] += cover * (intensity - values[index])
            }
        }
    }

    /// Adds noise of a deviation to every pixel.
    mutating func addNoise(_ deviation: Double, _ generator: inout Philox) {
        for index in values.indices { values[index] += deviation * generator.normal() }
    }

    var bytes: [UInt8] { values.map { UInt8(min(255, max(0, ($0 * 255).rounded()))) } }

    private func x(_ column: Int) -> Double { (2 * Double(column) + 1) / Double(width) - 1 }
    private func y(_ row: Int) -> Double { (2 * Double(row) + 1) / Double(height) - 1 }
}

/// A place, size and direction for a figure, and the way into its own coordinates.
struct Pose {
    var x = 0.0
    var y = 0.0
    var scale = 1.0
    var angle = 0.0

    /// Coordinates in the figure's frame, in which it has radius 1.
    func local(_ px: Double, _ py: Double) -> (Double, Double) {
        let (dx, dy) = ((px - x) / scale, (py - y) / scale)
        return (dx * cos(angle) + dy * sin(angle), dy * cos(angle) - dx * sin(angle))
    }
}
