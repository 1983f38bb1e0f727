/// Everything that decides how a network is trained, as a value: what `sgd(…)` makes in a script.
public struct Recipe: Hashable, Codable, Sendable {
    /// The rate that the schedule multiplies.
    public var learningRate: Double
    public var momentum = 0.9
    public var nesterov = true
    /// Times the weights, added to the gradient; convolutions and linear weights only.
    public var weightDecay = 0.0
    /// Examples a step.
    public var batch = 256
    public var duration: Duration
    public var schedule = Schedule.cosine
    /// Steps over which the rate rises linearly from 0.
    public var warmup = 0
    /// Decay of the exponential moving average of weights that replaces them at the end; nil keeps the last weights.
    public var averaging: Double?
    /// Probability spread evenly over all classes (Szegedy et al. 2016, arXiv 1512.00567, section 7).
    public var labelSmoothing = 0.0
    public var augmentation = Augmentation.none
    public var batchNormMomentum = BatchNormMomentum.layers

    public enum Duration: Hashable, Codable, Sendable {
        case steps(Int)
        case epochs(Double)
    }

    /// How fast the running statistics of batch normalisation move.
    public enum BatchNormMomentum: String, Hashable, Codable, Sendable {
        /// As the network's layers say.
        case layers
        /// `max(1 − 10 / s, 0.9)`, s steps an epoch: for fine-tuning (Kornblith et al. 2019, appendix A.5).
        case byEpoch
    }

    public init(learningRate: Double, duration: Duration) {
        self.learningRate = learningRate
        self.duration = duration
    }

    /// - Throws: `.badArgument` naming the first parameter out of range, in the script's spelling.
    public func validate() throws {
        func require(_ holds: Bool, _ parameter: String, _ takes: String, _ got: Any) throws {
            guard holds else { throw ComputeError(.badArgument, "'\(parameter)' takes \(takes), got \(got)") }
        }
        try require(learningRate > 0 && learningRate.isFinite, "lr", "a positive number", learningRate)
        try require((0..<1).contains(momentum), "momentum", "a number from 0 to below 1", momentum)
        try require(weightDecay >= 0 && weightDecay.isFinite, "weight_decay", "a number from 0 on", weightDecay)
        try require((1...65_536).contains(batch), "batch", "a whole number from 1 to 65536", batch)
        try require(warmup >= 0, "warmup", "a number of steps from 0 on", warmup)
        try require((0..<1).contains(labelSmoothing), "label_smoothing", "a number from 0 to below 1", labelSmoothing)
        if let averaging { try require((0..<1).contains(averaging), "ema", "a number from 0 to below 1", averaging) }
        if case .exponential(let factor) = schedule {
            try require(factor > 0 && factor.isFinite, "factor", "a positive number", factor)
        }
        let shift = augmentation.shift
        try require((0...64).contains(shift), "shift", "a number of pixels from 0 to 64", shift)
        switch duration {
        case .steps(let steps):
            try require((1...100_000_000).contains(steps), "steps", "a whole number from 1 to 100,000,000", steps)
        case .epochs(let epochs):
            try require(epochs > 0 && epochs <= 1e6, "epochs", "a positive number up to a million", epochs)
        }
    }

    /// Steps that see each example once; an epoch's remainder smaller than a batch counts as part of a step.
    public func stepsPerEpoch(examples: Int) -> Double { max(1, Double(examples) / Double(batch)) }

    /// Steps of the whole run on `examples` examples, at least one.
    public func steps(examples: Int) -> Int {
        switch duration {
        case .steps(let steps): steps
        case .epochs(let epochs): max(1, Int((epochs * stepsPerEpoch(examples: examples)).rounded()))
        }
    }

    /// The learning rate of a step, 0 the first of `total`.
    public func rate(at step: Int, of total: Int, stepsPerEpoch: Double) -> Double {
        if step < warmup { return learningRate * Double(step + 1) / Double(warmup) }
        return learningRate
            * schedule.multiple(at: step - warmup, of: total - warmup, stepsPerEpoch: stepsPerEpoch)
    }
}
