import CChafa
import Compute
import Foundation
import Glibc

/// Pictures in the terminal, through Chafa: as pixels where the terminal has a way for them (kitty, iTerm2, sixel), else as
/// coloured blocks; the only file that calls it.
///
/// What the terminal can do is read from the environment alone. Asking the terminal itself would take its answer from the
/// same stream as what a person has typed ahead.
public enum InlinePicture {
    /// Shows a picture where the cursor is, within the terminal's width and two thirds of its height.
    /// - Returns: false, and nothing is written, when it cannot be shown: no terminal, too small a one, no Chafa.
    public static func show(_ picture: Picture, on terminal: Terminal) -> Bool {
        guard terminal.obeysSequences, chafa_load() else { return false }
        let (size, way) = (terminal.size, way(Terminal.environment))
        let colors = colors(terminal.hasColor, Terminal.environment)
        guard let area = area(of: picture, in: size) else { return false }
        let (painted, drawing) = parts(of: picture, area, way, colors)
        guard let bytes = try? painted.png(), let image = try? PNG.decode(Data(bytes), name: "picture"),
            var text = text(of: image, area, size, way, colors)
        else { return false }
        text.append(UInt8(ascii: "\n"))
        if let drawing {
            text += written(CellText.words(of: drawing, columns: area.columns, rows: area.rows), area, colors)
        }
        terminal.write(bytes: text)
        return true
    }

    private static func area(of picture: Picture, in size: Terminal.Size) -> Area? {
        switch picture.content {
        case .drawing(let drawing): Area(width: drawing.size.width, height: drawing.size.height, in: size)
        case .image(let bytes):
            (try? PNG.decode(Data(bytes), name: "picture")).flatMap {
                Area(width: Double($0.width), height: Double($0.height), in: size)
            }
        }
    }

    /// What is shown as a picture, and the drawing whose words are written over it: in blocks letters cannot be read.
    private static func parts(
        of picture: Picture, _ area: Area, _ way: chafa_way, _ colors: chafa_colors
    ) -> (painted: Picture, words: Drawing?) {
        guard case .drawing(let drawing) = picture.content, way == chafa_symbols else { return (picture, nil) }
        let isInk = colors == chafa_no_color
        return (Picture(BlockDrawing.wordless(drawing, columns: area.columns, isInk: isInk)), drawing)
    }

    /// Words in their cells of the picture that ends above the cursor.
    private static func written(_ words: [CellText], _ area: Area, _ colors: chafa_colors) -> [UInt8] {
        let pen = pen(colors)
        let texts = words.map { word in
            let up = area.rows - word.row
            return "\u{1B}[\(up)A\u{1B}[\(word.column + 1)G\(pen)\(word.text)\(pen.isEmpty ? "" : "\u{1B}[0m")"
                + "\u{1B}[\(up)B\r"
        }
        return Array(texts.joined().utf8)
    }

    /// Black on white, as charts are printed.
    private static func pen(_ colors: chafa_colors) -> String {
        switch colors {
        case chafa_no_color: ""
        case chafa_8_colors: "\u{1B}[30;47m"
        case chafa_16_colors: "\u{1B}[30;107m"
        default: "\u{1B}[38;5;16;48;5;231m"
        }
    }

    /// The cells that a picture covers.
    struct Area: Hashable {
        var columns: Int
        var rows: Int

        /// Smaller pictures show nothing.
        private static let (fewestColumns, fewestRows) = (8, 3)

        /// The largest area of the picture's own proportions; nil when the terminal is too small.
        init?(width: Double, height: Double, in size: Terminal.Size) {
            guard width > 0, height > 0 else { return nil }
            let mostRows = size.rows * 2 / 3
            /// Rows for each column.
            let ratio = height / width * Double(size.cellWidth) / Double(size.cellHeight)
            let wanted = min(Double(size.columns), Double(mostRows) / ratio)
            columns = Int(wanted)
            rows = min(mostRows, Int((wanted * ratio).rounded(.up)))
            guard columns >= Area.fewestColumns, rows >= Area.fewestRows else { return nil }
        }
    }

    // MARK: What the terminal can do

    /// Multiplexers show pixels only where they are configured to pass them on: they get blocks.
    static func isMultiplexed(_ environment: (String) -> String?) -> Bool {
        let name = environment("TERM") ?? ""
        return environment("TMUX") != nil || environment("STY") != nil || name.hasPrefix("screen")
            || name.hasPrefix("tmux")
    }

    private static func way(_ environment: (String) -> String?) -> chafa_way {
        isMultiplexed(environment) ? chafa_symbols : chafa_detect(environ)
    }

    /// True colours where `COLORTERM` promises them, else what the terminal's name says.
    static func colors(_ hasColor: Bool, _ environment: (String) -> String?) -> chafa_colors {
        guard hasColor else { return chafa_no_color }
        let promised = environment("COLORTERM") ?? ""
        let name = environment("TERM") ?? ""
        if promised == "truecolor" || promised == "24bit" || name.hasSuffix("-direct") { return chafa_true_color }
        if name.contains("256color") || name.hasSuffix("kitty") || name.hasPrefix("foot") { return chafa_256_colors }
        return name == "linux" || name.hasPrefix("vt") ? chafa_8_colors : chafa_16_colors
    }

    // MARK: Chafa

    /// Where there is only ink or none: pale bands and grids stay paper, lines and points become ink.
    private static func inked(_ image: Image) -> Image {
        var grey = image.converted(toChannels: 1)
        for index in grey.pixels.indices { grey.pixels[index] = grey.pixels[index] < palest ? 0 : 255 }
        return grey
    }

    /// The palest grey that counts as ink: the axes of charts are darker, their grids and bands paler.
    private static let palest: UInt8 = 200

    private static func text(
        of image: Image, _ area: Area, _ size: Terminal.Size, _ way: chafa_way, _ colors: chafa_colors
    ) -> [UInt8]? {
        let painted = way == chafa_symbols && colors == chafa_no_color ? inked(image) : image
        let pixels = painted.converted(toChannels: 3).pixels
        var length = 0
        let text = chafa_text(
            pixels, Int32(image.width), Int32(image.height), Int32(area.columns), Int32(area.rows),
            Int32(size.cellWidth), Int32(size.cellHeight), way, colors, &length)
        guard let text else { return nil }
        defer { chafa_free(text) }
        return text.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
            [UInt8](UnsafeBufferPointer(start: bytes, count: length))
        }
    }
}
