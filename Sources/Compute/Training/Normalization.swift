/// How bytes become the numbers that a network sees: `(byte / 255 − mean) / deviation`, for all channels alike or for each.
///
/// The default, 0.5 and 0.5, maps black to −1 and white to 1, as Inception and MobileNet preprocessing does.
public struct Normalization: Hashable, Codable, Sendable {
    /// One for all channels, or one a channel.
    public var mean: [Float]
    public var deviation: [Float]
    /// Whether the network sees the channels from the last to the first: blue, green, red. Means stay in the network's order.
    public var reversesChannels: Bool

    public init(mean: Float = 0.5, deviation: Float = 0.5) {
        self.init(mean: [mean], deviation: [deviation])
    }

    /// - Precondition: both have an element.
    public init(mean: [Float], deviation: [Float], reversesChannels: Bool = false) {
        precondition(!mean.isEmpty && !deviation.isEmpty, "a normalisation has a mean and a deviation")
        self.mean = mean
        self.deviation = deviation
        self.reversesChannels = reversesChannels
    }

    /// The means and deviations of ImageNet's training images, which PyTorch's libraries use.
    public static let imagenet = Normalization(mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])

    /// The number of each of the 256 bytes in a channel of the network's.
    func table(channel: Int) -> [Float] {
        let (mean, deviation) = (mean[min(channel, mean.count - 1)], deviation[min(channel, deviation.count - 1)])
        return (0..<256).map { (Float($0) / 255 - mean) / deviation }
    }

    /// The channel of a picture that becomes a channel of the network's.
    func source(of channel: Int, channels: Int) -> Int { reversesChannels ? channels - 1 - channel : channel }

    /// Converts pictures of `bytes.count` / n values each, channel after channel.
    /// - Precondition: the buffers have the same size, one picture.
    func apply(_ bytes: UnsafeBufferPointer<UInt8>, to numbers: UnsafeMutableBufferPointer<Float>, channels: Int) {
        let area = bytes.count / max(1, channels)
        for channel in 0..<channels {
            let (table, from) = (table(channel: channel), source(of: channel, channels: channels) * area)
            for pixel in 0..<area { numbers[channel * area + pixel] = table[Int(bytes[from + pixel])] }
        }
    }
}
