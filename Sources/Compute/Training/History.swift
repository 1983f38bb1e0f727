/// How a training went: one reading every few steps, in order.
public struct History: Hashable, Codable, Sendable {
    public var readings: [Reading] = []
    public var seconds = 0.0
    /// Training examples seen, repeats counted.
    public var examples = 0

    public struct Reading: Hashable, Codable, Sendable {
        /// Steps done.
        public var step: Int
        /// Means over the steps since the reading before.
        public var loss: Double
        public var accuracy: Double
        /// Rate of the last step.
        public var learningRate: Double
    }

    public var imagesPerSecond: Double { seconds > 0 ? Double(examples) / seconds : 0 }
}
