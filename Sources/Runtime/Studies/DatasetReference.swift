import Compute

/// A data set as a script names it: nothing is read before a network's input size is known.
public struct DatasetReference: Hashable, Sendable {
    /// The name that tables show.
    public var name: String
    /// The declared layout.
    public var layout: String
    public var options: DatasetOptions
    /// Keep only some training examples of each class.
    public var perClass: PerClass?

    public struct PerClass: Hashable, Sendable {
        public var count: Int
        public var seed: UInt64
    }

    public init(name: String, layout: String, options: DatasetOptions) {
        self.name = name
        self.layout = layout
        self.options = options
    }
}
