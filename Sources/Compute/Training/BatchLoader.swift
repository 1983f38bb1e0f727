/// Batches of normalised, augmented images in a seeded order, written into one buffer that is used again.
///
/// An endless stream: when the examples of an epoch run out, the next epoch's order continues within the same batch, so every
/// step sees a full batch even where there are fewer examples than that.
struct BatchLoader {
    let examples: Examples
    /// [channels, height, width].
    let shape: [Int]
    let batch: Int
    private let seed: UInt64
    private let augmentation: Augmentation
    private let normalization: Normalization
    /// Of each channel.
    private let tables: [[Float]]
    private var order: [Int] = []
    private var epoch = -1
    private var position = 0

    /// Images of the current batch, one after the other.
    private(set) var images: [Float]
    private(set) var labels: [Int32]

    /// - Precondition: there is at least one example, of the size that `shape` gives.
    init(
        _ examples: Examples, shape: [Int], batch: Int, seed: UInt64, augmentation: Augmentation,
        normalization: Normalization
    ) {
        precondition(examples.count > 0 && examples.imageSize == shape.reduce(1, *), "examples fit the shape")
        self.examples = examples
        self.shape = shape
        self.batch = batch
        self.seed = seed
        self.augmentation = augmentation
        self.normalization = normalization
        tables = (0..<shape[0]).map { normalization.table(channel: $0) }
        images = [Float](repeating: 0, count: batch * examples.imageSize)
        labels = [Int32](repeating: 0, count: batch)
    }

    /// Fills `images` and `labels` with the next batch.
    mutating func next() {
        for slot in 0..<batch {
            if position == order.count { startEpoch() }
            let index = order[position]
            position += 1
            labels[slot] = examples.labels[index]
            load(index, into: slot)
        }
    }

    private mutating func startEpoch() {
        epoch += 1
        position = 0
        var generator = Philox(seed: seed, purpose: "shuffle", index: UInt64(epoch))
        order = generator.permutation(examples.count)
    }

    private mutating func load(_ index: Int, into slot: Int) {
        let draw = augmentation.draw(seed: seed, epoch: epoch, index: index)
        let (size, shape, tables, normalization) = (examples.imageSize, self.shape, self.tables, self.normalization)
        examples.pixels.withUnsafeBufferPointer { pixels in
            images.withUnsafeMutableBufferPointer { images in
                let source = UnsafeBufferPointer(rebasing: pixels[index * size..<(index + 1) * size])
                let target = UnsafeMutableBufferPointer(rebasing: images[slot * size..<(slot + 1) * size])
                BatchLoader.move(source, to: target, draw, shape, tables, normalization)
            }
        }
    }

    /// Shifts and mirrors; positions outside repeat the nearest edge.
    private static func move(
        _ source: UnsafeBufferPointer<UInt8>, to target: UnsafeMutableBufferPointer<Float>, _ draw: Augmentation.Draw,
        _ shape: [Int], _ tables: [[Float]], _ normalization: Normalization
    ) {
        let (height, width) = (shape[1], shape[2])
        for channel in 0..<shape[0] {
            let (table, own) = (tables[channel], normalization.source(of: channel, channels: shape[0]))
            for row in 0..<height {
                let from = (own * height + min(height - 1, max(0, row - draw.down))) * width
                let to = (channel * height + row) * width
                if draw.right == 0, !draw.isMirrored {
                    for column in 0..<width { target[to + column] = table[Int(source[from + column])] }
                    continue
                }
                for column in 0..<width {
                    let shifted = min(width - 1, max(0, column - draw.right))
                    target[to + column] = table[Int(source[from + (draw.isMirrored ? width - 1 - shifted : shifted)])]
                }
            }
        }
    }
}
