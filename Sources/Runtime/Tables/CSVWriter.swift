/// A table to CSV text (RFC 4180, with LF line ends as R, pandas and every Unix tool write them): quotes only where
/// they are needed. Missing entries are empty fields, empty strings are `""`, and a string that the reader would take
/// for a missing entry is quoted; numbers are written so that they read back as the same double.
public struct CSVWriter {
    private let delimiter: UInt8

    /// Strings that unquoted mean a missing entry.
    private static let missing = CSVReader().missing

    public init(delimiter: UInt8 = UInt8(ascii: ",")) { self.delimiter = delimiter }

    /// - Throws: `ComputeError` of kind `.cancelled` after Ctrl-C.
    /// - Complexity: linear in the number of bytes.
    public func bytes(of table: Table) throws -> [UInt8] {
        guard !table.names.isEmpty else { return [] }
        var bytes: [UInt8] = []
        bytes.reserveCapacity((table.rowCount + 1) * table.names.count * 8)
        for (index, name) in table.names.enumerated() {
            if index > 0 { bytes.append(delimiter) }
            append(name, to: &bytes)
        }
        bytes.append(UInt8(ascii: "\n"))
        for row in 0..<table.rowCount {
            if row & 0xFFF == 0 { try Interrupt.check() }
            for (index, column) in table.columns.enumerated() {
                if index > 0 { bytes.append(delimiter) }
                switch column[row] {
                case .missing: break
                case .string(let value): append(value, to: &bytes)
                case let entry: bytes.append(contentsOf: entry.text.utf8)
                }
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    private func append(_ value: String, to bytes: inout [UInt8]) {
        guard needsQuotes(value) else {
            bytes.append(contentsOf: value.utf8)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func needsQuotes(_ value: String) -> Bool {
        // U+FEFF at the very beginning of a file would be skipped as a byte-order mark.
        value.isEmpty || CSVWriter.missing.contains(value) || value.utf8.first == 0xEF
            || value.utf8.contains { byte in
                byte == delimiter || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                    || byte == UInt8(ascii: "\r")
            }
    }
}
