/// Which way bars and boxes run: names along x and values along y, or, where only the y axis has names, the other way.
public struct Orientation: Hashable, Sendable {
    /// The axis along which bars stand side by side.
    public let places: Channel
    /// The axis along which they reach.
    public let values: Channel

    static let upright = Orientation(places: .x, values: .y)
    static let level = Orientation(places: .y, values: .x)

    private init(places: Channel, values: Channel) {
        self.places = places
        self.values = values
    }

    init(x: any Scale, y: any Scale) {
        self = y is CategoryScale && x is any ContinuousScale ? .level : .upright
    }

    /// The channels of a mark's two ends along each axis.
    var placeEnds: (low: Channel, high: Channel) { places == .x ? (.xlow, .xhigh) : (.low, .high) }
    var valueEnds: (low: Channel, high: Channel) { places == .x ? (.low, .high) : (.xlow, .xhigh) }
}
