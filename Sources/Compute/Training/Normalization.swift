/// How bytes become the numbers that a network sees: `(byte / 255 − mean) / deviation`, the same for every channel.
///
/// The default, 0.5 and 0.5, maps black to −1 and white to 1, as Inception and MobileNet preprocessing does.
public struct Normalization: Hashable, Codable, Sendable {
    public var mean: Float
    public var deviation: Float

    public init(mean: Float = 0.5, deviation: Float = 0.5) {
        self.mean = mean
        self.deviation = deviation
    }

    /// The number of each of the 256 bytes.
    var table: [Float] { (0..<256).map { (Float($0) / 255 - mean) / deviation } }
}
