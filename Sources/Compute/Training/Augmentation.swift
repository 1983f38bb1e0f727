/// Random changes of training images: a pure function of (seed, epoch, index), whatever thread or order does the work.
public struct Augmentation: Hashable, Codable, Sendable {
    /// Mirrors every second image left to right.
    public var flip = false
    /// Shifts by up to this many pixels in both directions; what comes in from outside repeats the edge.
    public var shift = 0

    public init(flip: Bool = false, shift: Int = 0) {
        self.flip = flip
        self.shift = shift
    }

    public static let none = Augmentation()

    /// What happens to one image.
    struct Draw: Hashable {
        var isMirrored = false
        var down = 0
        var right = 0
    }

    func draw(seed: UInt64, epoch: Int, index: Int) -> Draw {
        guard self != .none else { return Draw() }
        let stream = UInt64(truncatingIfNeeded: epoch) << 32 | UInt64(truncatingIfNeeded: index)
        var generator = Philox(seed: seed, purpose: "augmentation", index: stream)
        return Draw(
            isMirrored: flip && generator.below(2) == 1,
            down: generator.below(2 * shift + 1) - shift, right: generator.below(2 * shift + 1) - shift)
    }
}
