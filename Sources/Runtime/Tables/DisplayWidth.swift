/// How many cells of a terminal a text takes, without asking the C library (whose answer depends on the process's
/// locale): no cell for combining marks and other formatting characters, two for East Asian wide characters and for
/// emoji, one for the rest. Ranges: Unicode Standard Annex #11, the blocks whose characters are wide throughout.
extension String {
    var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

    /// The longest beginning that fits into `width` cells, ended by "…" when something is left out.
    func truncated(toDisplayWidth width: Int) -> String {
        guard displayWidth > width else { return self }
        var kept = ""
        var used = 0
        for character in self {
            used += character.displayWidth
            if used > width - 1 { break }
            kept.append(character)
        }
        return width > 0 ? kept + "…" : ""
    }

    /// Filled with spaces up to `width` cells.
    func padded(toDisplayWidth width: Int, onTheLeft: Bool = false) -> String {
        let spaces = String(repeating: " ", count: max(0, width - displayWidth))
        return onTheLeft ? spaces + self : self + spaces
    }
}

extension Character {
    /// A character is what a reader sees as one, so only its first scalar and a demand for emoji form count.
    fileprivate var displayWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        let wantsEmojiForm = unicodeScalars.contains { $0.value == 0xFE0F }
        let isWide = first.properties.isEmojiPresentation || wantsEmojiForm || wideRanges.contains { $0 ~= first.value }
        return isWide ? 2 : 1
    }
}

private let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF,
    0x20000...0x3FFFD,
]
