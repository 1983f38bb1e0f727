import Lang

/// A value as a titled block of facts, one way for all values of the library: labels in a column, numbers aligned at their
/// points, longer texts wrapped within the width.
///
///     Pearson correlation
///       r      0.8      95% interval -0.2796 to 0.9862
///       pairs  5
struct RichDisplay {
    private struct Row {
        var label: String
        var content: Content
    }

    private enum Content {
        /// A number's text, and what belongs to it.
        case number(String, remark: String)
        case text(String)
        /// Lines that are not wrapped but cut.
        case lines([String])
    }

    private let title: String
    private var rows: [Row] = []
    private var notes: [String] = []

    private static let margin = 2
    private static let gap = 2
    /// A value of many lines says no more than one of so many.
    private static let mostLines = 8

    init(_ title: String) { self.title = title }

    // MARK: Facts

    /// A number with four significant digits; whole numbers keep all of theirs.
    mutating func add(_ label: String, _ number: Double, remark: String = "") {
        let isWhole = number == number.rounded() && abs(number) < 1e15
        let text = isWhole ? NumberFormat.text(number) : NumberFormat.significant(number, digits: 4)
        rows.append(Row(label: label, content: .number(text, remark: remark)))
    }

    mutating func add(_ label: String, _ text: String) {
        rows.append(Row(label: label, content: .text(text)))
    }

    mutating func add(_ label: String, lines: [String]) {
        rows.append(Row(label: label, content: .lines(lines)))
    }

    mutating func note(_ text: String) { notes.append(text) }

    // MARK: Text

    /// Lines without a line break at the end, none wider than `width`.
    func text(width: Int) -> String {
        let labelWidth = rows.map(\.label.displayWidth).max() ?? 0
        let indent = Self.margin + labelWidth + Self.gap
        // Where so little room is left that words would be broken, facts stand below their labels.
        let isNarrow = width < indent + 16
        let numbers = alignedNumbers()
        var lines = wrapped(title, width)
        for (row, number) in zip(rows, numbers) {
            let value = value(of: row.content, number, width: max(1, width - (isNarrow ? 2 * Self.margin : indent)))
            if isNarrow {
                lines += wrapped(row.label, width - Self.margin).map { indented($0, by: Self.margin) }
                lines += value.map { indented($0, by: 2 * Self.margin) }
            } else {
                let label = row.label.padded(toDisplayWidth: labelWidth + Self.gap)
                lines.append(indented(label + (value.first ?? ""), by: Self.margin))
                lines += value.dropFirst().map { indented($0, by: indent) }
            }
        }
        for note in notes {
            lines += wrapped("note: " + note, width - Self.margin).map { indented($0, by: Self.margin) }
        }
        return lines.map(withoutTrailingSpaces).joined(separator: "\n")
    }

    private func value(of content: Content, _ number: String, width: Int) -> [String] {
        switch content {
        case .text(let text): return wrapped(text, width)
        case .lines(let lines): return lines.map { $0.truncated(toDisplayWidth: width) }
        case .number(_, let remark):
            let line = remark.isEmpty ? number : number + "  " + remark
            return line.displayWidth <= width ? [line] : [number] + wrapped(remark, width)
        }
    }

    /// The numbers, padded so that their points stand below each other; empty for other rows.
    private func alignedNumbers() -> [String] {
        let parts = rows.map { row -> (whole: Substring, rest: Substring)? in
            guard case .number(let text, _) = row.content else { return nil }
            let end = text.firstIndex { $0 == "." || $0 == "e" } ?? text.endIndex
            return (text[..<end], text[end...])
        }
        let whole = parts.compactMap { $0?.whole.count }.max() ?? 0
        let rest = parts.compactMap { $0?.rest.count }.max() ?? 0
        return parts.map { part in
            guard let part else { return "" }
            return String(part.whole).padded(toDisplayWidth: whole, onTheLeft: true)
                + String(part.rest).padded(toDisplayWidth: rest)
        }
    }

    private func wrapped(_ text: String, _ width: Int) -> [String] {
        let lines = text.wrapped(toDisplayWidth: max(1, width), lines: Self.mostLines)
        return lines.isEmpty ? [""] : lines
    }

    private func indented(_ line: String, by count: Int) -> String { String(repeating: " ", count: count) + line }

    private func withoutTrailingSpaces(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}

/// Numbers and shapes in the words of those who read them.
enum Wording {
    /// Digits in groups of three.
    static func grouped(_ number: Int) -> String {
        let digits = Array("\(number.magnitude)")
        let groups = digits.indices.map { index in
            (index > 0 && (digits.count - index) % 3 == 0 ? "," : "") + String(digits[index])
        }
        return (number < 0 ? "-" : "") + groups.joined()
    }

    /// "4.09 billion"; below a million all digits.
    static func rounded(_ number: Int) -> String {
        switch number {
        case 1_000_000_000...: NumberFormat.significant(Double(number) / 1e9, digits: 3) + " billion"
        case 1_000_000...: NumberFormat.significant(Double(number) / 1e6, digits: 3) + " million"
        default: grouped(number)
        }
    }

    /// "1 image", "12 images".
    static func counted(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
        "\(grouped(number)) \(number == 1 ? singular : plural ?? singular + "s")"
    }

    static func shape(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "×") }
}
