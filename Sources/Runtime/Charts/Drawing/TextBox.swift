import Glibc

/// Text with its place: what is written, how, from where, and the box it covers.
public struct TextBox: Hashable, Sendable {
    public enum Horizontal: Hashable, Sendable { case left, center, right }
    public enum Vertical: Hashable, Sendable { case top, middle, bottom }

    public let text: String
    public let font: Font
    public let color: Color
    /// Where the baseline begins.
    public private(set) var origin: Point
    /// Counter-clockwise, radians.
    public let angle: Double
    /// The smallest upright box around the text.
    public private(set) var bounds: Rect
    /// Whether a rim in the background's colour sets the text off from lines behind it.
    public let hasHalo: Bool

    /// Places one line of text: the point of its box that `horizontal` and `vertical` name (before turning) comes to
    /// lie on `anchor`.
    init(
        _ text: String, _ font: Font, _ color: Color, at anchor: Point, _ horizontal: Horizontal, _ vertical: Vertical,
        angle: Double = 0, hasHalo: Bool = false, measure: any TextMeasure
    ) {
        let extent = measure.extent(of: text, in: font)
        let left =
            switch horizontal {
            case .left: 0.0
            case .center: -extent.width / 2
            case .right: -extent.width
            }
        let baseline =
            switch vertical {
            case .top: extent.ascent
            case .middle: (extent.ascent - extent.descent) / 2
            case .bottom: -extent.descent
            }
        let turned = { (x: Double, y: Double) in
            Point(anchor.x + x * cos(angle) + y * sin(angle), anchor.y - x * sin(angle) + y * cos(angle))
        }
        self.text = text
        self.font = font
        self.color = color
        self.angle = angle
        self.hasHalo = hasHalo
        origin = turned(left, baseline)
        let (top, bottom, right) = (baseline - extent.ascent, baseline + extent.descent, left + extent.width)
        let corners = [turned(left, top), turned(right, top), turned(left, bottom), turned(right, bottom)]
        bounds = Rect(around: corners) ?? Rect(around: anchor, width: 0, height: 0)
    }

    func moved(_ dx: Double, _ dy: Double) -> TextBox {
        var box = self
        box.origin = origin.moved(dx, dy)
        box.bounds = bounds.moved(dx, dy)
        return box
    }
}

public struct Font: Hashable, Sendable {
    /// Points.
    public var size: Double
    public var isBold: Bool

    public init(size: Double, isBold: Bool = false) {
        self.size = size
        self.isBold = isBold
    }
}

/// How much room one line of text takes, in points: `ascent` above and `descent` below its baseline.
public struct TextExtent: Hashable, Sendable {
    public var width: Double
    public var ascent: Double
    public var descent: Double

    public init(width: Double, ascent: Double, descent: Double) {
        self.width = width
        self.ascent = ascent
        self.descent = descent
    }

    public var height: Double { ascent + descent }
}

/// Measures text. Injected, so that a chart is built (and tested) without a drawing library.
public protocol TextMeasure: Sendable {
    func extent(of text: String, in font: Font) -> TextExtent
}
