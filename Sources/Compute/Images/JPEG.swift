import CTurboJPEG
import Foundation

/// JPEG files through TurboJPEG, which reports errors as values; its only user.
public enum JPEG {
    /// - Returns: a grey image when the file is grey, else red-green-blue.
    /// - Throws: `.badFile` with the library's reason; also when the data ends early.
    public static func decode(_ bytes: Data, name: String) throws -> Image {
        guard let decoder = tjInitDecompress() else { throw ComputeError(.engine, "no memory for a JPEG decoder") }
        defer { tjDestroy(decoder) }
        func failure() -> ComputeError {
            let reason = tjGetErrorStr2(decoder).map { String(cString: $0) } ?? "unknown reason"
            return ComputeError(.badFile, "this JPEG file cannot be read: \(reason)", subject: name)
        }
        return try bytes.withUnsafeBytes { buffer in
            let start = buffer.bindMemory(to: UInt8.self).baseAddress
            var (width, height, sampling, space): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
            guard tjDecompressHeader3(decoder, start, UInt(buffer.count), &width, &height, &sampling, &space) == 0
            else { throw failure() }
            guard Int(width) * Int(height) <= PNG.largestArea else {
                throw ComputeError(
                    .badFile, "the picture has \(width) × \(height) pixels, at most \(PNG.largestArea) are read",
                    subject: name)
            }
            let isGrey = space == Int32(TJCS_GRAY.rawValue)
            let channels = isGrey ? 1 : 3
            var pixels = [UInt8](repeating: 0, count: Int(width) * Int(height) * channels)
            let format = Int32(isGrey ? TJPF_GRAY.rawValue : TJPF_RGB.rawValue)
            guard
                tjDecompress2(
                    decoder, start, UInt(buffer.count), &pixels, width, 0, height, format, Int32(TJFLAG_ACCURATEDCT))
                    == 0
            else { throw failure() }
            return Image(width: Int(width), height: Int(height), channels: channels, pixels: pixels)
        }
    }
}
