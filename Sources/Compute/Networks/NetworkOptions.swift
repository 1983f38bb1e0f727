/// What a script may choose about a declared network; the defaults give the paper's network exactly.
public struct NetworkOptions: Hashable, Codable, Sendable {
    /// Logits; nil takes the data set's number, or 1000.
    public var classes: Int?
    /// Pixels of a side of the input; nil takes the data set's size, or the network's native one.
    public var input: Int?
    /// 1 for grey, 3 for colour; nil takes the data set's, or 3.
    public var channels: Int?
    /// Multiplies the number of channels everywhere.
    public var width = 1.0
    /// Multiplies the number of blocks of each stage; every stage keeps at least one.
    public var depth = 1.0
    public var stem = Stem.imagenet
    /// Whether batch normalisation has a scale γ (Kornblith et al. 2019, section 4.5).
    public var batchNormScale = true
    /// Rate of dropping features before the classifier while training.
    public var dropout = 0.0
    /// Whether training has the auxiliary classifier too, where the network has one.
    public var auxiliaryHead = false
    /// Rate of dropping a branch of NASNet's last cell while training; earlier cells drop less.
    public var dropPath = 0.0
    /// Weight of the old running statistics; nil takes the network's own.
    public var batchNormMomentum: Double?
    /// What keeps batch normalisation from dividing by zero; nil takes the network's own.
    public var batchNormEpsilon: Double?
    /// Whose code decides where published versions of a network differ; nil takes the network's own.
    public var origin: Origin?

    /// The versions differ at the edges of maps: TensorFlow pads with SAME and takes means over positions that exist; PyTorch's
    /// ports pad every edge alike and mostly count the padding. Where more differs, the network's file says so.
    public enum Origin: String, Hashable, Codable, Sendable, CaseIterable {
        case tensorflow, pytorch
    }

    public enum Stem: String, Hashable, Codable, Sendable, CaseIterable {
        case imagenet
        /// One 3×3 convolution of stride 1, no pooling: for images of about 32 pixels.
        case small
    }

    public init() {}

    /// - Throws: `.badArgument` naming the first option out of range, in the script's spelling.
    public func validate() throws {
        func require(_ holds: Bool, _ option: String, _ takes: String, _ got: Any) throws {
            guard holds else { throw ComputeError(.badArgument, "'\(option)' takes \(takes), got \(got)") }
        }
        if let classes {
            try require((1...1_000_000).contains(classes), "classes", "a whole number from 1 on", classes)
        }
        if let input { try require((1...4096).contains(input), "input", "a size in pixels from 1 to 4096", input) }
        if let channels { try require((1...4).contains(channels), "channels", "1 to 4", channels) }
        try require(width > 0 && width <= 16, "width", "a positive number up to 16", width)
        try require(depth > 0 && depth <= 16, "depth", "a positive number up to 16", depth)
        try require((0..<1).contains(dropout), "dropout", "a rate from 0 to below 1", dropout)
        try require((0..<1).contains(dropPath), "drop_path", "a rate from 0 to below 1", dropPath)
        if let batchNormMomentum {
            try require((0...1).contains(batchNormMomentum), "bn_momentum", "a number from 0 to 1", batchNormMomentum)
        }
        if let batchNormEpsilon {
            try require(
                batchNormEpsilon >= 1e-12 && batchNormEpsilon <= 1, "bn_epsilon", "a number from 1e-12 to 1",
                batchNormEpsilon)
        }
    }

    /// `channels` times the width, to the nearest multiple of 8, at least 8 and never less than nine tenths of the exact
    /// number (Sandler et al. 2018's code): blocks of 8 and 16 channels are what vector units like.
    func scaled(_ channels: Int) -> Int {
        guard width != 1 else { return channels }
        let exact = Double(channels) * width
        let rounded = max(8, Int((exact + 4) / 8) * 8)
        return Double(rounded) < 0.9 * exact ? rounded + 8 : rounded
    }

    /// `blocks` times the depth, to the nearest whole number, at least 1.
    func repeated(_ blocks: Int) -> Int { max(1, Int((Double(blocks) * depth).rounded())) }
}
