// How many terminal columns a text takes: wide East Asian characters and emoji take two, combining marks none. Tables,
// padded formats and the carets of diagnostics line up by it.

/// Terminal width of text.
public enum TextWidth {
    public static func columns(of text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + columns(of: $1) }
    }

    /// A line broken at spaces so that none takes more than `width` columns, except for words that do; lines but the first
    /// begin with `indent` spaces.
    public static func filled(_ line: String, width: Int, indent: Int) -> String {
        guard columns(of: line) > width else { return line }
        var lines: [String] = []
        var current = String(line.prefix { $0 == " " })
        var isStart = true
        for word in line.split(separator: " ") {
            if !isStart, columns(of: current) + 1 + columns(of: word) > width {
                lines.append(current)
                (current, isStart) = (String(repeating: " ", count: indent), true)
            }
            current += isStart ? String(word) : " " + word
            isStart = false
        }
        return (lines + [current]).joined(separator: "\n")
    }

    static func columns(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if scalar.value < 0x300 { return scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? 0 : 1 }
        if scalar.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
        }
    }

    /// Blocks whose characters are East Asian wide or full-width (Unicode Standard Annex 11).
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x17000...0x18D08, 0x1AFF0...0x1B2FF, 0x20000...0x3FFFD,
    ]
}
