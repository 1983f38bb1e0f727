/// A table to CSV text, after RFC 4180 with LF line ends: quotes only where they are needed. Missing entries are empty
/// fields, empty strings are `""`; numbers are written so that they read back as the same double.
public struct CSVWriter {
    private let separator: Character

    public init(separator: Character = ",") { self.separator = separator }

    public func text(of table: Table) -> String {
        var text = table.names.map(field).joined(separator: String(separator)) + "\n"
        for row in 0..<table.rowCount {
            for (index, column) in table.columns.enumerated() {
                if index > 0 { text.append(separator) }
                switch column[row] {
                case .string(let value): text += field(value)
                case let entry: text += entry.text
                }
            }
            text += "\n"
        }
        return text
    }

    private func field(_ value: String) -> String {
        let needsQuotes =
            value.isEmpty
            || value.unicodeScalars.contains { scalar in
                scalar == "\"" || scalar == "\n" || scalar == "\r" || Character(scalar) == separator
            }
        guard needsQuotes else { return value }
        return "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
