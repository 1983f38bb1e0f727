/// Images and labels in two IDX files, as the MNIST family comes.
enum IdxPair {
    static let files = [
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ]

    /// - Throws: `.badFile` when one is damaged, or when they do not belong together, `.cancelled` from the monitor.
    static func read(
        images: String, labels: String, classes: Int, shape: [Int], monitor: any Monitor
    ) throws -> Examples {
        let pictures = try Idx(path: images, monitor: monitor)
        let answers = try Idx(path: labels, monitor: monitor)
        guard pictures.shape.count == 3 else {
            throw ComputeError(
                .badFile, "images need three dimensions, the file has \(pictures.shape)", subject: images)
        }
        guard answers.shape == [pictures.shape[0]] else {
            throw ComputeError(
                .badFile, "\(pictures.shape[0]) images need as many labels, the file has \(answers.shape)",
                subject: labels)
        }
        if let label = answers.bytes.first(where: { Int($0) >= classes }) {
            throw ComputeError(.badFile, "label \(label) is not below the \(classes) classes", subject: labels)
        }
        let (height, width) = (pictures.shape[1], pictures.shape[2])
        guard height > 0, width > 0 else {
            throw ComputeError(.badFile, "images have \(height) × \(width) pixels", subject: images)
        }
        let pixels =
            shape == [1, height, width]
            ? pictures.bytes
            : try (0..<pictures.shape[0]).flatMap { index -> [UInt8] in
                try monitor.advance(
                    Progress(task: "resize images", done: index, total: pictures.shape[0], unit: "images"))
                let area = height * width
                let bytes = Array(pictures.bytes[index * area..<(index + 1) * area])
                return Image(width: width, height: height, channels: 1, pixels: bytes).fitted(to: shape)
            }
        return Examples(
            imageSize: shape.reduce(1, *), pixels: pixels, labels: answers.bytes.map(Int32.init))
    }

    /// Both splits from a folder, compressed (`.gz`) or not.
    static func read(
        folder: String, suffix: String, classes: Int, shape: [Int], monitor: any Monitor
    ) throws -> [Dataset.Split: Examples] {
        func pair(_ part: String) throws -> Examples {
            try read(
                images: "\(folder)/\(part)-images-idx3-ubyte\(suffix)",
                labels: "\(folder)/\(part)-labels-idx1-ubyte\(suffix)",
                classes: classes, shape: shape, monitor: monitor)
        }
        return [.train: try pair("train"), .test: try pair("t10k")]
    }
}

extension Image {
    /// Resized and converted to [channels, height, width], channel after channel.
    func fitted(to shape: [Int]) -> [UInt8] {
        converted(toChannels: shape[0]).resized(width: shape[2], height: shape[1]).planar
    }
}
