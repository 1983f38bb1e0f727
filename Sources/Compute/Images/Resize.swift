/// Antialiased resampling as PIL does it: separable, the filter stretched by the reduction, weights in fixed point.
///
/// Equal to `PIL.Image.resize` to within one grey level (Pillow's `Resample.c`: 22 bits of precision, horizontal pass
/// first, rounded to bytes between the passes).
extension Image {
    public enum Filter: String, Hashable, Codable, Sendable, CaseIterable {
        case bilinear
        /// Keys' cubic with a = −1/2.
        case bicubic

        fileprivate var support: Double { self == .bilinear ? 1 : 2 }

        fileprivate func weight(_ x: Double) -> Double {
            let x = abs(x)
            switch self {
            case .bilinear: return max(0, 1 - x)
            case .bicubic:
                let a = -0.5
                if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
                return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
            }
        }
    }

    /// - Precondition: both sizes are positive.
    public func resized(width newWidth: Int, height newHeight: Int, filter: Filter = .bilinear) -> Image {
        precondition(newWidth > 0 && newHeight > 0, "an image has at least one pixel")
        var image = self
        if newWidth != width {
            let taps = Taps(from: width, to: newWidth, filter)
            image = image.resampled(width: newWidth, height: image.height, taps) { row, column, channel in
                (row * width + column) * channels + channel
            } place: {
                ($0, $1)
            }
        }
        if newHeight != height {
            let taps = Taps(from: height, to: newHeight, filter)
            image = image.resampled(width: newWidth, height: newHeight, taps) { column, row, channel in
                (row * newWidth + column) * channels + channel
            } place: {
                ($1, $0)
            }
        }
        return image
    }

    /// The source positions of each target position with their weights, in units of 2⁻²².
    private struct Taps {
        var first: [Int] = []
        var weights: [[Int]] = []
        static let precision = 22

        init(from size: Int, to newSize: Int, _ filter: Filter) {
            let scale = Double(size) / Double(newSize)
            let stretch = max(1, scale)
            let support = filter.support * stretch
            for position in 0..<newSize {
                let center = (Double(position) + 0.5) * scale
                let start = max(0, Int(center - support + 0.5))
                let end = min(size, Int(center + support + 0.5))
                let raw = (start..<end).map { filter.weight((Double($0) - center + 0.5) / stretch) }
                let total = raw.reduce(0, +)
                first.append(start)
                weights.append(raw.map { Int(($0 / total * Double(1 << Taps.precision)).rounded()) })
            }
        }
    }

    /// One pass. `index(line, position, channel)` finds a source byte, `place` turns (line, target) into (row, column).
    private func resampled(
        width newWidth: Int, height newHeight: Int, _ taps: Taps, index: (Int, Int, Int) -> Int,
        place: (Int, Int) -> (Int, Int)
    ) -> Image {
        var result = [UInt8](repeating: 0, count: newWidth * newHeight * channels)
        let lines = newWidth * newHeight / taps.first.count
        for line in 0..<lines {
            for (target, weights) in taps.weights.enumerated() {
                let (row, column) = place(line, target)
                for channel in 0..<channels {
                    var sum = 1 << (Taps.precision - 1)
                    for (offset, weight) in weights.enumerated() {
                        sum += weight * Int(pixels[index(line, taps.first[target] + offset, channel)])
                    }
                    result[(row * newWidth + column) * channels + channel] = UInt8(clamping: sum >> Taps.precision)
                }
            }
        }
        return Image(width: newWidth, height: newHeight, channels: channels, pixels: result)
    }
}
