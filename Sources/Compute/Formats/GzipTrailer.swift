import Foundation

/// The last eight bytes of a gzip file: CRC-32 and length of what it unpacks to (RFC 1952, section 2.3.1).
///
/// libarchive skips them without a look, so that a damaged byte would become a damaged picture in silence.
struct GzipTrailer {
    let checksum: UInt32
    let length: Int

    /// - Returns: nil when the file has fewer than eight bytes or cannot be read.
    init?(path: String) {
        guard let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd(), size >= 8,
            (try? file.seek(toOffset: size - 8)) != nil, let bytes = try? file.readToEnd(), bytes.count == 8
        else { return nil }
        let value = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        (checksum, length) = (UInt32(truncatingIfNeeded: value), Int(value >> 32))
    }

    /// Whether `bytes` end with what the trailer describes: it speaks of the last member, and a file may have several.
    func describes(_ bytes: [UInt8]) -> Bool {
        length <= bytes.count && CRC32.of(bytes[(bytes.count - length)...]) == checksum
    }
}

/// The cyclic redundancy check of gzip and PNG (polynomial 0xEDB88320, reflected).
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { (byte: UInt32) -> UInt32 in
        var value = byte
        for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        return value
    }

    static func of(_ bytes: some Collection<UInt8>) -> UInt32 {
        var register: UInt32 = 0xFFFF_FFFF
        for byte in bytes { register = table[Int((register ^ UInt32(byte)) & 0xFF)] ^ (register >> 8) }
        return ~register
    }
}
