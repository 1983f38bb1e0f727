/// Two-dimensional convolution (cross-correlation) with groups, strides, dilation and padding.
///
/// `y[o, i, j] = b[o] + Σ w[o, c, u, v] · x[c, i·s + u·d − p, j·s + v·d − p]`, c over the input channels of o's group.
/// Weights start from He's normal distribution with the true fan-out, `out / groups · height · width`; biases from 0.
public struct Convolution: Layer {
    public static let kind = "convolution"
    /// Output channels.
    public var channels: Int
    public var window: Window
    public var groups: Groups
    public var bias: Bool

    public enum Groups: Hashable, Sendable {
        case count(Int)
        /// A group a channel (Howard et al. 2017, arXiv 1704.04861): `channels` counts outputs for each input channel.
        case depthwise
    }

    public init(_ channels: Int, window: Window, groups: Groups = .count(1), bias: Bool = false) {
        self.channels = channels
        self.window = window
        self.groups = groups
        self.bias = bias
    }

    public var label: String { groups == .depthwise ? "depthwise" : Self.kind }

    public var settings: String {
        let division = if case .count(let count) = groups, count != 1 { ", groups \(count)" } else { "" }
        return "\(channels), \(window)\(division)\(bias ? ", bias" : "")"
    }

    public func outputShape(of inputs: [[Int]]) throws -> [Int] {
        let (channels, size) = try ShapeRule.map(inputs)
        guard self.channels > 0 else {
            throw ComputeError(.badGraph, "channels must be positive, got \(self.channels)")
        }
        if case .count(let count) = groups {
            guard count > 0, channels.isMultiple(of: count), self.channels.isMultiple(of: count) else {
                throw ComputeError(
                    .badGraph, "\(count) groups must divide \(channels) input and \(self.channels) output channels")
            }
        }
        let output = try window.output(of: size)
        return [outputChannels(for: channels), output.height, output.width]
    }

    public func parameters(for inputs: [[Int]]) -> [ParameterSpec] {
        let incoming = inputs[0][0]
        let (outgoing, division) = (outputChannels(for: incoming), groupCount(for: incoming))
        let shape = [outgoing, incoming / division, window.kernel.height, window.kernel.width]
        let fanOut = outgoing / division * window.kernel.area
        let weight = ParameterSpec("weight", shape, initial: .heNormal(fanOut: fanOut), decays: true)
        return bias ? [weight, ParameterSpec("bias", [outgoing], initial: .zeros)] : [weight]
    }

    public func multiplyAdds(for inputs: [[Int]]) -> Int {
        guard let output = try? outputShape(of: inputs) else { return 0 }
        let incoming = inputs[0][0]
        return output.reduce(1, *) * incoming / groupCount(for: incoming) * window.kernel.area
    }

    public func window(for inputs: [[Int]]) -> Window? { window }

    func groupCount(for incoming: Int) -> Int {
        if case .count(let count) = groups { count } else { incoming }
    }

    func outputChannels(for incoming: Int) -> Int {
        groups == .depthwise ? channels * incoming : channels
    }
}
