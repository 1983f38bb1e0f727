import CCairo

/// Circles drawn once and then copied to their places, for pictures of so many translucent ones that outlines would take
/// half a minute. Places are rounded to a quarter of a pixel.
final class CircleStamps {
    /// Fewer circles than this are drawn exactly.
    static let fewest = 20_000
    private static let phases = 4

    private struct Look: Hashable {
        let radius: Double
        let fill: Color?
        let stroke: Stroke?
    }

    /// A picture of a circle whose centre lies `reach` pixels and a part of one from the upper left corner.
    private struct Stamp {
        let surface: OpaquePointer?
        let reach: Int
    }

    /// Of its own, in pixels, so that nothing is saved and restored for each circle.
    private let context: OpaquePointer?
    private let scale: Double
    /// By look: a stamp for each of the places of the centre within its pixel.
    private var sheets: [Look: [Stamp]] = [:]
    /// Neighbours in a drawing mostly look the same.
    private var latest: (look: Look, sheet: [Stamp])?

    /// - Parameter scale: pixels a point of the surface.
    /// - Returns: nil when the drawing has too few translucent circles for stamps to be worth it.
    init?(for drawing: Drawing, on surface: OpaquePointer?, scale: Double) {
        var found = 0
        for item in drawing.items where Self.isTranslucentCircle(item.shape) {
            found += 1
            if found == Self.fewest { break }
        }
        guard found == Self.fewest else { return nil }
        self.scale = scale
        context = cairo_create(surface)
    }

    deinit {
        for sheet in sheets.values { for stamp in sheet { cairo_surface_destroy(stamp.surface) } }
        cairo_destroy(context)
    }

    private static func isTranslucentCircle(_ shape: Shape) -> Bool {
        guard case .circle(_, _, let fill?, _) = shape else { return false }
        return fill.alpha < 1
    }

    /// - Parameter draw: paints a shape on another surface.
    /// - Returns: false for shapes that are not stamped, which are left to the caller.
    func stamp(_ shape: Shape, draw: (Shape, OpaquePointer?) -> Void) -> Bool {
        guard case .circle(let center, let radius, let fill?, let stroke) = shape, fill.alpha < 1 else { return false }
        let sheet = sheet(Look(radius: radius, fill: fill, stroke: stroke), draw)
        let (column, columnPhase) = Self.place(center.x * scale)
        let (row, rowPhase) = Self.place(center.y * scale)
        let stamp = sheet[rowPhase * Self.phases + columnPhase]
        cairo_set_source_surface(context, stamp.surface, Double(column - stamp.reach), Double(row - stamp.reach))
        cairo_paint(context)
        return true
    }

    private func sheet(_ look: Look, _ draw: (Shape, OpaquePointer?) -> Void) -> [Stamp] {
        if let latest, latest.look == look { return latest.sheet }
        let sheet = sheets[look] ?? (0..<Self.phases * Self.phases).map { stamp(look, phase: $0, draw) }
        sheets[look] = sheet
        latest = (look, sheet)
        return sheet
    }

    private func stamp(_ look: Look, phase: Int, _ draw: (Shape, OpaquePointer?) -> Void) -> Stamp {
        let outer = look.radius + (look.stroke?.width ?? 0) / 2
        let reach = Int((outer * scale).rounded(.up)) + 1
        let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(2 * reach + 1), Int32(2 * reach + 1))
        let context = cairo_create(surface)
        defer { cairo_destroy(context) }
        cairo_scale(context, scale, scale)
        let x = Double(reach) + Double(phase % Self.phases) / Double(Self.phases)
        let y = Double(reach) + Double(phase / Self.phases) / Double(Self.phases)
        let center = Point(x / scale, y / scale)
        draw(.circle(center: center, radius: look.radius, fill: look.fill, stroke: look.stroke), context)
        return Stamp(surface: surface, reach: reach)
    }

    /// The pixel and the part of it that are nearest.
    private static func place(_ position: Double) -> (pixel: Int, phase: Int) {
        let parts = Int((position * Double(phases)).rounded())
        let pixel = Int((Double(parts) / Double(phases)).rounded(.down))
        return (pixel, parts - pixel * phases)
    }
}
