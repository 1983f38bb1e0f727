/// What the procedurally generated data sets share: splits, colours, and pictures that are pure functions of their number.
enum Synthetic {
    /// A picture's own randomness and difficulty.
    struct Brush {
        var generator: Philox
        /// 0 easy to 1 hard.
        let difficulty: Double

        mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * generator.uniform() }
    }

    /// Draws every picture of every split.
    /// - Parameter draw: intensities of one picture of a class.
    /// - Throws: `.cancelled` from the monitor.
    static func splits(
        _ name: String, classes: Int, shape: [Int], _ options: DatasetOptions, _ monitor: any Monitor,
        draw: (_ label: Int, _ raster: inout Raster, _ brush: inout Brush) -> Void
    ) throws -> [Dataset.Split: Examples] {
        let counts: [Dataset.Split: Int] = [
            .train: options.trainPerClass, .validation: options.validationPerClass, .test: options.testPerClass,
        ]
        return try counts.reduce(into: [:]) { splits, entry in
            let (split, perClass) = entry
            let task = "draw \(name) (\(split.rawValue))"
            var (pixels, labels): ([UInt8], [Int32]) = ([], [])
            pixels.reserveCapacity(perClass * classes * shape.reduce(1, *))
            for index in 0..<perClass * classes {
                try monitor.advance(
                    Progress(task: task, done: index, total: perClass * classes, unit: "images"))
                let label = index % classes
                let generator = Philox(seed: options.seed, purpose: "\(name) \(split.rawValue)", index: UInt64(index))
                var brush = Brush(generator: generator, difficulty: options.difficulty)
                var raster = Raster(height: shape[1], width: shape[2], filledWith: 0)
                draw(label, &raster, &brush)
                raster.addNoise(0.02 + 0.1 * options.difficulty, &brush.generator)
                pixels += shape[0] == 1 ? raster.bytes : colored(raster.bytes, &brush)
                labels.append(Int32(label))
            }
            splits[split] = Examples(imageSize: shape.reduce(1, *), pixels: pixels, labels: labels)
        }
    }

    /// Intensities become a mixture of two random colours.
    private static func colored(_ bytes: [UInt8], _ brush: inout Brush) -> [UInt8] {
        (0..<3).flatMap { _ in
            let (dark, light) = (brush.uniform(0, 0.45), brush.uniform(0.55, 1))
            return bytes.map { UInt8(255 * dark + (light - dark) * Double($0)) }
        }
    }
}
