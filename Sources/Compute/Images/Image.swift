/// A picture in memory: rows from the top, channels interleaved, 8 bits each.
public struct Image: Hashable, Sendable {
    public let width: Int
    public let height: Int
    /// 1 grey, 3 red-green-blue.
    public let channels: Int
    public var pixels: [UInt8]

    /// - Precondition: `pixels.count` is the product of the three numbers.
    public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
        precondition(width * height * channels == pixels.count, "an image has a byte for each channel of each pixel")
        self.width = width
        self.height = height
        self.channels = channels
        self.pixels = pixels
    }

    /// As grey (ITU-R 601 weights, as PIL's "L") or as red-green-blue.
    public func converted(toChannels wanted: Int) -> Image {
        if wanted == channels { return self }
        if wanted == 3 {
            return Image(width: width, height: height, channels: 3, pixels: pixels.flatMap { [$0, $0, $0] })
        }
        let grey = stride(from: 0, to: pixels.count, by: 3).map { index -> UInt8 in
            let weighted = 19595 * Int(pixels[index]) + 38470 * Int(pixels[index + 1]) + 7471 * Int(pixels[index + 2])
            return UInt8((weighted + 0x8000) >> 16)
        }
        return Image(width: width, height: height, channels: 1, pixels: grey)
    }

    /// The bytes in the order of data sets: channel after channel.
    public var planar: [UInt8] {
        guard channels > 1 else { return pixels }
        return (0..<channels).flatMap { channel in
            stride(from: channel, to: pixels.count, by: channels).map { pixels[$0] }
        }
    }

    /// The inverse of `planar`.
    public init(planar bytes: some RandomAccessCollection<UInt8>, channels: Int, height: Int, width: Int) {
        let bytes = Array(bytes)
        let area = width * height
        let pixels = (0..<area).flatMap { pixel in (0..<channels).map { bytes[$0 * area + pixel] } }
        self.init(width: width, height: height, channels: channels, pixels: pixels)
    }
}
