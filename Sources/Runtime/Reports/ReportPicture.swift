import Compute
import Foundation

/// What a report needs of a picture besides its pixels.
extension Picture {
    /// What the picture says, for readers who cannot see it.
    var description: String {
        switch content {
        case .drawing(let drawing):
            var parts = (drawing.texts(.title) + drawing.texts(.subtitle)).map(\.text)
            let axes = drawing.texts(.axisTitle).map(\.text)
            if !axes.isEmpty { parts.append("Axes: " + axes.joined(separator: ", ")) }
            return parts.isEmpty ? "Chart" : "Chart: " + parts.joined(separator: ". ")
        case .image: return path.map { "Picture \($0)" } ?? "Picture"
        }
    }

    /// Whether it was drawn with vectors, so that its white is paper and no part of a photograph.
    var isDrawing: Bool { if case .drawing = content { true } else { false } }

    /// In CSS pixels; nil for an image that does not tell.
    var size: (width: Int, height: Int)? {
        switch content {
        case .drawing(let drawing): (Int(drawing.size.width.rounded()), Int(drawing.size.height.rounded()))
        case .image(let bytes): Picture.pngSize(bytes)
        }
    }

    /// Width and height stand behind the signature and the head of the first chunk (PNG specification, 11.2.2).
    private static func pngSize(_ bytes: [UInt8]) -> (Int, Int)? {
        guard bytes.count >= 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
        func number(at offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        return (number(at: 16), number(at: 20))
    }

    /// SVG for charts, so that they are sharp at any size; the image as it is otherwise.
    /// - Throws: `ChartError`
    func dataURI() throws -> String {
        switch content {
        case .drawing(let drawing):
            let svg = try CairoSurface.bytes(of: drawing, as: .svg)
            return "data:image/svg+xml;base64," + Data(svg).base64EncodedString()
        case .image(let bytes): return "data:image/png;base64," + Data(bytes).base64EncodedString()
        }
    }

    func isSame(as other: Picture) -> Bool {
        switch (content, other.content) {
        case (.drawing(let own), .drawing(let other)): own == other
        case (.image(let own), .image(let other)): own == other
        default: false
        }
    }
}
