import CCairo
import Compute

/// Paints drawings with Cairo: the only file that knows it. Nothing is decided here.
///
/// Pictures are made in memory, so files are written in one place and equal drawings give equal bytes: dates are left
/// out of PDF, the numbers that Cairo gives to its surfaces out of SVG.
public enum CairoSurface {
    /// The bytes of a picture.
    /// - Parameter scale: pixels per point, for PNG.
    /// - Throws: `ChartError` with Cairo's own words when it fails (no memory, a size beyond its limits).
    public static func bytes(of drawing: Drawing, as format: PictureFormat, scale: Double = 2) throws -> [UInt8] {
        let sink = ByteSink()
        let unmanaged = Unmanaged.passUnretained(sink).toOpaque()
        let size = drawing.size
        switch format {
        case .png:
            let (width, height) = ((size.width * scale).rounded(), (size.height * scale).rounded())
            // Cairo's own limit of 32,767 pixels a side.
            guard (1...32_767).contains(width), (1...32_767).contains(height) else {
                throw ChartError("a PNG of \(plainNumber(width)) × \(plainNumber(height)) pixels cannot be made")
            }
            let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
            defer { cairo_surface_destroy(surface) }
            let stamps = CircleStamps(for: drawing, on: surface, scale: scale)
            try paint(drawing, on: surface, scale: scale, stamps: stamps)
            return [UInt8](try PNG.encode(try image(of: surface, width: Int(width), height: Int(height)), isFlat: true))
        case .svg:
            let surface = cairo_svg_surface_create_for_stream(append, unmanaged, size.width, size.height)
            defer { cairo_surface_destroy(surface) }
            try paint(drawing, on: surface, scale: 1)
            try finish(surface)
            return withoutSurfaceNumbers(sink.bytes)
        case .pdf:
            let surface = cairo_pdf_surface_create_for_stream(append, unmanaged, size.width, size.height)
            defer { cairo_surface_destroy(surface) }
            cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "")
            try paint(drawing, on: surface, scale: 1)
            try finish(surface)
        }
        return sink.bytes
    }

    private static func paint(
        _ drawing: Drawing, on surface: OpaquePointer?, scale: Double, stamps: CircleStamps? = nil
    ) throws {
        try check(cairo_surface_status(surface))
        let context = cairo_create(surface)
        defer { cairo_destroy(context) }
        cairo_scale(context, scale, scale)
        prepareText(context)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        for item in drawing.items {
            // A clip path for every shape would make vector files several times as large.
            let isInside =
                item.clip.map { clip in item.shape.bounds.map { clip.grown(by: -3).contains($0) } ?? true } ?? true
            if isInside, let stamps, stamps.stamp(item.shape, draw: { draw($0, on: drawing.ground, $1) }) { continue }
            cairo_save(context)
            if let clip = item.clip, !isInside {
                cairo_rectangle(context, clip.minX, clip.minY, clip.width, clip.height)
                cairo_clip(context)
            }
            draw(item.shape, on: drawing.ground, context)
            cairo_restore(context)
        }
        try check(cairo_status(context))
    }

    /// The pixels of a surface of 32-bit words, blue in the lowest byte.
    private static func image(of surface: OpaquePointer?, width: Int, height: Int) throws -> Image {
        cairo_surface_flush(surface)
        try check(cairo_surface_status(surface))
        guard let data = cairo_image_surface_get_data(surface) else { throw ChartError("the picture has no pixels") }
        let stride = Int(cairo_image_surface_get_stride(surface))
        let pixels = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { pixels, count in
            for row in 0..<height {
                let line = data + row * stride
                for column in 0..<width {
                    let place = 3 * (row * width + column)
                    pixels[place] = line[4 * column + 2]
                    pixels[place + 1] = line[4 * column + 1]
                    pixels[place + 2] = line[4 * column]
                }
            }
            count = 3 * width * height
        }
        return Image(width: width, height: height, channels: 3, pixels: pixels)
    }

    private static func finish(_ surface: OpaquePointer?) throws {
        cairo_surface_finish(surface)
        try check(cairo_surface_status(surface))
    }

    private static func check(_ status: cairo_status_t) throws {
        guard status != CAIRO_STATUS_SUCCESS else { return }
        throw ChartError("the picture could not be drawn: \(String(cString: cairo_status_to_string(status)))")
    }

    // MARK: Shapes

    private static func draw(_ shape: Shape, on ground: Color, _ context: OpaquePointer?) {
        switch shape {
        case .line(let points, let strokeStyle):
            trace(points, context)
            stroke(strokeStyle, context)
        case .polygon(let points, let fillColor, let strokeStyle):
            trace(points, context)
            cairo_close_path(context)
            fillAndStroke(fillColor, strokeStyle, context)
        case .rectangle(let rect, let fillColor, let strokeStyle):
            cairo_rectangle(context, rect.minX, rect.minY, rect.width, rect.height)
            fillAndStroke(fillColor, strokeStyle, context)
        case .circle(let center, let radius, let fillColor, let strokeStyle):
            cairo_new_sub_path(context)
            cairo_arc(context, center.x, center.y, radius, 0, 2 * Double.pi)
            fillAndStroke(fillColor, strokeStyle, context)
        case .text(let box):
            draw(box, on: ground, context)
        case .picture(let image, let rect):
            draw(image, in: rect, context)
        }
    }

    /// Enlarged pixels stay squares, reduced ones are averaged.
    private static func draw(_ image: Image, in rect: Rect, _ context: OpaquePointer?) {
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(image.width), Int32(image.height))
        else {
            return
        }
        defer { cairo_surface_destroy(surface) }
        cairo_surface_flush(surface)
        guard let bytes = cairo_image_surface_get_data(surface) else { return }
        let stride = Int(cairo_image_surface_get_stride(surface))
        for row in 0..<image.height {
            for column in 0..<image.width {
                let pixel = (row * image.width + column) * image.channels
                let color = (0..<3).map { UInt32(image.pixels[pixel + (image.channels == 3 ? $0 : 0)]) }
                let word = color[0] << 16 | color[1] << 8 | color[2]
                UnsafeMutableRawPointer(bytes).storeBytes(
                    of: word, toByteOffset: row * stride + 4 * column, as: UInt32.self)
            }
        }
        cairo_surface_mark_dirty(surface)
        cairo_translate(context, rect.minX, rect.minY)
        cairo_scale(context, rect.width / Double(image.width), rect.height / Double(image.height))
        cairo_set_source_surface(context, surface, 0, 0)
        let isEnlarged = rect.width > Double(image.width)
        cairo_pattern_set_filter(cairo_get_source(context), isEnlarged ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_BEST)
        cairo_rectangle(context, 0, 0, Double(image.width), Double(image.height))
        cairo_fill(context)
    }

    private static func trace(_ points: [Point], _ context: OpaquePointer?) {
        for (index, point) in points.enumerated() {
            if index == 0 { cairo_move_to(context, point.x, point.y) } else { cairo_line_to(context, point.x, point.y) }
        }
    }

    private static func fillAndStroke(_ color: Color?, _ strokeStyle: Stroke?, _ context: OpaquePointer?) {
        if let color {
            set(color, context)
            cairo_fill_preserve(context)
        }
        if let strokeStyle { stroke(strokeStyle, context) }
        cairo_new_path(context)
    }

    private static func stroke(_ style: Stroke, _ context: OpaquePointer?) {
        set(style.color, context)
        cairo_set_line_width(context, style.width)
        cairo_set_dash(context, style.dash, Int32(style.dash.count), 0)
        cairo_stroke(context)
    }

    private static func draw(_ box: TextBox, on ground: Color, _ context: OpaquePointer?) {
        cairo_translate(context, box.origin.x, box.origin.y)
        cairo_rotate(context, -box.angle)
        let runs = MathText(box.text).runs
        if box.hasHalo {
            write(runs, in: box.font, context) { text in
                cairo_text_path(context, text)
                var (x, y) = (0.0, 0.0)
                cairo_get_current_point(context, &x, &y)
                stroke(Stroke(ground.with(alpha: 0.85), width: 2.4), context)
                return x
            }
        }
        set(box.color, context)
        write(runs, in: box.font, context) { text in
            cairo_show_text(context, text)
            var (x, y) = (0.0, 0.0)
            cairo_get_current_point(context, &x, &y)
            return x
        }
    }

    /// Runs one behind the other, scripts smaller and shifted; `show` says where its text ended.
    private static func write(
        _ runs: [MathText.Run], in font: Font, _ context: OpaquePointer?, _ show: (String) -> Double
    ) {
        var x = 0.0
        for run in runs {
            let look = MathText.look(of: run.level, in: font)
            select(look.font, context)
            cairo_move_to(context, x, -look.rise)
            x = show(run.text)
        }
    }

    private static func set(_ color: Color, _ context: OpaquePointer?) {
        cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
    }

    // MARK: Text

    /// Letters without hinting, so that they are as wide in a small PNG as in a PDF.
    fileprivate static func prepareText(_ context: OpaquePointer?) {
        let options = cairo_font_options_create()
        defer { cairo_font_options_destroy(options) }
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_set_font_options(context, options)
    }

    /// DejaVu Sans; where it is not installed the system gives its nearest sans serif.
    fileprivate static func select(_ font: Font, _ context: OpaquePointer?) {
        let weight = font.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL
        cairo_select_font_face(context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, weight)
        cairo_set_font_size(context, font.size)
    }

    /// Cairo numbers its surfaces through the life of the process and writes the number into SVG ids.
    private static func withoutSurfaceNumbers(_ bytes: [UInt8]) -> [UInt8] {
        let marker = Array("id=\"surface".utf8)
        var cleaned: [UInt8] = []
        cleaned.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            cleaned.append(bytes[index])
            index += 1
            guard cleaned.last == marker.last, cleaned.suffix(marker.count).elementsEqual(marker) else { continue }
            while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
        }
        return cleaned
    }
}

/// Measures text with the fonts that `CairoSurface` paints with.
public struct CairoTextMeasure: TextMeasure {
    public init() {}

    public func extent(of text: String, in font: Font) -> TextExtent {
        let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)
        defer { cairo_surface_destroy(surface) }
        let context = cairo_create(surface)
        defer { cairo_destroy(context) }
        CairoSurface.prepareText(context)
        return MathText(text).extent(in: font) { text, font in
            CairoSurface.select(font, context)
            var extents = cairo_text_extents_t()
            cairo_text_extents(context, text, &extents)
            var heights = cairo_font_extents_t()
            cairo_font_extents(context, &heights)
            return TextExtent(width: extents.x_advance, ascent: heights.ascent, descent: heights.descent)
        }
    }
}

/// Where Cairo's output goes.
private final class ByteSink {
    var bytes: [UInt8] = []
}

private let append: cairo_write_func_t = { sink, data, count in
    guard let sink, let data else { return CAIRO_STATUS_WRITE_ERROR }
    Unmanaged<ByteSink>.fromOpaque(sink).takeUnretainedValue().bytes.append(
        contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
    return CAIRO_STATUS_SUCCESS
}
