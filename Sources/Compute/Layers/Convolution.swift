/// Two-dimensional convolution (cross-correlation) with groups, strides, dilation and padding.
///
/// `y[o, i, j] = b[o] + Σ w[o, c, u, v] · x[c, i·s + u·d − p, j·s + v·d − p]`, c over the input channels of o's group.
/// Weights start as `start` says; biases from 0.
public struct Convolution: Layer {
    public static let kind = "convolution"
    /// Output channels.
    public var channels: Int
    public var window: Window
    public var groups: Groups
    public var bias: Bool
    public var start: Start

    /// What weights start from; fans are the true ones, `channels / groups · height · width`.
    public enum Start: Hashable, Sendable {
        /// He's normal distribution with the fan-out.
        case heNormal
        /// Normal with this deviation, redrawn outside two.
        case truncatedNormal(deviation: Float)
        /// TensorFlow's `variance_scaling_initializer`: truncated normal with deviation √(1.3 · 2 / fan), where 1.3 makes up
        /// for what truncation takes away.
        case varianceScaling(Fan)

        public enum Fan: String, Hashable, Sendable {
            case incoming, outgoing
        }
    }

    public enum Groups: Hashable, Sendable {
        case count(Int)
        /// A group a channel (Howard et al. 2017, arXiv 1704.04861): `channels` counts outputs for each input channel.
        case depthwise
    }

    public init(
        _ channels: Int, window: Window, groups: Groups = .count(1), bias: Bool = false, start: Start = .heNormal
    ) {
        self.channels = channels
        self.window = window
        self.groups = groups
        self.bias = bias
        self.start = start
    }

    public var label: String { groups == .depthwise ? "depthwise" : Self.kind }

    public var settings: String {
        let division = if case .count(let count) = groups, count != 1 { ", groups \(count)" } else { "" }
        return "\(channels), \(window)\(division)\(bias ? ", bias" : "")\(start.settings)"
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
        let area = window.kernel.area
        let initial = start.initializer(fanIn: incoming / division * area, fanOut: outgoing / division * area)
        let weight = ParameterSpec("weight", shape, initial: initial, decays: true)
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

extension Convolution.Start {
    /// For `Layer.settings`; the usual start says nothing.
    fileprivate var settings: String {
        switch self {
        case .heNormal: ""
        case .truncatedNormal(let deviation): ", starts within \(deviation)"
        case .varianceScaling(let fan): ", starts by \(fan) fan"
        }
    }

    fileprivate func initializer(fanIn: Int, fanOut: Int) -> Initializer {
        switch self {
        case .heNormal: .heNormal(fanOut: fanOut)
        case .truncatedNormal(let deviation): .truncatedNormal(deviation: deviation)
        case .varianceScaling(let fan):
            .truncatedNormal(deviation: (2.6 / Float(fan == .incoming ? fanIn : fanOut)).squareRoot())
        }
    }
}
