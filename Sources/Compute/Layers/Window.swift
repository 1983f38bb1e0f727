/// The sliding window of convolutions and pooling: size, stride, dilation, padding, and the arithmetic of output sizes.
public struct Window: Hashable, Sendable {
    public var kernel: Extent
    public var stride: Extent
    public var dilation: Extent
    public var padding: Padding

    public init(_ kernel: Extent, stride: Extent = 1, dilation: Extent = 1, padding: Padding = .same) {
        self.kernel = kernel
        self.stride = stride
        self.dilation = dilation
        self.padding = padding
    }

    /// Rows and columns covered by the dilated kernel.
    public var span: Extent {
        Extent((kernel.height - 1) * dilation.height + 1, (kernel.width - 1) * dilation.width + 1)
    }

    /// Output size on a map of `input` positions.
    /// - Throws: `.badGraph` when a number is not positive or the window does not fit.
    public func output(of input: Extent) throws -> Extent {
        let numbers = [kernel.height, kernel.width, stride.height, stride.width, dilation.height, dilation.width]
        guard numbers.allSatisfy({ (1...Window.largest).contains($0) }) else {
            throw ComputeError(.badGraph, "kernel, stride and dilation must lie in 1...\(Window.largest), got \(self)")
        }
        let margins = self.margins(on: input)
        guard
            [margins.top, margins.left, margins.bottom, margins.right].allSatisfy({ (0...Window.largest).contains($0) })
        else { throw ComputeError(.badGraph, "padding must lie in 0...\(Window.largest), got \(padding)") }
        let height = input.height + margins.top + margins.bottom - span.height
        let width = input.width + margins.left + margins.right - span.width
        guard height >= 0, width >= 0 else {
            throw ComputeError(
                .badGraph, "a window of \(span) does not fit the map of \(input)",
                remedy: "pad it, or remove a stride before it")
        }
        return Extent(height / stride.height + 1, width / stride.width + 1)
    }

    /// Padding in positions at each edge of a map of `input` positions.
    public func margins(on input: Extent) -> Margins {
        switch padding {
        case .valid: return Margins(top: 0, left: 0, bottom: 0, right: 0)
        case .symmetric(let amount): return Margins(top: amount, left: amount, bottom: amount, right: amount)
        case .explicit(let margins): return margins
        case .same:
            let rows = Window.samePadding(input.height, span: span.height, stride: stride.height)
            let columns = Window.samePadding(input.width, span: span.width, stride: stride.width)
            return Margins(top: rows / 2, left: columns / 2, bottom: rows - rows / 2, right: columns - columns / 2)
        }
    }

    /// TensorFlow's SAME: as many outputs as `input / stride` rounded up, the odd position at the end.
    private static func samePadding(_ input: Int, span: Int, stride: Int) -> Int {
        max(0, ((input + stride - 1) / stride - 1) * stride + span - input)
    }

    /// Far above any network, far below overflow.
    private static let largest = 4096
}

extension Window: CustomStringConvertible {
    public var description: String {
        let spread = dilation == 1 ? "" : ", dilation \(dilation)"
        return "\(kernel), stride \(stride)\(spread), padding \(padding)"
    }
}

/// Height and width, in that order everywhere.
public struct Extent: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    public var height: Int
    public var width: Int

    public init(_ height: Int, _ width: Int) {
        self.height = height
        self.width = width
    }

    /// A square.
    public init(_ side: Int) { self.init(side, side) }
    public init(integerLiteral side: Int) { self.init(side, side) }

    public var area: Int { height * width }
    public var description: String { "\(height)×\(width)" }
}

/// Positions added around a map.
public struct Margins: Hashable, Sendable {
    public var top, left, bottom, right: Int

    public init(top: Int, left: Int, bottom: Int, right: Int) {
        (self.top, self.left, self.bottom, self.right) = (top, left, bottom, right)
    }
}

/// How a window treats the edges. A literal integer is the same padding at every edge, as PyTorch writes it.
public enum Padding: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// TensorFlow's SAME: `⌈input / stride⌉` outputs; with a stride of two the end may get one more than the start.
    case same
    case valid
    case symmetric(Int)
    case explicit(Margins)

    public init(integerLiteral amount: Int) { self = .symmetric(amount) }

    public var description: String {
        switch self {
        case .same: "same"
        case .valid: "valid"
        case .symmetric(let amount): "\(amount)"
        case .explicit(let m): "\(m.top) \(m.left) \(m.bottom) \(m.right)"
        }
    }
}
