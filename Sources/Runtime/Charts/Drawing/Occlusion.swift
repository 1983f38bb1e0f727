/// Which of many opaque discs can be seen. Of a million points on a page all but some ten thousand lie wholly under others;
/// leaving them out changes no pixel.
///
/// The frame is cut into cells. A disc, taken from the topmost down, is hidden when every cell that it touches is covered;
/// it covers the cells that lie wholly inside it.
struct Occlusion {
    /// Cells for each point of length: a picture at scale 2 has pixels of this size.
    private static let fineness = 2.0
    /// A disc's edge is drawn half transparent over a fraction of a pixel.
    private static let edge = 0.25

    private let frame: Rect
    private let columns, rows: Int
    /// Words of 64 cells in a row of the frame.
    private let stride: Int
    /// A bit a cell.
    private var covered: [UInt64]

    /// - Parameter frame: holds all discs; what reaches beyond it is not seen.
    init(frame: Rect) {
        self.frame = frame
        columns = max(1, Int((frame.width * Self.fineness).rounded(.up)))
        rows = max(1, Int((frame.height * Self.fineness).rounded(.up)))
        stride = columns / 64 + 1
        covered = [UInt64](repeating: 0, count: stride * rows)
    }

    /// Puts a disc below all that came before.
    /// - Parameter radius: with its rim.
    /// - Returns: whether any of it can be seen.
    mutating func add(_ center: Point, radius: Double) -> Bool {
        let (x, y) = ((center.x - frame.minX) * Self.fineness, (center.y - frame.minY) * Self.fineness)
        let outer = (radius + Self.edge) * Self.fineness
        let inner = (radius - Self.edge) * Self.fineness
        let (first, last) = (max(0, Int(y - outer)), min(rows - 1, Int(y + outer)))
        guard first <= last else { return false }
        let isVisible = touchesFree(first...last, x, y, outer)
        if isVisible { cover(first...last, x, y, inner) }
        return isVisible
    }

    private func touchesFree(_ band: ClosedRange<Int>, _ x: Double, _ y: Double, _ radius: Double) -> Bool {
        covered.withUnsafeBufferPointer { covered in
            for row in band {
                // The chord of the cells' line nearest to the centre.
                let distance = max(0, Double(row) - y, y - Double(row + 1))
                let half = max(0, radius * radius - distance * distance).squareRoot()
                let (low, high) = (max(0, Int(x - half)), min(columns, Int(x + half) + 1))
                guard low < high else { continue }
                for word in low / 64...(high - 1) / 64 {
                    let bits = Self.bits(low, high, in: word)
                    if covered[row * stride + word] & bits != bits { return true }
                }
            }
            return false
        }
    }

    private mutating func cover(_ band: ClosedRange<Int>, _ x: Double, _ y: Double, _ radius: Double) {
        for row in band {
            let distance = max(y - Double(row), Double(row + 1) - y)
            guard distance < radius else { continue }
            let half = (radius * radius - distance * distance).squareRoot()
            let (low, high) = (max(0, Int((x - half).rounded(.up))), min(columns, Int(x + half)))
            guard low < high else { continue }
            for word in low / 64...(high - 1) / 64 { covered[row * stride + word] |= Self.bits(low, high, in: word) }
        }
    }

    /// The bits of the columns low..<high that are in a word.
    private static func bits(_ low: Int, _ high: Int, in word: Int) -> UInt64 {
        let (from, to) = (max(low - 64 * word, 0), min(high - 64 * word, 64))
        return ~0 << UInt64(from) & ~0 >> UInt64(64 - to)
    }
}
