/// What a terminal's window shows after bytes have been written to it: enough of an xterm for programs that edit lines.
public struct Screen {
    private var cells: [[Character]]
    private var row = 0
    private var column = 0
    /// A character in the last column leaves the cursor there; the next one wraps.
    private var wraps = false
    private var inserts = false
    private var rest: [UInt8] = []
    private(set) var columns: Int
    private(set) var rows: Int

    /// The second half of a wide character.
    private static let half: Character = "\0"

    init(columns: Int, rows: Int) {
        self.columns = max(1, columns)
        self.rows = max(1, rows)
        cells = Array(repeating: Array(repeating: " ", count: self.columns), count: self.rows)
    }

    /// The rows without the blanks at their ends, and without empty rows at the end.
    public var text: String {
        var lines = cells.map { line in
            var line = String(line.filter { $0 != Screen.half })
            while line.last == " " { line.removeLast() }
            return line
        }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// Where the cursor stands, from 0.
    public var cursor: (row: Int, column: Int) { (row, column) }

    /// Cuts or fills rows and columns; text is not wrapped anew.
    mutating func resize(columns: Int, rows: Int) {
        (self.columns, self.rows) = (max(1, columns), max(1, rows))
        while row >= self.rows {
            cells.removeFirst()
            row -= 1
        }
        let blank = Array(repeating: Character(" "), count: self.columns)
        cells = (0..<self.rows).map { index in
            index < cells.count ? Array((cells[index] + blank).prefix(self.columns)) : blank
        }
        column = min(column, self.columns - 1)
        wraps = false
    }

    mutating func write(_ bytes: ArraySlice<UInt8>) {
        rest += bytes
        while let first = rest.first {
            if first == 0x1B {
                guard let length = Screen.sequenceLength(rest[...]) else { return }
                obey(rest[..<length])
                rest.removeFirst(length)
            } else if first < 0x20 || first == 0x7F {
                control(first)
                rest.removeFirst()
            } else {
                let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
                guard rest.count >= length else { return }
                for scalar in String(decoding: rest[..<length], as: UTF8.self).unicodeScalars { put(scalar) }
                rest.removeFirst(length)
            }
        }
    }

    /// Bytes without escape sequences and control characters other than newline and tab.
    static func withoutSequences(_ bytes: [UInt8]) -> [UInt8] {
        var (plain, rest) = ([UInt8](), bytes[...])
        while let first = rest.first {
            if first == 0x1B {
                rest = rest.dropFirst(sequenceLength(rest) ?? rest.count)
            } else {
                if first >= 0x20 && first != 0x7F || first == 9 || first == 10 { plain.append(first) }
                rest = rest.dropFirst()
            }
        }
        return plain
    }

    /// Length of the escape sequence at the start; nil while it is incomplete.
    private static func sequenceLength(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let kind = bytes.dropFirst().first else { return nil }
        switch kind {
        case UInt8(ascii: "["):
            return bytes.dropFirst(2).firstIndex { (0x40...0x7E).contains($0) }.map { $0 - bytes.startIndex + 1 }
        case UInt8(ascii: "]"), UInt8(ascii: "_"), UInt8(ascii: "P"):
            guard let end = bytes.dropFirst(2).firstIndex(where: { $0 == 7 || $0 == 0x5C }) else { return nil }
            return end - bytes.startIndex + 1
        case UInt8(ascii: "("), UInt8(ascii: ")"): return bytes.count >= 3 ? 3 : nil
        default: return 2
        }
    }

    // MARK: What the bytes do

    private mutating func put(_ scalar: Unicode.Scalar) {
        let width = Screen.width(scalar)
        if width == 0 {
            let place = wraps ? column : column - 1
            if place >= 0 { cells[row][place] = Character(String(cells[row][place]) + String(scalar)) }
            return
        }
        if wraps || column + width > columns { newLine(fromStart: true) }
        if inserts { insertBlanks(width) }
        cells[row][column] = Character(scalar)
        if width == 2, column + 1 < columns { cells[row][column + 1] = Screen.half }
        wraps = column + width >= columns
        column = min(column + width, columns - 1)
    }

    private mutating func control(_ byte: UInt8) {
        switch byte {
        case 8: column = max(0, column - 1)
        case 9: column = min(columns - 1, column / 8 * 8 + 8)
        case 10: newLine(fromStart: false)
        case 13: column = 0
        default: return
        }
        wraps = false
    }

    private mutating func newLine(fromStart: Bool) {
        if fromStart { column = 0 }
        wraps = false
        row += 1
        if row == rows {
            cells.removeFirst()
            cells.append(Array(repeating: " ", count: columns))
            row -= 1
        }
    }

    private mutating func insertBlanks(_ count: Int) {
        let line = cells[row][..<column] + Array(repeating: " ", count: count) + cells[row][column...]
        cells[row] = Array(line.prefix(columns))
    }

    private mutating func obey(_ sequence: ArraySlice<UInt8>) {
        guard sequence.count > 2, sequence[1] == UInt8(ascii: "["), let final = sequence.last else { return }
        let text = String(decoding: sequence.dropFirst(2).dropLast(), as: UTF8.self)
        let numbers = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let first = numbers.first ?? 0
        let count = max(1, first)
        switch Character(Unicode.Scalar(final)) {
        case "A": row = max(0, row - count)
        case "B": row = min(rows - 1, row + count)
        case "C": column = min(columns - 1, column + count)
        case "D": column = max(0, column - count)
        case "G": column = min(columns, count) - 1
        case "d": row = min(rows, count) - 1
        case "H":
            row = min(rows, count) - 1
            column = min(columns, max(1, numbers.count > 1 ? numbers[1] : 1)) - 1
        case "K": erase(inRow: first)
        case "J": erase(below: first)
        case "P":
            let blank = Array(repeating: Character(" "), count: min(count, columns - column))
            cells[row] = Array(cells[row][..<column] + cells[row][column...].dropFirst(count) + blank)
        case "@": insertBlanks(count)
        case "h" where text == "4": inserts = true
        case "l" where text == "4": inserts = false
        default: return
        }
        wraps = false
    }

    private mutating func erase(inRow part: Int) {
        let range = part == 0 ? column..<columns : part == 1 ? 0..<(column + 1) : 0..<columns
        for index in range { cells[row][index] = " " }
    }

    private mutating func erase(below part: Int) {
        if part == 0 { erase(inRow: 0) }
        let range = part == 0 ? (row + 1)..<rows : 0..<rows
        for index in range { cells[index] = Array(repeating: " ", count: columns) }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF:
            return 2
        default: return 1
        }
    }
}
