/// Superscripts and subscripts in one line of text: `R^2`, `x_1`, `10^{-3}`, `p_{adj}`.
///
/// A rule that leaves ordinary names as they are: braces always count (`^{…}`, `_{…}`); without them `^` raises the
/// digits behind it, a sign before them included, and `_` lowers digits behind a single letter (`x_1`, not `resnet_50`
/// or `fold_1`). A script needs something to stand on: `^` and `_` at the beginning or behind a space are themselves,
/// and so are `\^` and `\_`. Greek letters and signs are written as such.
public struct MathText: Hashable, Sendable {
    public enum Level: Hashable, Sendable { case base, raised, lowered }

    public struct Run: Hashable, Sendable {
        public var text: String
        public var level: Level
    }

    public private(set) var runs: [Run] = []

    /// The size of a script's letters, and how far they stand above or below the line, as parts of the letters' size.
    static let scriptSize = 0.7
    static let rise = 0.36
    static let fall = 0.17

    public init(_ text: String) {
        // Most texts have neither sign.
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "^") || $0 == UInt8(ascii: "_") }) else {
            runs = [Run(text: text, level: .base)]
            return
        }
        let letters = Array(text)
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            let isMark = letter == "^" || letter == "_"
            if letter == "\\", index + 1 < letters.count, letters[index + 1] == "^" || letters[index + 1] == "_" {
                append(String(letters[index + 1]), .base)
                index += 2
            } else if isMark, let script = Self.script(in: letters, at: index) {
                append(String(letters[script.content]), letter == "^" ? .raised : .lowered)
                index = script.end
            } else {
                append(String(letter), .base)
                index += 1
            }
        }
    }

    var isPlain: Bool { runs.allSatisfy { $0.level == .base } }

    /// What is written, without the signs.
    var plain: String { runs.map(\.text).joined() }

    private mutating func append(_ text: String, _ level: Level) {
        if let last = runs.last, last.level == level {
            runs[runs.count - 1].text += text
        } else {
            runs.append(Run(text: text, level: level))
        }
    }

    /// What the `^` or `_` at `index` raises or lowers, and where the text goes on; nil for an ordinary sign.
    private static func script(in letters: [Character], at index: Int) -> (content: Range<Int>, end: Int)? {
        guard index > 0, !letters[index - 1].isWhitespace, index + 1 < letters.count else { return nil }
        if letters[index + 1] == "{" {
            guard let close = letters[index...].firstIndex(of: "}"), close > index + 2 else { return nil }
            return (index + 2..<close, close + 1)
        }
        var start = index + 1
        if letters[index] == "_" {
            let isSingle = letters[index - 1].isLetter && (index < 2 || !isPartOfName(letters[index - 2]))
            guard isSingle else { return nil }
        } else if ["-", "−", "+"].contains(letters[start]) {
            start += 1
        }
        var end = start
        while end < letters.count, letters[end].isASCII, letters[end].isNumber { end += 1 }
        guard end > start else { return nil }
        // `x_1a` is a name.
        if letters[index] == "_", end < letters.count, isPartOfName(letters[end]) { return nil }
        return (index + 1..<end, end)
    }

    private static func isPartOfName(_ letter: Character) -> Bool {
        letter.isLetter || letter.isNumber || letter == "_" || letter == "-" || letter == "."
    }
}

extension MathText {
    /// The font of a run, and how far its baseline stands above that of the line, in points.
    static func look(of level: Level, in font: Font) -> (font: Font, rise: Double) {
        var small = font
        small.size *= scriptSize
        return switch level {
        case .base: (font, 0)
        case .raised: (small, font.size * rise)
        case .lowered: (small, -font.size * fall)
        }
    }

    /// The room of the whole line, its parts measured one by one.
    func extent(in font: Font, _ measure: (String, Font) -> TextExtent) -> TextExtent {
        var whole = measure("", font)
        for run in runs {
            let look = Self.look(of: run.level, in: font)
            let extent = measure(run.text, look.font)
            whole.width += extent.width
            whole.ascent = max(whole.ascent, extent.ascent + look.rise)
            whole.descent = max(whole.descent, extent.descent - look.rise)
        }
        return whole
    }
}
