/// Labelled images held in memory: what a layout reads and what training, features and previews use.
public struct Dataset: Sendable {
    /// The name a script uses, e.g. "fashion-mnist".
    public var name: String
    /// What people call it, e.g. "Fashion-MNIST".
    public var title: String
    public var classes: [String]
    /// [channels, height, width] of every image.
    public var shape: [Int]
    public var metric: Metric
    public var splits: [Split: Examples]
    /// Whether the last fit is on training and validation examples together: the rule of Kornblith et al. 2019, appendix
    /// A.1, whose exception are subsets, which would not be small with the validation examples.
    public var joinsValidation = true

    public enum Metric: String, Hashable, Sendable, CaseIterable {
        case top1
        case meanPerClass = "mean_per_class"
    }

    public enum Split: String, Hashable, Sendable, CaseIterable {
        case train, validation, test
    }

    public init(
        name: String, title: String, classes: [String], shape: [Int], metric: Metric, splits: [Split: Examples]
    ) {
        self.name = name
        self.title = title
        self.classes = classes
        self.shape = shape
        self.metric = metric
        self.splits = splits
    }

    /// The examples of a split; empty when the data set has no such split.
    public subscript(split: Split) -> Examples {
        splits[split] ?? Examples(imageSize: shape.reduce(1, *), pixels: [], labels: [])
    }

    /// The examples of the last fit, once its settings are chosen.
    public var finalTraining: Examples { joinsValidation ? self[.train].joined(with: self[.validation]) : self[.train] }
}

/// Images of one size with their labels.
public struct Examples: Hashable, Sendable {
    /// Bytes an image: channels × height × width.
    public var imageSize: Int
    /// Every image after the other, each [channels, height, width], 0 black to 255 white.
    public var pixels: [UInt8]
    /// Class indices.
    public var labels: [Int32]

    public init(imageSize: Int, pixels: [UInt8], labels: [Int32]) {
        precondition(pixels.count == imageSize * labels.count, "every image needs a label and \(imageSize) bytes")
        self.imageSize = imageSize
        self.pixels = pixels
        self.labels = labels
    }

    public var count: Int { labels.count }

    /// The examples at `indices`, in that order.
    public func selecting(_ indices: [Int]) -> Examples {
        var picked: [UInt8] = []
        picked.reserveCapacity(indices.count * imageSize)
        for index in indices { picked.append(contentsOf: pixels[index * imageSize..<(index + 1) * imageSize]) }
        return Examples(imageSize: imageSize, pixels: picked, labels: indices.map { labels[$0] })
    }

    /// All of `self`, then all of `other`: training and validation joined for the final fit.
    public func joined(with other: Examples) -> Examples {
        Examples(imageSize: imageSize, pixels: pixels + other.pixels, labels: labels + other.labels)
    }
}
