import CPNG
import Foundation

/// PNG files through libpng's simplified interface, which reports errors as values; its only user.
public enum PNG {
    /// More pixels than this are refused by name: one byte of a file can promise gigabytes.
    static let largestArea = 1 << 26

    /// Reads grey, palette, colour, with and without transparency, 8 or 16 bits.
    /// - Parameter background: what shows through transparent pixels, 0 black to 255 white.
    /// - Returns: a grey image when the file is grey, else red-green-blue.
    /// - Throws: `.badFile` with libpng's reason.
    public static func decode(_ bytes: Data, name: String, background: UInt8 = 255) throws -> Image {
        var header = png_image()
        header.version = png_uint_32(PNG_IMAGE_VERSION)
        defer { png_image_free(&header) }
        return try bytes.withUnsafeBytes { buffer in
            guard png_image_begin_read_from_memory(&header, buffer.baseAddress, buffer.count) != 0 else {
                throw failure(header, name)
            }
            let (width, height) = (Int(header.width), Int(header.height))
            guard width * height <= largestArea else {
                throw ComputeError(
                    .badFile, "the picture has \(width) × \(height) pixels, at most \(largestArea) are read",
                    subject: name)
            }
            // Without this, 16-bit samples are taken for linear light; files are sRGB unless they say otherwise.
            header.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
            let channels = header.format & png_uint_32(PNG_FORMAT_FLAG_COLOR) != 0 ? 3 : 1
            header.format = format(channels: channels)
            var pixels = [UInt8](repeating: 0, count: width * height * channels)
            var color = png_color(red: background, green: background, blue: background)
            guard png_image_finish_read(&header, &color, &pixels, 0, nil) != 0 else { throw failure(header, name) }
            return Image(width: width, height: height, channels: channels, pixels: pixels)
        }
    }

    public static func decode(path: String, background: UInt8 = 255) throws -> Image {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw ComputeError(.badFile, "the file cannot be read", subject: path)
        }
        return try decode(bytes, name: path, background: background)
    }

    /// The bytes of an 8-bit file.
    /// - Parameter isFlat: for drawings with large areas of one colour: without filters, which would take most of the time
    ///   and gain nothing there.
    public static func encode(_ image: Image, isFlat: Bool = false) throws -> Data {
        var header = png_image()
        header.version = png_uint_32(PNG_IMAGE_VERSION)
        header.width = png_uint_32(image.width)
        header.height = png_uint_32(image.height)
        header.format = format(channels: image.channels)
        if isFlat { header.flags |= png_uint_32(PNG_IMAGE_FLAG_FAST) }
        defer { png_image_free(&header) }
        // What zlib may need when nothing can be compressed, and the file's other parts: asking would compress twice.
        let raw = image.pixels.count + image.height
        var size = png_alloc_size_t(raw + raw / 8 + raw / 64 + 4096)
        var bytes = Data(count: size)
        let written = bytes.withUnsafeMutableBytes {
            png_image_write_to_memory(&header, $0.baseAddress, &size, 0, image.pixels, 0, nil)
        }
        guard written != 0 else { throw failure(header, "image", verb: "written") }
        return bytes.prefix(size)
    }

    private static func format(channels: Int) -> png_uint_32 {
        channels == 3 ? png_uint_32(PNG_FORMAT_FLAG_COLOR) : 0
    }

    private static func failure(_ header: png_image, _ name: String, verb: String = "read") -> ComputeError {
        var message = header.message
        let reason = withUnsafeBytes(of: &message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return ComputeError(.badFile, "this PNG file cannot be \(verb): \(reason)", subject: name)
    }
}
