/// How a picture becomes a network's input. It belongs to the weights: with another one they see something else than they were
/// trained on.
public struct Preprocessing: Hashable, Codable, Sendable {
    public var normalization: Normalization
    /// Pixels of a side of the input.
    public var size: Int
    public var filter: Image.Filter
    /// The share of the shorter side that is cut out of the middle; nil resizes the whole picture to a square.
    public var crop: Double?

    public init(
        normalization: Normalization = Normalization(), size: Int, filter: Image.Filter = .bilinear, crop: Double? = nil
    ) {
        self.normalization = normalization
        self.size = size
        self.filter = filter
        self.crop = crop
    }

    /// The picture at the input's size: as torchvision's `Resize` and `CenterCrop` do it where there is a crop.
    public func fitted(_ image: Image) -> Image {
        guard let crop else { return image.resized(width: size, height: size, filter: filter) }
        let shorter = max(size, Int(Double(size) / crop))
        let isWide = image.width > image.height
        let longer = max(shorter, shorter * max(image.width, image.height) / min(image.width, image.height))
        let resized = image.resized(
            width: isWide ? longer : shorter, height: isWide ? shorter : longer, filter: filter)
        let left = Int((Double(resized.width - size) / 2).rounded(.toNearestOrEven))
        let top = Int((Double(resized.height - size) / 2).rounded(.toNearestOrEven))
        return resized.cropped(left: left, top: top, width: size, height: size)
    }

    /// The input's numbers, channel after channel.
    /// - Parameter channels: 1 or 3.
    public func input(_ image: Image, channels: Int) -> [Float] {
        let bytes = fitted(image.converted(toChannels: channels)).planar
        var numbers = [Float](repeating: 0, count: bytes.count)
        bytes.withUnsafeBufferPointer { bytes in
            numbers.withUnsafeMutableBufferPointer { normalization.apply(bytes, to: $0, channels: channels) }
        }
        return numbers
    }
}

extension Image {
    /// A part of the picture.
    /// - Precondition: it lies within the picture.
    func cropped(left: Int, top: Int, width newWidth: Int, height newHeight: Int) -> Image {
        var part: [UInt8] = []
        part.reserveCapacity(newWidth * newHeight * channels)
        for row in top..<(top + newHeight) {
            let start = (row * width + left) * channels
            part += pixels[start..<(start + newWidth * channels)]
        }
        return Image(width: newWidth, height: newHeight, channels: channels, pixels: part)
    }
}
