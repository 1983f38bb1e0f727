/// What a script may choose about a declared data set.
public struct DatasetOptions: Hashable, Codable, Sendable {
    /// Pixels of a side; nil takes the network's, or the data set's own.
    public var size: Int?
    /// 1 for grey, 3 for colour; nil likewise.
    public var channels: Int?
    /// Synthetic sets only: how many examples of each class every split has.
    public var trainPerClass = 120
    public var validationPerClass = 40
    public var testPerClass = 80
    /// Synthetic sets only: 0 easy to 1 hard: noise, contrast, variation.
    public var difficulty = 0.5
    /// Synthetic sets only: other pictures for another seed.
    public var seed: UInt64 = 0

    public init() {}

    /// - Throws: `.badArgument` naming the first option out of range, in the script's spelling.
    public func validate() throws {
        func require(_ holds: Bool, _ option: String, _ takes: String, _ got: Any) throws {
            guard holds else { throw ComputeError(.badArgument, "'\(option)' takes \(takes), got \(got)") }
        }
        if let size { try require((8...1024).contains(size), "size", "8 to 1024 pixels", size) }
        if let channels { try require(channels == 1 || channels == 3, "channels", "1 (grey) or 3 (colour)", channels) }
        let counts = [("train", trainPerClass), ("validation", validationPerClass), ("test", testPerClass)]
        for (name, count) in counts {
            try require((1...100_000).contains(count), name, "1 to 100000 images a class", count)
        }
        try require((0...1).contains(difficulty), "difficulty", "a number from 0 to 1", difficulty)
    }
}
