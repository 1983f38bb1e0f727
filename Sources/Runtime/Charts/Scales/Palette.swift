import Glibc

/// Colours, and those that tell series apart.

/// Red, green, blue and opacity, each in 0…1 (sRGB).
public struct Color: Hashable, Sendable {
    public var red: Double
    public var green: Double
    public var blue: Double
    public var alpha: Double

    public init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }

    /// 0xRRGGBB.
    public init(_ code: UInt32, alpha: Double = 1) {
        let part = { (shift: UInt32) in Double(code >> shift & 0xFF) / 255 }
        self.init(red: part(16), green: part(8), blue: part(0), alpha: alpha)
    }

    /// A name of the palette, or "#rrggbb"; nil for anything else.
    public init?(named name: String) {
        if let color = Palette.named[name] {
            self = color
        } else if name.hasPrefix("#"), name.count == 7, let code = UInt32(name.dropFirst(), radix: 16) {
            self.init(code)
        } else {
            return nil
        }
    }

    /// Black or white, whichever is read better on this colour (WCAG 2.1's relative luminance).
    var contrasting: Color {
        let linear = [red, green, blue].map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        let luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        return luminance > 0.179 ? Color(0x1F2328) : Color(0xFFFFFF)
    }

    func with(alpha: Double) -> Color { Color(red: red, green: green, blue: blue, alpha: alpha) }

    /// Between this colour (0) and another (1).
    func mixed(with other: Color, _ share: Double) -> Color {
        let mix = { (a: Double, b: Double) in a + (b - a) * share }
        return Color(
            red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue),
            alpha: mix(alpha, other.alpha))
    }
}

public enum Palette {
    /// The colours of Okabe and Ito (2008, "Color universal design"), which readers with any colour vision can tell
    /// apart; ordered so that neighbours contrast, black as dark grey, the yellow that is faint on white last.
    public static let series = [
        Color(0x0072B2), Color(0xD55E00), Color(0x009E73), Color(0xCC79A7), Color(0xE69F00), Color(0x56B4E9),
        Color(0x4D4D4D), Color(0xF0E442),
    ]

    /// The same on a dark ground: the blue lighter, white-grey instead of dark grey, the yellow no longer last.
    static let seriesOnDark = [
        Color(0x56B4E9), Color(0xE69F00), Color(0x2BC79A), Color(0xCC79A7), Color(0xF0E442), Color(0xE8703A),
        Color(0xD0D4D9), Color(0x4C8DD6),
    ]

    /// From low to high for numbers: ten equidistant stops of viridis (van der Walt and Smith 2015), even in lightness.
    static let sequence = [
        Color(0x440154), Color(0x482878), Color(0x3E4A89), Color(0x31688E), Color(0x26828E), Color(0x1F9E89),
        Color(0x35B779), Color(0x6DCD59), Color(0xB4DE2C), Color(0xFDE725),
    ]

    /// Blue over white to red, ColorBrewer's RdBu in seven classes turned round (Harrower and Brewer 2003), which
    /// readers with any colour vision can tell apart.
    static let diverging = [
        Color(0x2166AC), Color(0x67A9CF), Color(0xD1E5F0), Color(0xF7F7F7), Color(0xFDDBC7), Color(0xEF8A62),
        Color(0xB2182B),
    ]

    /// For missing entries.
    static let absent = Color(0xB0B0B0)

    /// What `color: "…"` may name besides a column.
    public static let named: [String: Color] = [
        "black": Color(0x000000), "white": Color(0xFFFFFF), "gray": Color(0x808080), "grey": Color(0x808080),
        "blue": Color(0x0072B2), "red": Color(0xD55E00), "green": Color(0x009E73), "purple": Color(0xCC79A7),
        "orange": Color(0xE69F00), "sky": Color(0x56B4E9), "yellow": Color(0xF0E442),
    ]
}
