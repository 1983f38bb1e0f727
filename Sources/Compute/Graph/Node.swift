/// One layer in its place: where its inputs come from and what shape it yields.
public struct Node: Sendable {
    /// Unique path, e.g. "stage1.block0.conv1"; parameters are called `name.weight` and so on.
    public let name: String
    public let layer: any Layer
    /// Indices of earlier nodes.
    public let inputs: [Int]
    /// Without the batch: `[channels, height, width]` or `[features]`.
    public let shape: [Int]
}

extension Node: Hashable {
    public static func == (one: Node, other: Node) -> Bool {
        one.name == other.name && one.inputs == other.inputs && one.shape == other.shape
            && AnyHashable(one.layer) == AnyHashable(other.layer)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(inputs)
        hasher.combine(AnyHashable(layer))
    }
}
