import Lang

/// A picture that a script displays or saves: what the terminal, a report and a file show of a chart or of images.
public struct Picture: Sendable {
    enum Content: Sendable {
        case drawing(Drawing)
        /// The bytes of a PNG file.
        case image([UInt8])
    }

    let content: Content
    /// The name under which the script saved it; nil when it was only displayed.
    let path: String?

    init(_ drawing: Drawing, path: String? = nil) {
        content = .drawing(drawing)
        self.path = path
    }

    init(png: [UInt8], path: String? = nil) {
        content = .image(png)
        self.path = path
    }

    /// The bytes of a PNG file.
    /// - Parameter scale: pixels per point of a drawing.
    /// - Throws: `ChartError`
    func png(scale: Double = 2) throws -> [UInt8] {
        switch content {
        case .drawing(let drawing): try CairoSurface.bytes(of: drawing, as: .png, scale: scale)
        case .image(let bytes): bytes
        }
    }
}

/// A value of the language that has a picture: a chart, a figure.
protocol Pictured: Foreign {
    /// - Throws: `ChartError` when the picture cannot be drawn.
    func picture() throws -> Picture
}
