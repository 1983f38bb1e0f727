import Foundation

/// How a file writes the numbers of an array, little-endian; read as 32-bit floats.
enum NumberType: Hashable, Sendable {
    case float64, float32, float16, bfloat16
    /// Whole numbers of so many bytes: counters and indices, which are no weights.
    case whole(Int)

    var size: Int {
        switch self {
        case .float64: 8
        case .float32: 4
        case .float16, .bfloat16: 2
        case .whole(let size): size
        }
    }

    /// - Precondition: `bytes` has `count` numbers.
    func floats(_ bytes: Data, count: Int) -> [Float] {
        bytes.withUnsafeBytes { buffer in
            if self == .float32 {
                return [Float](unsafeUninitializedCapacity: count) { floats, initialized in
                    UnsafeMutableRawBufferPointer(floats).copyMemory(
                        from: UnsafeRawBufferPointer(rebasing: buffer[..<(4 * count)]))
                    initialized = count
                }
            }
            return (0..<count).map { index in
                switch self {
                case .float64: Float(buffer.loadUnaligned(fromByteOffset: 8 * index, as: Double.self))
                case .float16:
                    Float(Float16(bitPattern: buffer.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)))
                case .bfloat16:
                    Float(bitPattern: UInt32(buffer.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)) << 16)
                case .float32: buffer.loadUnaligned(fromByteOffset: 4 * index, as: Float.self)
                case .whole(let size): whole(buffer, index, size)
                }
            }
        }
    }

    private func whole(_ buffer: UnsafeRawBufferPointer, _ index: Int, _ size: Int) -> Float {
        var value: UInt64 = 0
        for byte in 0..<size { value |= UInt64(buffer[size * index + byte]) << UInt64(8 * byte) }
        let shift = UInt64(64 - 8 * size)
        return Float(Int64(bitPattern: value << shift) >> Int64(shift))
    }
}
